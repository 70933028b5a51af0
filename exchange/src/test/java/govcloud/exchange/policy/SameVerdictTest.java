package govcloud.exchange.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import govcloud.exchange.JsonBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What 10,000 generated policies and inputs come to on every machine, JDK and version of CEL: the
 * file {@code verdicts.txt} has a line for each hundred of them, with how many were permitted,
 * denied and errors, and the SHA-256 of all of it. Verdicts stand in ledgers for good, so that the
 * file never changes; it was written by {@code -Dverdicts.write=true}.
 */
@Tag("slow")
class SameVerdictTest {

  private static final Path FILE = Path.of("src/test/resources/verdicts.txt");
  private static final long SEED = 20_261_201;
  private static final int LINES = 100;
  private static final int IN_LINE = 100;
  private static final int DEPTH = 3;

  private static final List<String> TEXTS =
      List.of("consumer", "role", "matter", "state", "purpose", "subject_kind");
  private static final List<String> NUMBERS = List.of("at", "hour", "weekday");
  private static final List<String> LITERALS =
      List.of("", "a", "A", "clerk", "clerks", "营运车辆年审", "ß", "😀", "z😀", "\uffee");
  private static final List<String> COMPARISONS = List.of("==", "!=", "<", "<=", ">", ">=");

  /** Specified to be the same everywhere. */
  private final Random random = new Random(SEED);

  private final PolicyCompiler compiler = new PolicyCompiler();

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private String literal() {
    return "'" + one(LITERALS) + "'";
  }

  private String condition(int depth) {
    if (depth == 0) {
      return leaf();
    }
    var left = condition(depth - 1);
    return switch (random.nextInt(6)) {
      case 0 -> "!(" + left + ")";
      case 1 -> "(" + left + " && " + condition(depth - 1) + ")";
      case 2 -> "(" + left + " || " + condition(depth - 1) + ")";
      case 3 -> "(" + left + " ? " + condition(depth - 1) + " : " + condition(depth - 1) + ")";
      default -> left;
    };
  }

  private String leaf() {
    return switch (random.nextInt(11)) {
      case 0 -> one(TEXTS) + " " + one(COMPARISONS) + " " + literal();
      case 1 -> one(TEXTS) + " in [" + literal() + ", " + literal() + "]";
      case 2 ->
          one(TEXTS) + one(List.of(".startsWith(", ".endsWith(", ".contains(")) + literal() + ")";
      case 3 -> "size(" + one(TEXTS) + ") " + one(COMPARISONS) + " " + random.nextInt(8);
      case 4 -> one(NUMBERS) + " " + one(COMPARISONS) + " " + random.nextInt(24);
      case 5 -> "fields.exists(f, f " + one(COMPARISONS) + " " + literal() + ")";
      case 6 -> "fields.all(f, f in [" + literal() + ", " + literal() + ", " + literal() + "])";
      case 7 ->
          "fields.filter(f, size(f) > 1).size() " + one(COMPARISONS) + " " + random.nextInt(4);
      // Errors, which deny.
      case 8 -> "fields[" + random.nextInt(4) + "] " + one(COMPARISONS) + " " + literal();
      case 9 -> "hour " + one(List.of("/", "%")) + " (weekday - 3) > " + random.nextInt(3);
      default ->
          "at * " + one(List.of("2", "9223372036854775807", "-1")) + " > " + random.nextInt(9);
    };
  }

  private PolicyInput input() {
    List<String> fields = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      fields.add(one(LITERALS));
    }
    return PolicyInput.of(
        one(LITERALS),
        one(LITERALS),
        one(LITERALS),
        one(LITERALS),
        one(LITERALS),
        one(LITERALS),
        fields,
        Instant.ofEpochSecond(random.nextInt(2_000_000_000)));
  }

  private String line() throws PolicyException {
    int permits = 0;
    int errors = 0;
    var all = new StringBuilder();
    for (int i = 0; i < IN_LINE; i++) {
      var verdict = compiler.compile(condition(DEPTH)).decide(input());
      permits += verdict.permit() ? 1 : 0;
      errors += verdict.error().isEmpty() ? 0 : 1;
      all.append(verdict.policyHash())
          .append(' ')
          .append(verdict.inputHash())
          .append(
              verdict.permit() ? " permit\n" : verdict.error().isEmpty() ? " deny\n" : " error\n");
    }
    return "%d %d %d %s"
        .formatted(permits, IN_LINE - permits - errors, errors, JsonBytes.sha256(all.toString()));
  }

  @Test
  void verdicts_tenThousandGenerated_areThoseOfEveryMachine() throws Exception {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < LINES; i++) {
      lines.add(line());
    }
    write(lines);
    assertThat(lines).isEqualTo(Files.readAllLines(FILE, UTF_8));
    assertThat(sum(lines, 0)).as("permitted").isBetween(2_000, 8_000);
    assertThat(sum(lines, 2)).as("errors").isGreaterThan(200);
  }

  private static int sum(List<String> lines, int column) {
    return lines.stream().mapToInt(line -> Integer.parseInt(line.split(" ", -1)[column])).sum();
  }

  private static void write(List<String> lines) throws IOException {
    if (Boolean.getBoolean("verdicts.write") && !Files.exists(FILE)) {
      Files.createDirectories(FILE.getParent());
      Files.write(FILE, lines, UTF_8);
    }
  }
}

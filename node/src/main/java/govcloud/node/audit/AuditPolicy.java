package govcloud.node.audit;

import govcloud.node.http.Contract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is written down about which operation: {@code audited.txt}, with a line for each. */
final class AuditPolicy {

  /** How much of an operation is written down. */
  enum Level {
    /** Only that it was denied. */
    DENIALS,
    /** Also that it was done; the record may be on its way when the answer leaves. */
    ACCESS,
    /** It is not begun before its record is in the journal. */
    COMMAND
  }

  private final Map<String, Level> levels;

  private AuditPolicy(Map<String, Level> levels) {
    this.levels = levels;
  }

  /**
   * Reads the table.
   *
   * @throws IllegalStateException when an operation has no line, or a line no operation
   */
  static AuditPolicy load(Contract contract) {
    try (var in = AuditPolicy.class.getResourceAsStream("/audited.txt")) {
      return of(new String(in.readAllBytes(), StandardCharsets.UTF_8), contract);
    } catch (IOException e) {
      throw new UncheckedIOException("audited.txt: not readable", e);
    }
  }

  static AuditPolicy of(String text, Contract contract) {
    var levels =
        text.lines()
            .map(line -> line.replaceAll("#.*", "").strip())
            .filter(line -> !line.isEmpty())
            .map(line -> List.of(line.split("\\s+")))
            .collect(
                Collectors.toMap(
                    words -> words.get(0),
                    AuditPolicy::level,
                    (one, other) -> {
                      throw new IllegalStateException("audited.txt: an operation twice");
                    },
                    TreeMap::new));
    var missing = new TreeSet<>(contract.operationIds());
    missing.removeAll(levels.keySet());
    var unknown = new TreeSet<>(levels.keySet());
    unknown.removeAll(contract.operationIds());
    if (!missing.isEmpty() || !unknown.isEmpty()) {
      throw new IllegalStateException(
          "audited.txt: operations without line %s, lines without operation %s"
              .formatted(missing, unknown));
    }
    return new AuditPolicy(levels);
  }

  private static Level level(List<String> words) {
    var word = words.size() == 2 ? words.get(1) : String.join(" ", words);
    return List.of(Level.values()).stream()
        .filter(level -> level.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "audited.txt: " + word + " (expected: denials, access or command)"));
  }

  /** How much is written down; of what the contract does not have, denials alone. */
  Level of(String operation) {
    return levels.getOrDefault(operation, Level.DENIALS);
  }
}

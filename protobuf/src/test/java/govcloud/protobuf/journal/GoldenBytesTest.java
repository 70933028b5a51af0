package govcloud.protobuf.journal;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.Commit;
import govcloud.domain.contract.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bytes of every kind of event as they were first released, in {@code
 * golden/<aggregate>/<kind>.hex}, and what they mean, in {@code .txt} beside it. A {@code .hex}
 * file is never changed: journals hold such bytes. The {@code .txt} file changes only when a record
 * gets one more component.
 *
 * <p>A new kind of event needs new files: run this test with {@code -Dgolden.write=true} once,
 * which writes files that are missing and only those.
 */
class GoldenBytesTest {

  private static final Instant AT = Instant.parse("2026-03-02T01:15:27.113Z");

  private record Golden(CommitCodec<?> codec, Class<?> kind) {
    String name() {
      var words = kind.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-");
      return codec.aggregateType() + "/" + words.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
      return name();
    }
  }

  static Stream<Golden> everyKindOfEvent() {
    return CommitCodecs.all().stream()
        .flatMap(
            codec ->
                Stream.of(codec.eventType().getPermittedSubclasses())
                    .map(kind -> new Golden(codec, kind)));
  }

  @ParameterizedTest
  @MethodSource("everyKindOfEvent")
  void releasedBytes_read_meanWhatTheyMeant(Golden golden) throws IOException {
    if (Boolean.getBoolean("golden.write")) {
      writeMissing(golden);
    }
    var bytes = HexFormat.of().parseHex(text(golden, ".hex").replaceAll("\\s", ""));
    var commit = golden.codec().decode(bytes);
    assertThat(commit.events()).hasOnlyElementsOfType(golden.kind());
    assertThat(meaning(commit)).isEqualTo(text(golden, ".txt"));
    assertThat(hex(again(golden.codec(), bytes))).isEqualTo(text(golden, ".hex"));
  }

  private static <E> byte[] again(CommitCodec<E> codec, byte[] bytes) {
    return codec.encode(codec.decode(bytes));
  }

  private static <E> byte[] sample(CommitCodec<E> codec, Golden golden) {
    var kind = golden.kind().asSubclass(codec.eventType());
    var events = new Samples(golden.name().hashCode()).of(kind, 4);
    var actor = new Actor("wang", Actor.OPERATOR);
    return codec.encode(new Commit<>(AT, actor, "key-1", "ab".repeat(32), List.copyOf(events)));
  }

  private static void writeMissing(Golden golden) throws IOException {
    var hex = file(golden, ".hex");
    if (!Files.exists(hex)) {
      var bytes = sample(golden.codec(), golden);
      Files.createDirectories(hex.getParent());
      Files.writeString(hex, hex(bytes));
      Files.writeString(file(golden, ".txt"), meaning(golden.codec().decode(bytes)));
    }
  }

  private static String text(Golden golden, String ending) throws IOException {
    assertThat(file(golden, ending)).exists();
    return Files.readString(file(golden, ending));
  }

  private static Path file(Golden golden, String ending) {
    return Path.of("src/test/resources/golden", golden.name() + ending);
  }

  /** One line for each event, without control characters. */
  private static String meaning(Commit<?> commit) {
    var text = new StringBuilder();
    for (var event : commit.events()) {
      event
          .toString()
          .chars()
          .forEach(
              c ->
                  text.append(
                      c < ' ' ? String.format(Locale.ROOT, "\\u%04x", c) : Character.toString(c)));
      text.append('\n');
    }
    return text.toString();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes).replaceAll("(.{80})", "$1\n") + "\n";
  }
}

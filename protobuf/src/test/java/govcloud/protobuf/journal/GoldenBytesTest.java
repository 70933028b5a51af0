package govcloud.protobuf.journal;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.Commit;
import govcloud.domain.catalogue.LocalText;
import govcloud.domain.contract.Samples;
import govcloud.domain.exchange.LedgerEvent;
import govcloud.domain.sharing.CatalogueEntry;
import govcloud.domain.sharing.DataResource;
import govcloud.domain.sharing.Item;
import govcloud.domain.sharing.ItemType;
import govcloud.domain.sharing.Mode;
import govcloud.domain.sharing.Provider;
import govcloud.domain.sharing.ResourceEvent.Published;
import govcloud.domain.sharing.Sensitivity;
import govcloud.domain.sharing.SharingClass;
import govcloud.domain.sharing.UpdateCycle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
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

  /** Beside the first golden bytes of a resource, which are of before there was a catalogue. */
  private static final String WITH_CATALOGUE = "-with-catalogue";

  /** Beside the first golden bytes of a ledger, which are of before its site was noted. */
  private static final String AT_SITE = "-at-site";

  private record Golden(CommitCodec<?> codec, Class<?> kind, String more) {
    Golden(CommitCodec<?> codec, Class<?> kind) {
      this(codec, kind, "");
    }

    String name() {
      var words = kind.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-");
      return codec.aggregateType() + "/" + words.toLowerCase(Locale.ROOT) + more;
    }

    @Override
    public String toString() {
      return name();
    }
  }

  static Stream<Golden> everyKindOfEvent() {
    return Stream.concat(
        Stream.of(
            new Golden(new ResourceCodec(), Published.class, WITH_CATALOGUE),
            new Golden(new LedgerCodec(), LedgerEvent.Begun.class, AT_SITE)),
        CommitCodecs.all().stream()
            .flatMap(
                codec ->
                    Stream.of(codec.eventType().getPermittedSubclasses())
                        .map(kind -> new Golden(codec, kind))));
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
    var events =
        golden.more().equals(WITH_CATALOGUE)
            ? List.of(kind.cast(withCatalogue()))
            : new Samples(golden.name().hashCode()).of(kind, 4);
    var actor = new Actor("wang", Actor.OPERATOR);
    return codec.encode(new Commit<>(AT, actor, "key-1", "ab".repeat(32), List.copyOf(events)));
  }

  /** Each field has a value of its own, so that none can take the number of another. */
  private static Published withCatalogue() {
    var qualities = List.of(CatalogueEntry.Quality.values());
    var entry =
        new CatalogueEntry(
            "307030000108/000012",
            Optional.of(CatalogueEntry.Format.TABLE),
            Optional.of(CatalogueEntry.Opening.CLOSED),
            List.of("307030000108/000013", "307030000108/000014"),
            qualities.stream()
                .collect(Collectors.toMap(one -> one, one -> 90 + qualities.indexOf(one))),
            Optional.of(995),
            Optional.of(500),
            "车管所 0571-00000000");
    var plate = new LocalText("号牌号码", "Plate");
    var content =
        new DataResource(
            "police",
            "traffic-violations",
            new LocalText("交通违法", "Traffic violations"),
            new LocalText("机动车的交通违法", "What drivers did"),
            "307",
            SharingClass.CONDITIONAL,
            "Road Traffic Safety Law",
            List.of(Mode.QUERY),
            UpdateCycle.REAL_TIME,
            List.of(new Item("plate", ItemType.TEXT, Sensitivity.L2, plate, true, 12, "DE03005")),
            Optional.of("plate"),
            Provider.mock(),
            entry);
    return new Published(3, content, "cd".repeat(32), AT);
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

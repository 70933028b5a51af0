package govcloud.node.exchange.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever somebody at the gateway does to a bundle, nothing of it is taken in. */
class BundleMutationsTest {
  private static final int BITS = 1_500;

  private BundleSide mountain;
  private BundleSide harbour;
  private final List<ByteString> bundles = new ArrayList<>();

  private static void nothing() {}

  private static Instant now() {
    return CrossingSamples.AT;
  }

  /** Three bundles of mountain; harbour has taken in the first. */
  @BeforeEach
  void send() throws IOException {
    mountain =
        new BundleSide(
            CrossingSamples.MOUNTAIN,
            CrossingSamples.HARBOUR,
            11,
            BundleMutationsTest::nothing,
            BundleMutationsTest::now);
    harbour =
        new BundleSide(
            CrossingSamples.HARBOUR,
            CrossingSamples.MOUNTAIN,
            12,
            BundleMutationsTest::nothing,
            BundleMutationsTest::now);
    harbour.run();
    mountain.inbox.files.putAll(harbour.outbox.files);
    for (int number = 1; number <= 3; number++) {
      var query = mountain.query("m-" + number);
      mountain.store.enqueue("harbour", query.hash(), ByteString.copyFrom(query.toBytes()));
      mountain.run();
      bundles.add(mountain.outbox.files.get(name(number)));
    }
    harbour.inbox.files.put("mountain.standing", mountain.outbox.files.get("mountain.standing"));
    harbour.inbox.files.put(name(1), bundles.get(0));
    harbour.run();
    assertThat(harbour.ledger).containsOnlyKeys("m-1");
    assertThat(harbour.inbox.files).isEmpty();
  }

  private static String name(int number) {
    return Bundle.name("mountain", number);
  }

  /** The code with which a file is set aside; it must be, and nothing else may have happened. */
  private String refused(String name, ByteString file, String what) throws IOException {
    harbour.inbox.aside.clear();
    harbour.inbox.files.put(name, file);
    harbour.begin();
    harbour.run();
    assertThat(harbour.ledger).as(what).containsOnlyKeys("m-1");
    assertThat(harbour.inbox.aside).as(what).containsOnlyKeys(name);
    assertThat(harbour.inbox.files).as(what).isEmpty();
    var reason = harbour.inbox.aside.get(name);
    assertThat(reason).as(what).matches("EXCHANGE_[A-Z_]+: .+\\(expected: .+\\)");
    return reason.substring(0, reason.indexOf(':'));
  }

  private static ByteString changed(ByteString file, int at, int bit) {
    var bytes = file.toByteArray();
    bytes[at] ^= (byte) (1 << bit);
    return ByteString.copyFrom(bytes);
  }

  @Tag("slow")
  @Test
  void mutations_thousands_areAllFoundAndSetAside() throws IOException {
    var file = bundles.get(1);
    var random = new Random(7);
    int mutations = 0;
    for (int i = 0; i < BITS; i++) {
      int at = i < file.size() ? i : random.nextInt(file.size());
      refused(name(2), changed(file, at, random.nextInt(8)), "bit at " + at);
      mutations++;
    }
    for (int length = 0; length < file.size(); length += 1 + random.nextInt(8)) {
      refused(name(2), file.substring(0, length), "cut off at " + length);
      mutations++;
    }
    for (int i = 0; i < 200; i++) {
      int at = random.nextInt(file.size());
      var more = ByteString.copyFrom(new byte[] {(byte) random.nextInt(256)});
      refused(
          name(2), file.substring(0, at).concat(more).concat(file.substring(at)), "more at " + at);
      refused(name(2), file.substring(0, at).concat(file.substring(at + 1)), "less at " + at);
      mutations += 2;
    }
    assertThat(mutations).isGreaterThan(2_000);
    whatWasSent_arrivesAfterAllOfIt();
  }

  private void whatWasSent_arrivesAfterAllOfIt() throws IOException {
    harbour.inbox.files.put(name(2), bundles.get(1));
    harbour.inbox.files.put(name(3), bundles.get(2));
    harbour.begin();
    harbour.run();
    assertThat(harbour.ledger).containsOnlyKeys("m-1", "m-2", "m-3");
  }

  @Test
  void swappedForkedAndForeignBundles_areRefusedEachWithItsCode() throws IOException {
    var second = bundles.get(1);
    assertThat(refused(name(3), second, "swapped")).isEqualTo("EXCHANGE_BUNDLE_MISPLACED");
    assertThat(refused("valley_1.bundle", second, "no name"))
        .isEqualTo("EXCHANGE_BUNDLE_MISPLACED");
    int end = second.toStringUtf8().indexOf('\n');
    var cover = second.substring(0, end + 1);
    assertThat(refused(name(2), cover.concat(sealed(bundles.get(2))), "sealed of another"))
        .isEqualTo("EXCHANGE_BUNDLE_DAMAGED");
    var stream = Bundle.stream(mountain.key.text(), harbour.key.text());
    var first = new Position(stream, 1, "0".repeat(64));
    assertThat(refused(name(2), made(mountain, first, harbour.key), "behind another first"))
        .isEqualTo("EXCHANGE_BUNDLE_FORKED");
    assertThat(refused(name(1), made(mountain, Position.before(stream), harbour.key), "first"))
        .isEqualTo("EXCHANGE_BUNDLE_FORKED");
    var behind = harbour.store.taken("mountain", stream);
    assertThat(refused(name(2), made(mountain, behind, mountain.key), "to another key"))
        .isEqualTo("EXCHANGE_BUNDLE_OTHER_KEY");
    var valley =
        new BundleSide(
            CrossingSamples.key("mountain", 9),
            CrossingSamples.HARBOUR,
            11,
            BundleMutationsTest::nothing,
            BundleMutationsTest::now);
    assertThat(refused(name(2), made(valley, behind, harbour.key), "of another cloud"))
        .isEqualTo("EXCHANGE_CLOUD_SIGNATURE_WRONG");
    whatWasSent_arrivesAfterAllOfIt();
  }

  private static ByteString sealed(ByteString file) {
    return file.substring(file.toStringUtf8().indexOf('\n') + 1);
  }

  private static ByteString made(BundleSide side, Position before, BundleKey to) {
    var query = ByteString.copyFrom(side.query("m-9").toBytes());
    return Bundle.seal(
            side.clouds(), "harbour", before, to.text(), List.of(query), CrossingSamples.AT, "n")
        .toFile();
  }

  @Test
  void bundleThatCameBefore_isNotTakenInAgain_andTheSenderIsTold() throws IOException {
    harbour.outbox.files.clear();
    harbour.inbox.files.put(name(1), bundles.get(0));
    harbour.run();
    assertThat(harbour.ledger).containsOnlyKeys("m-1");
    assertThat(harbour.inbox.files).isEmpty();
    assertThat(harbour.inbox.aside).isEmpty();
    assertThat(harbour.outbox.files).containsKey("harbour.standing");
  }

  @Test
  void bundleWithoutTheOneBefore_waits_isToldAndSentAgain() throws IOException {
    harbour.inbox.files.put(name(3), bundles.get(2));
    var state = harbour.run();
    assertThat(state.missing()).isEqualTo(2);
    assertThat(state.missingSince()).contains(CrossingSamples.AT);
    assertThat(harbour.ledger).containsOnlyKeys("m-1");
    harbour.inbox.files.put(name(2), bundles.get(1));
    assertThat(harbour.run().missing()).isZero();
    assertThat(harbour.ledger).containsOnlyKeys("m-1", "m-2", "m-3");
  }

  @Test
  void standing_ofSomebodyElse_orOlder_changesNothing() throws IOException {
    var before = harbour.store.standing("mountain");
    var forged =
        new Standing(harbour.key.text(), Position.before(""), CrossingSamples.AT.plusSeconds(1))
            .signed(
                new BundleSide(
                        CrossingSamples.key("mountain", 9),
                        CrossingSamples.HARBOUR,
                        11,
                        BundleMutationsTest::nothing,
                        BundleMutationsTest::now)
                    .clouds(),
                "harbour",
                "n");
    harbour.inbox.files.put("mountain.standing", ByteString.copyFrom(forged.toBytes()));
    harbour.run();
    assertThat(harbour.inbox.aside.get("mountain.standing"))
        .startsWith("EXCHANGE_CLOUD_SIGNATURE_WRONG");
    var older =
        new Standing(harbour.key.text(), Position.before(""), CrossingSamples.AT.minusSeconds(1))
            .signed(mountain.clouds(), "harbour", "n");
    harbour.inbox.files.put("mountain.standing", ByteString.copyFrom(older.toBytes()));
    harbour.run();
    assertThat(harbour.store.standing("mountain")).isEqualTo(before);
  }
}

package govcloud.ledger.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import govcloud.ledger.note.Checkpoint;
import govcloud.ledger.note.SignedNote;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.tree.ProofCheck;
import govcloud.ledger.tree.TreeProofs;
import govcloud.ledger.verify.LedgerReport;
import govcloud.ledger.verify.LedgerVerifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The log on a disk that fails at every write. */
class SequencerTest {
  private static final TrustPolicy POLICY = TrustPolicy.of(TestLedger.log(TestLedger.ORIGIN).key());

  private static final int BATCHES = 22;

  private static Checkpoint state(SignedNote note) throws LedgerException {
    return Checkpoint.parse(note.text(), "state");
  }

  private static void refused(LedgerDefect defect, MemoryStore store, byte[]... known) {
    assertThatThrownBy(
            () -> Sequencer.open(store, TestLedger.log(TestLedger.ORIGIN), List.of(known)))
        .isInstanceOfSatisfying(
            LedgerException.class, e -> assertThat(e.defect()).isEqualTo(defect));
  }

  @Test
  void everySizeUpTo600_sequencedAndVerified_isSound() throws Exception {
    MemoryStore store = new MemoryStore();
    Sequencer log = Sequencer.create(store, TestLedger.log(TestLedger.ORIGIN), List.of());
    for (int size = 1; size <= 600; size++) {
      log.commit(TestLedger.leaves(size - 1, size));
      if (size % 29 == 0 || size % 256 < 2) {
        LedgerReport report = new LedgerVerifier(store, POLICY).verify(Map.of());
        assertThat(report.findings()).isEmpty();
        assertThat(report.checkpoint().orElseThrow().size()).isEqualTo(size);
      }
    }
    assertThat(store.tiles().stream().filter(name -> name.contains("/000.p/")))
        .as("partial tiles that are replaced")
        .noneMatch(name -> name.startsWith("tile/0/") || name.startsWith("tile/entries/"));
  }

  @Test
  void earlierState_ofTilesThatRotted_isNotSigned() throws Exception {
    MemoryStore store = new MemoryStore();
    Sequencer log = Sequencer.create(store, TestLedger.log(TestLedger.ORIGIN), List.of());
    log.commit(TestLedger.leaves(0, 300));
    assertThat(state(log.at(266)).size()).isEqualTo(266);
    byte[] tile = store.files().get("tile/0/001.p/44").clone();
    tile[40] ^= 1;
    store.replace("tile/0/001.p/44", tile);
    assertThatThrownBy(() -> log.at(266))
        .isInstanceOfSatisfying(
            LedgerException.class,
            e -> assertThat(e.defect()).isEqualTo(LedgerDefect.LEDGER_TILE_WRONG));
  }

  @Tag("slow")
  @Test
  void powerCut_atEveryWrite_losesNothingAcknowledgedAndForksNothing() throws Exception {
    long writes = history(new MemoryStore(), new ArrayList<>(), BATCHES);
    for (long seed = 0; seed < 2; seed++) {
      for (long cut = 3; cut < writes; cut++) {
        MemoryStore store = new MemoryStore(seed * 1000 + cut);
        store.crashAfter(cut);
        List<SignedNote> published = new ArrayList<>();
        history(store, published, BATCHES);
        assertThat(store.isOff()).isTrue();
        store.restart();
        goesOn(store, published, seed, cut);
      }
    }
  }

  /** Runs until the end or the power cut; keeps every state that anybody could have seen. */
  private static long history(MemoryStore store, List<SignedNote> published, int batches) {
    Random sizes = new Random(5);
    try {
      Sequencer log = Sequencer.create(store, TestLedger.log(TestLedger.ORIGIN), List.of());
      published.add(log.signed());
      for (int i = 0; i < batches; i++) {
        int count = 1 + sizes.nextInt(30);
        log.commit(TestLedger.leaves(log.size(), log.size() + count));
        published.add(log.signed());
      }
    } catch (LedgerException e) {
      assertThat(e.defect()).isEqualTo(LedgerDefect.LEDGER_UNAVAILABLE);
    }
    byte[] seen = store.files().get(LedgerFiles.CHECKPOINT);
    if (seen != null) {
      try {
        published.add(SignedNote.parse(seen, "seen"));
      } catch (LedgerException e) {
        throw new AssertionError(e);
      }
    }
    return store.writes();
  }

  private static void goesOn(MemoryStore store, List<SignedNote> published, long seed, long cut)
      throws Exception {
    Sequencer log = Sequencer.open(store, TestLedger.log(TestLedger.ORIGIN), List.of());
    // Other entries than the lost ones, so that a fork would show.
    log.commit(TestLedger.leaves(1_000_000, 1_000_000 + 150));
    TreeProofs proofs = new TreeProofs(new TileReader(store, log.size()));
    Checkpoint now = state(log.signed());
    for (SignedNote note : published) {
      Checkpoint before = state(note);
      assertThat(before.size()).isLessThanOrEqualTo(now.size());
      assertThat(
              ProofCheck.continues(
                  before.size(),
                  before.root(),
                  now.size(),
                  now.root(),
                  proofs.consistency(before.size(), now.size())))
          .as("seed %d, cut at write %d, state of %d", seed, cut, before.size())
          .isTrue();
    }
    assertThat(new LedgerVerifier(store, POLICY).verify(Map.of()).findings())
        .as("seed %d, cut at write %d", seed, cut)
        .isEmpty();
  }

  @Test
  void diskFromABackup_opened_isRefused() throws Exception {
    MemoryStore store = new MemoryStore();
    Sequencer log = Sequencer.create(store, TestLedger.log(TestLedger.ORIGIN), List.of());
    log.commit(TestLedger.leaves(0, 812));
    MemoryStore backup = store.copy();
    log.commit(TestLedger.leaves(812, 934));
    refused(LedgerDefect.LEDGER_ROLLED_BACK, backup, log.signed().toBytes());
    MemoryStore newerCheckpoint = backup.copy();
    newerCheckpoint.files().put(LedgerFiles.CHECKPOINT, log.signed().toBytes());
    refused(LedgerDefect.LEDGER_ROLLED_BACK, newerCheckpoint);
    Sequencer other = Sequencer.open(backup, TestLedger.log(TestLedger.ORIGIN), List.of());
    other.commit(TestLedger.leaves(2000, 2200));
    refused(LedgerDefect.LEDGER_FORKED, backup, log.signed().toBytes());
  }

  @Test
  void damagedDisk_opened_isRefused() throws Exception {
    MemoryStore store = TestLedger.of(700);
    for (String name : List.of("tile/0/002.p/188", "tile/1/000.p/2")) {
      MemoryStore damaged = store.copy();
      byte[] file = damaged.files().get(name).clone();
      file[3] ^= 1;
      damaged.files().put(name, file);
      refused(
          name.startsWith("tile/0")
              ? LedgerDefect.LEDGER_ENTRIES_WRONG
              : LedgerDefect.LEDGER_ROOT_WRONG,
          damaged);
    }
    MemoryStore missing = store.copy();
    missing.files().remove("tile/entries/002.p/188");
    refused(LedgerDefect.LEDGER_MISSING, missing);
    missing.files().remove(LedgerFiles.SIGNED);
    refused(LedgerDefect.LEDGER_MISSING, missing);
    assertThatThrownBy(
            () -> Sequencer.create(missing, TestLedger.log(TestLedger.ORIGIN), List.of()))
        .hasMessageContaining("there is a log");
  }

  @Test
  void failedBatch_endsTheLogUntilItIsOpened() throws Exception {
    MemoryStore store = new MemoryStore();
    Sequencer log = Sequencer.create(store, TestLedger.log(TestLedger.ORIGIN), List.of());
    store.crashAfter(0);
    assertThatThrownBy(() -> log.commit(TestLedger.leaves(0, 5)))
        .hasMessageContaining("LEDGER_UNAVAILABLE");
    store.restart();
    assertThatThrownBy(() -> log.commit(TestLedger.leaves(0, 5)))
        .hasMessageContaining("LEDGER_STOPPED");
    Sequencer again = Sequencer.open(store, TestLedger.log(TestLedger.ORIGIN), List.of());
    again.commit(TestLedger.leaves(0, 5));
    assertThat(state(again.signed()).size()).isEqualTo(5);
  }

  @Test
  void cosignedState_isNeverReplacedByAnOlderOrWeakerOne() throws Exception {
    MemoryStore store = new MemoryStore();
    Sequencer log = Sequencer.create(store, TestLedger.log(TestLedger.ORIGIN), List.of());
    TrustPolicy policy = TestLedger.policy();
    SignedNote empty = log.signed();
    log.commit(TestLedger.leaves(0, 5));
    SignedNote five = log.signed();
    log.commit(TestLedger.leaves(5, 9));
    assertThat(log.cosigned(five, TestLedger.cosignatures(five), policy).size()).isEqualTo(5);
    assertThat(log.cosigned(empty, TestLedger.cosignatures(empty), policy).size()).isEqualTo(5);
    List<String> one = TestLedger.cosignatures(log.signed()).subList(0, 1);
    assertThat(log.cosigned(log.signed(), one, policy).size()).isEqualTo(5);
    assertThat(log.cosigned(log.signed(), TestLedger.cosignatures(log.signed()), policy).size())
        .isEqualTo(9);
    assertThat(new LedgerVerifier(store, policy).verify(Map.of()).findings()).isEmpty();
  }

  @Test
  void cosignedState_cosignedAgainByOne_keepsTheOthers_andTakesTheNewerLine() throws Exception {
    MemoryStore store = new MemoryStore();
    Sequencer log = Sequencer.create(store, TestLedger.log(TestLedger.ORIGIN), List.of());
    log.commit(TestLedger.leaves(0, 5));
    SignedNote five = log.signed();
    TrustPolicy any =
        TrustPolicy.parse(
            TestLedger.policyText().replace("group all all", "group all any").getBytes(UTF_8),
            "policy");
    log.cosigned(five, TestLedger.cosignatures(five), any);
    String again = TestLedger.witness("audit.example/w").cosign(five.text(), TestLedger.TIME + 60);
    var state = log.cosigned(five, List.of(again), any);
    assertThat(state.witnesses())
        .containsOnly(
            Map.entry("audit", TestLedger.TIME + 60), Map.entry("sibling", TestLedger.TIME + 1));
    assertThat(store.read(LedgerFiles.COSIGNED)).contains(state.note().toBytes());
    log.commit(TestLedger.leaves(5, 9));
    var nine = TestLedger.cosignatures(log.signed()).subList(0, 1);
    assertThat(log.cosigned(log.signed(), nine, any).witnesses()).containsOnlyKeys("audit");
  }
}

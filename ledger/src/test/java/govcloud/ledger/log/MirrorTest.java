package govcloud.ledger.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import govcloud.ledger.note.CheckedCheckpoint;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.SignedNote;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.verify.LedgerReport;
import govcloud.ledger.verify.LedgerVerifier;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A log and the copy that its witness keeps. */
class MirrorTest {
  private static final NoteSigner LOG = TestLedger.log(TestLedger.ORIGIN);
  private static final NoteSigner WITNESS = TestLedger.witness("mountain.example/w");
  private static final TrustPolicy KNOWN = TrustPolicy.of(LOG.key());

  private final MemoryStore home = new MemoryStore();
  private final MemoryStore away = new MemoryStore();

  private static CheckedCheckpoint checked(SignedNote note) throws LedgerException {
    return KNOWN.check(note.toBytes(), "state");
  }

  private static void take(Mirror mirror, SignedNote state, List<byte[]> leaves) throws Exception {
    CheckedCheckpoint next = checked(state);
    mirror.require(next, leaves);
    mirror.append(leaves);
    mirror.publish(next, WITNESS.cosign(state.text(), TestLedger.TIME));
  }

  private static void refused(LedgerDefect defect, ThrowingCallable doing) {
    assertThatThrownBy(doing)
        .isInstanceOfSatisfying(
            LedgerException.class, e -> assertThat(e.defect()).isEqualTo(defect));
  }

  private static TrustPolicy cosigned() throws LedgerException {
    String policy =
        "log " + LOG.key() + "\nwitness mountain " + WITNESS.key() + "\nquorum mountain\n";
    return TrustPolicy.parse(policy.getBytes(java.nio.charset.StandardCharsets.UTF_8), "policy");
  }

  @Test
  void logInSteps_mirrored_isTheSameLogCosigned_alsoAfterARestart() throws Exception {
    Sequencer log = Sequencer.create(home, LOG, List.of());
    log.commit(TestLedger.leaves(0, 700));
    Mirror mirror = Mirror.open(away, KNOWN);
    for (int from = 0; from < 700; from += 130) {
      int to = Math.min(700, from + 130);
      take(mirror, log.at(to), TestLedger.leaves(from, to));
      mirror = Mirror.open(away, KNOWN);
    }
    LedgerReport report = new LedgerVerifier(away, cosigned()).verify(Map.of());
    assertThat(report.findings()).isEmpty();
    assertThat(report.cosigned().orElseThrow().size()).isEqualTo(700);
    assertThat(away.files())
        .containsAllEntriesOf(
            home.files().entrySet().stream()
                .filter(file -> file.getKey().startsWith("tile/"))
                .collect(
                    java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  @Test
  void endOfTheLog_toldByTheOneThatFollows_isTheLastPublishedStateOrALaterOne() throws Exception {
    Sequencer log = Sequencer.create(home, LOG, List.of());
    log.commit(TestLedger.leaves(0, 300));
    Mirror mirror = Mirror.open(away, KNOWN);
    mirror.requireLast(checked(log.at(0)));
    take(mirror, log.at(200), TestLedger.leaves(0, 200));
    refused(LedgerDefect.LEDGER_ROLLED_BACK, () -> mirror.requireLast(checked(log.at(199))));
    mirror.requireLast(checked(log.at(200)));
    // Another node of the witness took in more, of which this one has the entries.
    mirror.append(TestLedger.leaves(200, 250));
    mirror.requireLast(checked(log.at(250)));
    mirror.requireLast(checked(log.at(300)));
    Sequencer other = Sequencer.create(new MemoryStore(), LOG, List.of());
    other.commit(TestLedger.leaves(1, 251));
    refused(LedgerDefect.LEDGER_FORKED, () -> mirror.requireLast(checked(other.at(250))));
  }

  @Test
  void crashBeforeTheLineIsWrittenDown_whatWasCosignedBeforeMayBeTheLast() throws Exception {
    Sequencer log = Sequencer.create(home, LOG, List.of());
    log.commit(TestLedger.leaves(0, 300));
    Mirror mirror = Mirror.open(away, KNOWN);
    take(mirror, log.at(200), TestLedger.leaves(0, 200));
    byte[] line = away.files().get(LedgerFiles.COSIGNED);
    take(mirror, log.at(300), TestLedger.leaves(200, 300));
    away.files().put(LedgerFiles.COSIGNED, line);
    Mirror after = Mirror.open(away, KNOWN);
    assertThat(after.published()).isEqualTo(300);
    after.requireLast(checked(log.at(200)));
    refused(LedgerDefect.LEDGER_ROLLED_BACK, () -> after.requireLast(checked(log.at(199))));
  }

  @Test
  void diskTrouble_atAnyWrite_takesNothingUntilOpenedAgain_andThenAllOfIt() throws Exception {
    Sequencer log = Sequencer.create(home, LOG, List.of());
    log.commit(TestLedger.leaves(0, 300));
    List<byte[]> more = TestLedger.leaves(10, 290);
    MemoryStore counted = new MemoryStore();
    Mirror well = Mirror.open(counted, KNOWN);
    take(well, log.at(10), TestLedger.leaves(0, 10));
    long before = counted.writes();
    well.append(more);
    for (long writes = 0; writes < counted.writes() - before; writes++) {
      MemoryStore disk = new MemoryStore(writes);
      Mirror mirror = Mirror.open(disk, KNOWN);
      take(mirror, log.at(10), TestLedger.leaves(0, 10));
      disk.crashAfter(writes);
      refused(LedgerDefect.LEDGER_UNAVAILABLE, () -> mirror.append(more));
      disk.restart();
      // What comes next belongs behind entries that may not be there.
      refused(LedgerDefect.LEDGER_UNAVAILABLE, () -> mirror.append(TestLedger.leaves(290, 300)));
      Mirror again = Mirror.open(disk, KNOWN);
      assertThat(again.size()).isEqualTo(10);
      take(again, log.signed(), TestLedger.leaves(10, 300));
      assertThat(new LedgerVerifier(disk, cosigned()).verify(Map.of()).findings()).isEmpty();
    }
  }

  @Test
  void forkRollbackGapAndStranger_areRefused_andNothingIsTaken() throws Exception {
    Sequencer log = Sequencer.create(home, LOG, List.of());
    log.commit(TestLedger.leaves(0, 10));
    Mirror mirror = Mirror.open(away, KNOWN);
    take(mirror, log.signed(), TestLedger.leaves(0, 10));
    Map<String, byte[]> before = away.files();

    Sequencer other = Sequencer.create(new MemoryStore(), LOG, List.of());
    other.commit(TestLedger.leaves(100, 112));
    refused(
        LedgerDefect.LEDGER_FORKED,
        () -> mirror.require(checked(other.signed()), TestLedger.leaves(110, 112)));
    refused(
        LedgerDefect.LEDGER_FORKED, () -> mirror.requireSame(3, TestLedger.leaves(4, 5).get(0)));
    refused(LedgerDefect.LEDGER_ROLLED_BACK, () -> mirror.require(checked(log.at(9)), List.of()));
    log.commit(TestLedger.leaves(10, 20));
    refused(
        LedgerDefect.LEDGER_MISSING,
        () -> mirror.require(checked(log.signed()), TestLedger.leaves(11, 20)));
    refused(
        LedgerDefect.LEDGER_FORKED,
        () -> mirror.require(checked(log.signed()), TestLedger.leaves(11, 21)));
    Sequencer stranger =
        Sequencer.create(new MemoryStore(), TestLedger.log("gov.example/other"), List.of());
    refused(LedgerDefect.LEDGER_ORIGIN_WRONG, () -> checked(stranger.signed()));
    assertThat(away.files()).isEqualTo(before);
    take(mirror, log.signed(), TestLedger.leaves(10, 20));
  }

  @Test
  void entriesThatNoStateCovers_afterARestart_comeAgain() throws Exception {
    Sequencer log = Sequencer.create(home, LOG, List.of());
    log.commit(TestLedger.leaves(0, 300));
    Mirror mirror = Mirror.open(away, KNOWN);
    take(mirror, log.at(200), TestLedger.leaves(0, 200));
    mirror.append(TestLedger.leaves(200, 300));
    assertThat(mirror.published()).isEqualTo(200);
    Mirror again = Mirror.open(away, KNOWN);
    assertThat(again.size()).isEqualTo(200);
    take(again, log.signed(), TestLedger.leaves(200, 300));
    assertThat(new LedgerVerifier(away, cosigned()).verify(Map.of()).findings()).isEmpty();
  }

  @Test
  void diskWithLessThanTheWitnessHas_signsNothingUntilItIsTheSameHistory() throws Exception {
    Sequencer log = Sequencer.create(home, LOG, List.of());
    log.commit(TestLedger.leaves(0, 30));
    CheckedCheckpoint seen = checked(log.signed());

    MemoryStore fresh = new MemoryStore();
    Sequencer again = Sequencer.create(fresh, LOG, List.of());
    again.know(seen);
    again.commit(TestLedger.leaves(0, 12));
    assertThat(checked(again.signed()).size()).isZero();
    again.commit(TestLedger.leaves(12, 40));
    assertThat(checked(again.signed()).size()).isEqualTo(40);
    again.know(seen);
    assertThat(
            new LedgerVerifier(fresh, KNOWN)
                .verify(Map.of("seen", seen.note().toBytes()))
                .findings())
        .isEmpty();

    Sequencer forked = Sequencer.create(new MemoryStore(), LOG, List.of());
    forked.know(seen);
    refused(LedgerDefect.LEDGER_FORKED, () -> forked.commit(TestLedger.leaves(1, 41)));
    refused(LedgerDefect.LEDGER_STOPPED, () -> forked.commit(TestLedger.leaves(41, 42)));
    assertThat(checked(forked.signed()).size()).isZero();
  }

  @Test
  void stateThatAWitnessSaw_ofAnotherHistory_isNotHeeded() throws Exception {
    Sequencer log = Sequencer.create(home, LOG, List.of());
    log.commit(TestLedger.leaves(0, 30));
    Sequencer other = Sequencer.create(new MemoryStore(), LOG, List.of());
    other.commit(TestLedger.leaves(1, 20));
    CheckedCheckpoint seen = checked(other.signed());
    refused(LedgerDefect.LEDGER_FORKED, () -> log.know(seen));
  }
}

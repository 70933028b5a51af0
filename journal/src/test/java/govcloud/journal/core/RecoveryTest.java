package govcloud.journal.core;

import static govcloud.journal.core.TestHost.chain;
import static govcloud.journal.core.TestHost.entry;
import static govcloud.journal.core.TestHost.next;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import govcloud.journal.DamagedEntityException;
import govcloud.journal.DamagedLogException;
import govcloud.journal.RecordRejectedException;
import govcloud.journal.simulation.Fate;
import govcloud.journal.simulation.FaultyStore;
import govcloud.journal.simulation.Operation;
import govcloud.journal.simulation.Tables;
import govcloud.journal.simulation.VirtualTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecoveryTest {

  private final VirtualTime time = new VirtualTime();
  private final Tables log = new Tables();
  private final List<Entry> a = chain("case/a", 6);

  private TestHost host(long incarnation) {
    TestHost host = new TestHost(log, time, incarnation).start();
    time.pass(50);
    return host;
  }

  private TestHost.Outcome<List<Entry>> recovered(TestHost host, String entity, long from) {
    var outcome = host.recover(entity, from);
    time.pass(100);
    return outcome;
  }

  /** Six records: three in chunks, three in the log. */
  private TestHost hostWithSix() {
    TestHost host = host(1);
    a.subList(0, 3).forEach(host::persist);
    time.pass(2000);
    assertThat(log.watermark()).isPositive();
    a.subList(3, 6).forEach(host::persist);
    time.pass(20);
    return host;
  }

  @Test
  void quietEntity_isWrittenToAChunk_andTheWatermarkFollows() {
    TestHost host = host(1);
    a.forEach(host::persist);
    time.pass(20);
    assertThat(log.chunksOf("case/a")).isEmpty();
    time.pass(2000);
    assertThat(log.chunksOf("case/a")).hasSize(1);
    assertThat(log.chunksOf("case/a").get(0).entries()).isEqualTo(a);
    assertThat(log.watermark()).isEqualTo(log.rows().size());
    assertThat(host.host.chunking().hasPending("case/a")).isFalse();
  }

  @Test
  void hostsThatTakeOverAQuietSlice_knowHowFarItsRecordsReach() {
    TestHost first = host(1);
    a.forEach(first::persist);
    time.pass(3000);
    long last = first.advanced.get(first.advanced.size() - 1);
    for (int incarnation = 2; incarnation < 6; incarnation++) {
      TestHost next = host(incarnation);
      time.pass(3000);
      assertThat(next.advanced).isNotEmpty().last().isEqualTo(last);
    }
  }

  @Test
  void busyEntity_isWrittenWhenItsRecordsReachTheSize() {
    TestHost host = host(1);
    List<Entry> many = chain("case/a", 40);
    many.forEach(host::persist);
    time.pass(60);
    assertThat(log.chunksOf("case/a")).isNotEmpty();
    assertThat(recovered(host, "case/a", 1).value).isEqualTo(many);
  }

  @Test
  void entity_recover_joinsChunksAndLog() {
    TestHost host = hostWithSix();
    assertThat(recovered(host, "case/a", 1).value).isEqualTo(a);
    assertThat(recovered(host, "case/a", 3).value).isEqualTo(a.subList(2, 6));
    assertThat(recovered(host, "case/a", 7).value).isEmpty();
    assertThat(recovered(host, "case/none", 1).value).isEmpty();
  }

  /** The head is forgotten meanwhile, and the slow recovery knows only an older one. */
  @Test
  void slowRecovery_besideWrites_doesNotBringBackAnOldHead() {
    TestHost host = host(1);
    a.subList(0, 3).forEach(host::persist);
    time.pass(2000);
    host.store.fates(
        operation -> operation == Operation.READ_CHUNKS ? new Fate(List.of(1L), 0, 55) : Fate.FINE);
    var slow = host.recover("case/a", 1);
    time.pass(5);
    Entry large = next("case/a", a.get(2), "x".repeat(3000));
    host.persist(large);
    time.pass(10);
    for (String other : List.of("case/b", "case/c", "case/d")) {
      host.persist(next(other, null, "x"));
      time.pass(7);
    }
    assertThat(slow.answers).isZero();
    time.pass(50);
    assertThat(slow.value).isEqualTo(a.subList(0, 3));
    var fork = host.persist(next("case/a", a.get(2), "fork"));
    var right = host.persist(next("case/a", large, "right"));
    time.pass(50);
    assertThat(fork.failure).isInstanceOf(RecordRejectedException.class);
    assertThat(right.failure).isNull();
  }

  @Test
  void newHost_recover_findsEverything() {
    hostWithSix();
    TestHost successor = host(2);
    assertThat(recovered(successor, "case/a", 1).value).isEqualTo(a);
    var outcome = successor.persist(next("case/a", a.get(5), "seventh"));
    time.pass(20);
    assertThat(outcome.failure).isNull();
  }

  @Test
  void scan_withoutHosting_findsEverythingAndAppendsNothing() {
    hostWithSix();
    int rows = log.rows().size();
    TestHost.Outcome<List<Entry>> outcome = new TestHost.Outcome<>();
    new EntityScan(
            0,
            "case/a",
            1,
            new FaultyStore(log, time),
            time,
            TestHost.SETTINGS,
            () -> true,
            outcome)
        .start();
    time.pass(100);
    assertThat(outcome.value).isEqualTo(a);
    assertThat(log.rows()).hasSize(rows);
  }

  @Test
  void missingChunk_recover_isDamageOfThatEntityOnly() {
    TestHost first = hostWithSix();
    first.persist(next("case/b", null, "x"));
    time.pass(20);
    log.dropChunks("case/a");
    TestHost host = host(2);
    var outcome = recovered(host, "case/a", 1);
    assertThat(outcome.failure)
        .isInstanceOf(DamagedEntityException.class)
        .hasMessageContaining("entity case/a, sequence 1: missing");
    assertThat(recovered(host, "case/b", 1).value).hasSize(1);
  }

  @Test
  void lostTail_underASnapshot_isDamage() {
    TestHost host = hostWithSix();
    var outcome = recovered(host, "case/a", 9);
    assertThat(outcome.failure)
        .isInstanceOf(DamagedEntityException.class)
        .hasMessageContaining("sequence 8: lost");
  }

  @Test
  void lostTail_thatTheHostHasSeen_isDamage() {
    TestHost host = host(1);
    a.forEach(host::persist);
    time.pass(2000);
    log.dropChunks("case/a");
    assertThat(recovered(host, "case/a", 1).failure)
        .isInstanceOf(DamagedEntityException.class)
        .hasMessageContaining("lost, though the log had it");
  }

  @Test
  void foreignDuplicate_inChunks_isDamage() {
    hostWithSix();
    log.putChunk(new Chunk("case/a", List.of(entry("case/a", 4, a.get(2).hash(), "foreign"))));
    var outcome = recovered(host(2), "case/a", 1);
    assertThat(outcome.failure).hasMessageContaining("sequence 4: two different records");
  }

  @Test
  void recordWithAForeignHash_isDamage() {
    hostWithSix();
    log.dropChunks("case/a");
    Entry foreign = next("case/a", a.get(1), "foreign");
    log.putChunk(new Chunk("case/a", List.of(a.get(0), a.get(1), foreign)));
    assertThat(recovered(host(2), "case/a", 1).failure)
        .hasMessageContaining("sequence 4: does not name the hash");
  }

  @Test
  void gapInTheLog_isDamage_andTheEntityIsNotWrittenToChunks() {
    TestHost host = host(1);
    Batch last = log.rows().get(0);
    log.overwrite(
        1, Batch.ofRecords(new UUID(0, 1), 99, last.hash(), 0, 0, List.of(a.get(0), a.get(2))));
    host.host.stop();
    TestHost successor = host(2);
    var refused = successor.persist(next("case/a", a.get(2), "x"));
    time.pass(2000);
    assertThat(refused.failure).isInstanceOf(DamagedEntityException.class);
    assertThat(log.chunksOf("case/a")).isEmpty();
    assertThat(log.watermark()).isLessThanOrEqualTo(1);
    assertThat(recovered(successor, "case/a", 1).failure)
        .hasMessageContaining("sequence 2: missing");
  }

  @Test
  void batchThatDoesNotNameTheOneBefore_stopsTheSlice() {
    hostWithSix();
    log.overwrite(
        log.rows().size(),
        Batch.ofRecords(new UUID(0, 7), 1, ByteString.copyFromUtf8("?"), 0, 0, List.of()));
    TestHost host = host(2);
    assertThat(host.stopped).isInstanceOf(DamagedLogException.class);
    assertThat(log.rows()).noneMatch(batch -> batch.incarnation().equals(new UUID(0, 2)));
  }

  @Test
  void logThatEndsBelowTheWatermark_stopsTheSlice() {
    log.raiseWatermark(5);
    assertThat(host(1).stopped).isInstanceOf(DamagedLogException.class);
    assertThat(log.rows()).isEmpty();
  }
}

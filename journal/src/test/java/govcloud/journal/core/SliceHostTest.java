package govcloud.journal.core;

import static govcloud.journal.core.TestHost.chain;
import static govcloud.journal.core.TestHost.entry;
import static govcloud.journal.core.TestHost.next;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import govcloud.journal.JournalUnavailableException;
import govcloud.journal.OutcomeUnknownException;
import govcloud.journal.Position;
import govcloud.journal.RecordRejectedException;
import govcloud.journal.simulation.Fate;
import govcloud.journal.simulation.Operation;
import govcloud.journal.simulation.Tables;
import govcloud.journal.simulation.VirtualTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class SliceHostTest {

  private final VirtualTime time = new VirtualTime();
  private final Tables log = new Tables();

  private TestHost host(long incarnation) {
    TestHost host = new TestHost(log, time, incarnation).start();
    time.pass(50);
    return host;
  }

  @Test
  void emptyLog_start_appendsATakeOverBeforeServing() {
    host(1);
    assertThat(log.rows()).hasSize(1);
    assertThat(log.rows().get(0).takeOver()).isTrue();
  }

  @Test
  void host_persist_answersWithPosition() {
    TestHost host = host(1);
    var outcome = host.persist(next("case/a", null, "x"));
    time.pass(10);
    assertThat(outcome.value).isEqualTo(Position.encode(1, 0));
    assertThat(host.advanced).containsExactly(Position.encode(1, 0));
    assertThat(log.entriesOf("case/a")).hasSize(1);
  }

  @Test
  void host_persistsDuringAnAppend_shareTheNextBatch() {
    TestHost host = host(1);
    host.recover("case/a", 1);
    host.recover("case/b", 1);
    time.pass(20);
    List<Entry> a = chain("case/a", 3);
    var first = host.persist(a.get(0));
    var second = host.persist(a.get(1));
    var third = host.persist(a.get(2));
    var other = host.persist(next("case/b", null, "x"));
    time.pass(20);
    assertThat(first.value).isEqualTo(Position.encode(1, 0));
    assertThat(List.of(second.value, third.value, other.value))
        .containsExactly(Position.encode(2, 0), Position.encode(2, 1), Position.encode(2, 2));
  }

  @Test
  void busySlice_afterAnAppend_waitsForMoreAndTakesThemTogether() {
    TestHost host = host(1);
    List<Entry> a = busy(host);
    var early = host.persist(a.get(4));
    time.pass(2);
    var late = host.persist(next("case/b", null, "x"));
    time.pass(2);
    assertThat(List.of(early.answers, late.answers)).containsOnly(0);
    time.pass(20);
    assertThat(List.of(early.value, late.value))
        .containsExactly(Position.encode(3, 0), Position.encode(3, 1));
    var alone = host.persist(a.get(5));
    time.pass(2);
    assertThat(alone.value).isEqualTo(Position.encode(4, 0));
  }

  @Test
  void busySlice_stoppedWhileItWaits_answersAll() {
    TestHost host = host(1);
    var waiting = host.persist(busy(host).get(4));
    host.host.stop();
    time.pass(50);
    assertThat(waiting.failure).isInstanceOf(JournalUnavailableException.class);
    assertThat(log.rows()).hasSize(3);
  }

  /** One record in the first append, three in the second, which is just answered. */
  private List<Entry> busy(TestHost host) {
    host.recover("case/a", 1);
    host.recover("case/b", 1);
    time.pass(20);
    List<Entry> a = chain("case/a", 6);
    a.subList(0, 3).forEach(host::persist);
    var third = host.persist(a.get(3));
    while (third.answers == 0) {
      time.pass(1);
    }
    assertThat(third.value).isEqualTo(Position.encode(2, 2));
    return a;
  }

  @Test
  void host_severalRecordsAtOnce_areOneUnit() {
    TestHost host = host(1);
    List<Entry> a = chain("case/a", 3);
    var gap = host.persist(a.get(0), a.get(2));
    var whole = host.persist(a.get(0), a.get(1), a.get(2));
    time.pass(20);
    assertThat(gap.failure).isInstanceOf(RecordRejectedException.class);
    assertThat(whole.value).isEqualTo(Position.encode(1, 2));
  }

  @Test
  void host_recordThatDoesNotFollow_isRejected() {
    TestHost host = host(1);
    Entry first = next("case/a", null, "x");
    host.persist(first);
    time.pass(20);
    var again = host.persist(next("case/a", null, "y"));
    var gap = host.persist(entry("case/a", 3, first.hash(), "z"));
    var chain = host.persist(entry("case/a", 2, ByteString.copyFromUtf8("?"), "z"));
    time.pass(20);
    assertThat(again.failure).hasMessageContaining("sequence: 1 (expected: 2)");
    assertThat(gap.failure).hasMessageContaining("sequence: 3 (expected: 2)");
    assertThat(chain.failure).hasMessageContaining("hash");
    assertThat(List.of(again.failure, gap.failure, chain.failure))
        .hasOnlyElementsOfType(RecordRejectedException.class);
    assertThat(log.entriesOf("case/a")).containsExactly(first);
  }

  @Test
  void host_tooLargeRecord_isRejected() {
    TestHost host = host(1);
    var outcome = host.persist(next("case/a", null, "x".repeat(20_000)));
    assertThat(outcome.failure).isInstanceOf(RecordRejectedException.class);
  }

  @Test
  void unknownOutcome_thatWasApplied_isAcknowledged() {
    TestHost host = host(1);
    host.store.nextAppends(Fate.UNANSWERED);
    var outcome = host.persist(next("case/a", null, "x"));
    time.pass(200);
    assertThat(outcome.value).isEqualTo(Position.encode(1, 0));
    assertThat(log.entriesOf("case/a")).hasSize(1);
  }

  @Test
  void unknownOutcome_thatWasLost_appendsTheSameAgain() {
    TestHost host = host(1);
    host.store.nextAppends(Fate.LOST, Fate.LOST);
    var outcome = host.persist(next("case/a", null, "x"));
    time.pass(400);
    assertThat(outcome.value).isEqualTo(Position.encode(1, 0));
    assertThat(log.entriesOf("case/a")).hasSize(1);
  }

  @Test
  void unknownOutcome_thatActsLate_isStoredOnce() {
    TestHost host = host(1);
    host.store.nextAppends(Fate.late(63));
    Entry first = next("case/a", null, "x");
    var outcome = host.persist(first);
    var second = host.persist(next("case/a", first, "y"));
    time.pass(400);
    assertThat(outcome.value).isEqualTo(Position.encode(1, 0));
    assertThat(second.value).isEqualTo(Position.encode(1, 1));
    assertThat(log.entriesOf("case/a")).hasSize(2);
  }

  @Test
  void secondHost_takesOver_andTheFirstIsFenced() {
    TestHost old = host(1);
    Entry first = next("case/a", null, "x");
    old.persist(first);
    time.pass(20);
    TestHost successor = host(2);
    var late = old.persist(next("case/a", first, "late"));
    var waiting = old.persist(next("case/b", null, "waiting"));
    time.pass(20);
    assertThat(late.failure).isInstanceOf(OutcomeUnknownException.class);
    assertThat(waiting.failure).isInstanceOf(JournalUnavailableException.class);
    assertThat(old.stopped).hasMessageContaining("taken over by another node");
    var outcome = successor.persist(next("case/a", first, "y"));
    time.pass(20);
    assertThat(outcome.failure).isNull();
    assertThat(old.persist(next("case/c", null, "x")).failure)
        .isInstanceOf(JournalUnavailableException.class);
  }

  @Test
  void staleHost_recordThatDoesNotFollow_readsForwardInsteadOfRejecting() {
    TestHost old = host(1);
    Entry first = next("case/a", null, "x");
    old.persist(first);
    time.pass(20);
    TestHost successor = host(2);
    Entry second = next("case/a", first, "y");
    successor.persist(second);
    time.pass(20);
    var outcome = old.persist(next("case/a", second, "z"));
    time.pass(20);
    assertThat(outcome.failure).isInstanceOf(JournalUnavailableException.class);
    assertThat(old.host.running()).isFalse();
  }

  @Test
  void staleHost_recover_isFencedBeforeItAnswers() {
    TestHost old = host(1);
    host(2);
    var outcome = old.recover("case/a", 1);
    time.pass(50);
    assertThat(outcome.failure).isInstanceOf(JournalUnavailableException.class);
  }

  @Test
  void staleHost_confirm_isFencedBeforeItAnswers() {
    TestHost old = host(1);
    host(2);
    var outcome = old.confirm("case/a");
    time.pass(50);
    assertThat(outcome.failure).isInstanceOf(JournalUnavailableException.class);
  }

  @Test
  void unknownHead_persist_isCheckedAgainstTheChunks() {
    TestHost host = host(1);
    List<Entry> a = chain("case/a", 3);
    a.forEach(host::persist);
    time.pass(20);
    host.host.release();
    time.pass(100);
    assertThat(host.stopped).isNotNull();
    assertThat(log.watermark()).isEqualTo(log.rows().size());
    TestHost successor = host(2);
    var again = successor.persist(next("case/a", null, "other"));
    var right = successor.persist(next("case/a", a.get(2), "right"));
    time.pass(50);
    assertThat(again.failure).isInstanceOf(RecordRejectedException.class);
    assertThat(right.failure).isNull();
  }

  @Test
  void storeThatDoesNotAnswer_persist_failsAfterPatience() {
    TestHost host = host(1);
    host.persist(next("case/z", null, "known"));
    time.pass(20);
    host.store.fates(operation -> Fate.LOST);
    Entry z = next("case/z", log.entriesOf("case/z").get(0), "in flight");
    var sent = host.persist(z);
    var waiting = host.persist(next("case/b", null, "x"));
    time.pass(3000);
    assertThat(sent.failure).isInstanceOf(OutcomeUnknownException.class);
    assertThat(waiting.failure).isInstanceOf(JournalUnavailableException.class);
    host.store.fates(operation -> Fate.FINE);
    time.pass(500);
    assertThat(log.entriesOf("case/z")).hasSize(2);
    var after = host.persist(next("case/z", z, "after"));
    time.pass(50);
    assertThat(after.failure).isNull();
    assertThat(List.of(sent.answers, waiting.answers, after.answers)).containsOnly(1);
  }

  @Test
  void manyRecoveries_atOnce_shareOneSerialRead() {
    TestHost host = host(1);
    int before = host.store.requests(Operation.READ_SERIAL);
    List<TestHost.Outcome<List<Entry>>> outcomes =
        List.of(host.recover("case/a", 1), host.recover("case/b", 1), host.recover("case/c", 1));
    time.pass(50);
    assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.value).isEmpty());
    assertThat(host.store.requests(Operation.READ_SERIAL) - before).isLessThanOrEqualTo(2);
  }
}

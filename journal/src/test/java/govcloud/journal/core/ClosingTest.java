package govcloud.journal.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import govcloud.journal.ClockPassedException;
import govcloud.journal.JournalUnavailableException;
import govcloud.journal.core.TestHost.Outcome;
import govcloud.journal.simulation.Fate;
import govcloud.journal.simulation.Tables;
import govcloud.journal.simulation.VirtualTime;
import govcloud.protobuf.journal.v1.Record;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTest {

  private final VirtualTime time = new VirtualTime();
  private final Tables log = new Tables();

  private TestHost host(long incarnation) {
    TestHost host = new TestHost(log, time, incarnation).start();
    time.pass(50);
    return host;
  }

  private Outcome<Long> close(TestHost host, long clock) {
    Outcome<Long> outcome = new Outcome<>();
    host.host.close(clock, outcome);
    return outcome;
  }

  private static Entry at(long clock, String entityId) {
    return Entry.of(
        Record.newBuilder()
            .setEntityId(entityId)
            .setSequence(1)
            .setHybridClock(clock)
            .setPreviousHash(ByteString.EMPTY)
            .build());
  }

  private static Entry after(Entry first, long clock) {
    return Entry.of(
        first.record().toBuilder()
            .setSequence(2)
            .setHybridClock(clock)
            .setPreviousHash(first.hash())
            .build());
  }

  @Test
  void clock_closed_isAMarkThatEveryLaterRowCarries() throws Exception {
    TestHost host = host(1);
    host.persist(at(5, "case/a"));
    time.pass(20);
    var closed = close(host, 10);
    time.pass(20);
    host.persist(at(11, "case/b"));
    time.pass(20);
    assertThat(closed.value).isEqualTo(2);
    assertThat(log.rows().stream().map(Batch::mark)).containsExactly(false, false, true, false);
    assertThat(log.rows().stream().map(Batch::closedClock)).containsExactly(0L, 0L, 10L, 10L);
    assertThat(log.rows().get(2).highestClock()).isEqualTo(5);
    Batch parsed = Batch.parse(log.rows().get(2).bytes());
    assertThat(parsed).isEqualTo(log.rows().get(2));
    assertThat(log.rows().get(3).stub().closedClock()).isEqualTo(10);
  }

  @Test
  void closing_waitingRecords_goBeforeOrBehindAsTheirClocksWant() {
    TestHost host = host(1);
    host.recover("case/a", 1);
    host.recover("case/b", 1);
    time.pass(20);
    Entry first = at(1, "case/a");
    host.persist(first);
    var above = host.persist(at(11, "case/b"));
    var below = host.persist(after(first, 10));
    var closed = close(host, 10);
    time.pass(50);
    assertThat(below.value).isEqualTo(govcloud.journal.Position.encode(2, 0));
    assertThat(closed.value).isEqualTo(3);
    assertThat(above.value).isEqualTo(govcloud.journal.Position.encode(4, 0));
  }

  @Test
  void record_behindTheMarkOfItsClock_isNotStored() {
    TestHost host = host(1);
    close(host, 10);
    time.pass(20);
    var late = host.persist(at(10, "case/a"));
    time.pass(20);
    assertThat(late.failure)
        .isInstanceOf(JournalUnavailableException.class)
        .hasMessage(
            "entity case/a, hybrid clock: 10 (expected: > 10, up to which slice 0 is closed)");
    assertThat(log.entriesOf("case/a")).isEmpty();
  }

  @Test
  void laterHost_keepsThePromise_alsoWhenTheMarkLiesBelowTheWatermark() {
    TestHost first = host(1);
    close(first, 10);
    time.pass(20);
    first.persist(at(11, "case/a"));
    time.pass(1_500);
    assertThat(log.watermark()).isEqualTo(3);
    TestHost second = host(2);
    var late = second.persist(at(10, "case/b"));
    var right = second.persist(at(12, "case/c"));
    time.pass(50);
    assertThat(second.closed).containsExactly(10L);
    assertThat(late.failure).isInstanceOf(JournalUnavailableException.class);
    assertThat(right.failure).isNull();
  }

  @Test
  void passedClock_isRefusedWithTheHighest() {
    TestHost host = host(1);
    host.persist(at(15, "case/a"));
    time.pass(20);
    var passed = close(host, 10);
    time.pass(20);
    assertThat(passed.failure)
        .isInstanceOfSatisfying(
            ClockPassedException.class, e -> assertThat(e.passed()).isEqualTo(15))
        .hasMessage("slice 0, hybrid clock: 10 (expected: > 15)");
    assertThat(log.rows()).hasSize(2);
  }

  @Test
  void closedClock_closedAgain_givesTheSameMark_andALowerOneIsRefused() {
    TestHost host = host(1);
    var first = close(host, 10);
    var again = close(host, 10);
    var lower = close(host, 9);
    time.pass(50);
    assertThat(List.of(first.value, again.value)).containsExactly(1L, 1L);
    assertThat(lower.failure).isInstanceOf(ClockPassedException.class);
    assertThat(log.rows()).hasSize(2);
  }

  @Test
  void markWithoutAnswer_isFoundAgain() {
    TestHost host = host(1);
    host.store.nextAppends(Fate.UNANSWERED);
    var closed = close(host, 10);
    time.pass(200);
    assertThat(closed.value).isEqualTo(1);
    assertThat(log.rows()).hasSize(2);
  }

  @Test
  void closing_onAHostThatIsOvertaken_isUnavailable() {
    TestHost first = host(1);
    host(2);
    var closed = close(first, 10);
    time.pass(50);
    assertThat(closed.failure).isInstanceOf(JournalUnavailableException.class);
    assertThat(closed.answers).isEqualTo(1);
    assertThat(close(first, 11).failure).isInstanceOf(JournalUnavailableException.class);
  }
}

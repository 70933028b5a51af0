package govcloud.journal.core;

import static govcloud.journal.core.TestHost.chain;
import static govcloud.journal.core.TestHost.next;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import govcloud.journal.JournalUnavailableException;
import govcloud.journal.Position;
import govcloud.journal.TrimmedLogException;
import govcloud.journal.simulation.Fate;
import govcloud.journal.simulation.FaultyStore;
import govcloud.journal.simulation.Operation;
import govcloud.journal.simulation.Tables;
import govcloud.journal.simulation.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrimmingTest {

  private final VirtualTime time = new VirtualTime();
  private final Tables log = new Tables();
  private final List<Entry> a = chain("case/a", 40);

  private TestHost host(long incarnation) {
    TestHost host = new TestHost(log, time, incarnation).start();
    time.pass(50);
    return host;
  }

  /** A take-over, then a row for each record, all of them in chunks. */
  private TestHost hostWithRows() {
    TestHost host = host(1);
    for (Entry entry : a) {
      host.persist(entry);
      time.pass(10);
    }
    time.pass(2000);
    assertThat(log.watermark()).isEqualTo(41);
    assertThat(log.rows()).noneMatch(Batch::trimmed);
    return host;
  }

  private List<Boolean> trimmed() {
    return log.rows().stream().map(Batch::trimmed).toList();
  }

  @Test
  void rowsThatEverybodyHasRead_becomeStubs_andTheTakeOverStays() {
    TestHost host = hostWithRows();
    List<Batch> before = log.rows();
    host.slowestReader = Position.encode(30, 0);
    time.pass(500);
    assertThat(trimmed().get(0)).isFalse();
    assertThat(trimmed().subList(1, 30)).containsOnly(true);
    assertThat(trimmed().subList(30, 41)).containsOnly(false);
    for (int i = 0; i < before.size(); i++) {
      assertThat(log.rows().get(i).hash()).isEqualTo(before.get(i).hash());
      assertThat(log.rows().get(i).isSameAs(before.get(i))).isTrue();
    }
  }

  @Test
  void recordsInNoChunk_stayInTheLog() {
    TestHost host = hostWithRows();
    host.store.fates(operation -> operation == Operation.WRITE_CHUNK ? Fate.LOST : Fate.FINE);
    host.persist(next("case/a", a.get(39), "in no chunk"));
    host.slowestReader = Position.encode(1000, 0);
    time.pass(3000);
    assertThat(trimmed().subList(1, 41)).containsOnly(true);
    assertThat(trimmed().get(41)).isFalse();
  }

  @Test
  void successor_startsAtTheStub_andTrimsOnWhereTheOtherStopped() {
    TestHost host = hostWithRows();
    host.slowestReader = Position.encode(20, 0);
    time.pass(500);
    TestHost successor = host(2);
    var outcome = successor.persist(next("case/a", a.get(39), "right"));
    successor.slowestReader = Position.encode(1000, 0);
    time.pass(3000);
    assertThat(outcome.failure).isNull();
    assertThat(trimmed().subList(1, 41)).containsOnly(true);
    assertThat(trimmed().subList(42, 43)).containsOnly(true);
    assertThat(successor.recover("case/a", 1)).isNotNull();
  }

  @Test
  void staleStart_thatMeetsAStub_stops() {
    TestHost slow = new TestHost(log, time, 9);
    slow.store.fates(
        operation ->
            operation == Operation.READ_WATERMARK ? Fate.FINE : Fate.LOST); // reads no rows
    slow.start();
    time.pass(20);
    TestHost host = hostWithRows();
    host.slowestReader = Position.encode(1000, 0);
    time.pass(500);
    slow.store.fates(operation -> Fate.FINE);
    time.pass(500);
    assertThat(slow.stopped).isInstanceOf(JournalUnavailableException.class);
    assertThat(slow.stopped).hasMessageContaining("trimmed by another host");
    assertThat(host.host.running()).isTrue();
  }

  @Test
  void scan_thatMeetsAStub_beginsAgain() {
    TestHost.Outcome<List<Entry>> outcome = new TestHost.Outcome<>();
    FaultyStore store = new FaultyStore(log, time);
    store.fates(operation -> operation == Operation.READ ? Fate.LOST : Fate.FINE);
    new EntityScan(0, "case/a", 1, store, time, TestHost.SETTINGS, () -> true, outcome).start();
    time.pass(20);
    TestHost host = hostWithRows();
    host.slowestReader = Position.encode(1000, 0);
    time.pass(500);
    store.fates(operation -> Fate.FINE);
    time.pass(500);
    assertThat(outcome.value).isEqualTo(a);
  }

  @Test
  void reader_ofWhatIsTrimmed_failsWithACode_andOneBehindItGoesOn() {
    TestHost host = hostWithRows();
    host.slowestReader = Position.encode(1000, 0);
    time.pass(500);
    List<Batch> rows = log.rows();
    SliceCursor beginning = new SliceCursor(3, Position.BEFORE_FIRST);
    assertThatThrownBy(() -> beginning.take(rows, (position, entry) -> {}))
        .isInstanceOf(TrimmedLogException.class)
        .hasMessageContaining("slice 3, offset 1: trimmed, read from the archive");
    host.persist(next("case/a", a.get(39), "new"));
    time.pass(20);
    List<Long> positions = new ArrayList<>();
    new SliceCursor(3, Position.encode(40, 0))
        .take(
            log.rows().subList(40, log.rows().size()),
            (position, entry) -> positions.add(position));
    assertThat(positions).containsExactly(Position.encode(41, 0));
  }

  @Test
  void stub_survivesItsBytes() throws InvalidProtocolBufferException {
    hostWithRows();
    Batch row = log.rows().get(1);
    Batch stub = row.stub();
    assertThat(Batch.parse(stub.bytes())).isEqualTo(stub);
    assertThat(stub.hash()).isEqualTo(row.hash());
    assertThat(stub.stub()).isEqualTo(stub);
    assertThat(stub.bytes().size()).isLessThan(row.bytes().size());
  }
}

package govcloud.journal.reader;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.journal.Position;
import govcloud.journal.core.Batch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogSliceReaderTest {

  private static final int PAGE = 4;

  private final ActorSystem system = ActorSystem.create("reader");
  private final InMemoryLog log = new InMemoryLog();
  private final Wakeups wakeups = new Wakeups(1);
  private final RecentBatches recent = new RecentBatches(1, 10_000);
  private final LogSliceReader reader =
      new LogSliceReader(log::store, wakeups, recent, Duration.ofMinutes(1), PAGE);
  private final BlockingQueue<RecordGroup> seen = new LinkedBlockingQueue<>();
  private volatile CompletableFuture<Done> busy;

  @AfterEach
  void end() {
    TestKit.shutdownActorSystem(system);
  }

  @Test
  void groups_whatCameWhileNothingWasAsked_comesTogetherAndWithoutTheStore() throws Exception {
    append(1);
    follow(100);
    assertThat(sequences(next())).containsExactly(1L);
    int before = log.reads();
    append(2);
    append(2);
    append(1);
    assertThat(seen).isEmpty();
    ask();
    RecordGroup group = next();
    assertThat(sequences(group)).containsExactly(2L, 3L, 4L, 5L, 6L);
    assertThat(group.last()).isTrue();
    assertThat(group.position()).isEqualTo(Position.encode(3, 0));
    assertThat(log.reads()).isEqualTo(before);
  }

  @Test
  void groups_newsWakesWhoWaits_andIsFoundByWhoAsksLater() throws Exception {
    follow(100);
    append(1);
    assertThat(sequences(next())).containsExactly(1L);
    ask();
    storedElsewhere(2);
    assertThat(sequences(next())).containsExactly(2L, 3L);
    storedElsewhere(1);
    ask();
    assertThat(sequences(next())).containsExactly(4L);
  }

  @Test
  void groups_ofSeveralPages_areTheLastOnlyAtTheEnd() throws Exception {
    for (int i = 0; i < PAGE + 1; i++) {
      log.add(2);
    }
    follow(100);
    RecordGroup first = next();
    assertThat(first.records()).hasSize(2 * PAGE);
    assertThat(first.last()).isFalse();
    ask();
    RecordGroup second = next();
    assertThat(sequences(second)).containsExactly(9L, 10L);
    assertThat(second.last()).isTrue();
  }

  @Test
  void groups_haveAtMostSoManyRecords() throws Exception {
    append(5);
    follow(3);
    RecordGroup first = next();
    assertThat(sequences(first)).containsExactly(1L, 2L, 3L);
    assertThat(first.last()).isFalse();
    ask();
    assertThat(sequences(next())).containsExactly(4L, 5L);
  }

  @Test
  void currentRecords_endWithTheLog() throws Exception {
    for (int i = 0; i < PAGE + 1; i++) {
      log.add(1);
    }
    var records =
        reader
            .currentRecords(0, Position.BEFORE_FIRST)
            .runWith(Sink.seq(), system)
            .toCompletableFuture()
            .get();
    assertThat(records).hasSize(PAGE + 1);
  }

  /** Follows the slice as a projection does: asks when the group before is done. */
  private void follow(int most) {
    reader
        .groups(0, Position.BEFORE_FIRST, most)
        .mapAsync(
            1,
            group -> {
              busy = new CompletableFuture<>();
              seen.add(group);
              return busy;
            })
        .runWith(Sink.ignore(), system);
  }

  private RecordGroup next() throws InterruptedException {
    return seen.poll(10, TimeUnit.SECONDS);
  }

  private void ask() {
    busy.complete(Done.getInstance());
  }

  private static List<Long> sequences(RecordGroup group) {
    return group.records().stream().map(record -> record.record().getSequence()).toList();
  }

  /** A row that this node's host has stored. */
  private void append(int records) {
    Batch row = log.add(records);
    recent.add(0, log.size() - 1, row);
    wakeups.wake(0, Position.encode(log.size() - 1, records - 1));
  }

  private void storedElsewhere(int records) {
    log.add(records);
    wakeups.wake(0, Position.encode(log.size() - 1, records - 1));
  }
}

package govcloud.node.projection;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.journal.reader.PositionedRecord;
import govcloud.journal.reader.RecordGroup;
import govcloud.protobuf.journal.v1.Record;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.pekko.Done;
import org.junit.jupiter.api.Test;

class PaceTest {

  private final CompletableFuture<Void> wanted = new CompletableFuture<>();
  private final Pace pace = new Pace(() -> wanted);

  @Test
  void fewRecords_orMoreBehindThem_goOnAtOnce() {
    assertThat(keep(7, true, 0)).isDone();
    assertThat(keep(1000, false, 0)).isDone();
  }

  @Test
  void busyProjection_rests_theShorterWhenSomebodyWaits() {
    assertThat(keep(8, true, 0)).isNotDone().succeedsWithin(Duration.ofSeconds(10));
    var resting = keep(8, true, 150);
    long began = System.nanoTime();
    wanted.complete(null);
    resting.orTimeout(10, TimeUnit.SECONDS).join();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void failedGroup_failsAtOnce() {
    var group = group(8, true);
    CompletionStage<Done> kept =
        pace.keep(group, () -> CompletableFuture.failedFuture(new IllegalStateException("no")));
    assertThat(kept.toCompletableFuture()).isCompletedExceptionally();
  }

  private CompletableFuture<Done> keep(int records, boolean last, int millis) {
    return pace.keep(
            group(records, last),
            () -> {
              pause(millis);
              return CompletableFuture.completedFuture(null);
            })
        .toCompletableFuture();
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static RecordGroup group(int records, boolean last) {
    return new RecordGroup(
        LongStream.range(0, records)
            .mapToObj(position -> new PositionedRecord(position, Record.getDefaultInstance()))
            .toList(),
        last);
  }
}

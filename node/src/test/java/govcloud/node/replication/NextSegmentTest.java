package govcloud.node.replication;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import govcloud.journal.core.Batch;
import govcloud.journal.reader.LoggedBatch;
import govcloud.protobuf.journal.v1.LogBatch;
import govcloud.protobuf.journal.v1.TakeOver;
import org.junit.jupiter.api.Test;

/** When the rows of a slice become a segment. */
class NextSegmentTest {
  private static final long MOST = 1_000;

  private final NextSegment next = new NextSegment(MOST);
  private long offset = 7;

  private LoggedBatch row(int bytes) throws Exception {
    return row(LogBatch.newBuilder().setTakeOver(TakeOver.newBuilder().setNode("n".repeat(bytes))));
  }

  private LoggedBatch mark() throws Exception {
    return row(LogBatch.newBuilder().setClosedClock(4));
  }

  private LoggedBatch row(LogBatch.Builder log) throws Exception {
    ByteString bytes = log.setIncarnation(ByteString.copyFrom(new byte[16])).build().toByteString();
    return new LoggedBatch(offset++, Batch.parse(bytes));
  }

  private int agesUntilDue(long waiting) {
    int ages = 0;
    while (!next.isDue(waiting)) {
      next.age();
      ages++;
    }
    return ages;
  }

  @Test
  void rows_waitAsManyAgesAsSegmentsWait_upToALimit() throws Exception {
    next.add(row(1));
    assertThat(agesUntilDue(0)).isEqualTo(1);
    assertThat(next.isDue(1)).isTrue();
    assertThat(next.isDue(2)).isFalse();
    assertThat(next.take()).hasSize(1);
    next.add(row(1));
    assertThat(agesUntilDue(5)).isEqualTo(5);
    assertThat(agesUntilDue(1_000_000)).isEqualTo(NextSegment.PATIENCE - 5);
    assertThat(next.isDue(4)).as("receipts came").isTrue();
  }

  @Test
  void fullOne_isDueAtOnce_howeverManyWait() throws Exception {
    next.add(row((int) MOST / 2));
    assertThat(next.isFull()).isFalse();
    assertThat(next.isDue(9)).isFalse();
    next.add(row((int) MOST / 2));
    assertThat(next.isFull()).isTrue();
    assertThat(next.isDue(9)).isTrue();
    assertThat(next.take()).extracting(LoggedBatch::offset).containsExactly(7L, 8L);
    assertThat(next.isEmpty()).isTrue();
    assertThat(next.isFull()).isFalse();
  }

  @Test
  void oneThatACutEndsWith_isDueAtOnce() throws Exception {
    next.add(row(1));
    next.add(mark());
    next.add(row(1));
    assertThat(next.isDue(9)).isTrue();
    next.take();
    next.add(row(1));
    assertThat(next.isDue(9)).isFalse();
  }

  @Test
  void rowThatSomebodyWaitsFor_isReached() throws Exception {
    assertThat(next.reaches(100)).isFalse();
    assertThat(next.isDue(0)).isFalse();
    next.add(row(1));
    next.add(row(1));
    assertThat(next.reaches(6)).isFalse();
    assertThat(next.reaches(7)).isTrue();
  }
}

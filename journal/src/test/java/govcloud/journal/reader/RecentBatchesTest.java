package govcloud.journal.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import govcloud.journal.core.Batch;
import govcloud.protobuf.journal.v1.LogBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentBatchesTest {

  private final Batch one = batch(1);
  private final Batch two = batch(2);
  private final Batch three = batch(3);

  @Test
  void from_aKeptOffset_givesThatRowAndThoseBehindIt() {
    RecentBatches recent = new RecentBatches(2, 10_000);
    recent.add(0, 7, one);
    recent.add(0, 8, two);
    recent.add(0, 9, three);
    assertThat(recent.from(0, 8, 10)).containsExactly(two, three);
    assertThat(recent.from(0, 7, 2)).containsExactly(one, two);
    assertThat(recent.from(0, 6, 10)).isEmpty();
    assertThat(recent.from(0, 10, 10)).isEmpty();
    assertThat(recent.from(1, 8, 10)).isEmpty();
  }

  @Test
  void add_behindAGap_forgetsWhatLiesBeforeIt() {
    RecentBatches recent = new RecentBatches(1, 10_000);
    recent.add(0, 7, one);
    recent.add(0, 9, three);
    assertThat(recent.from(0, 7, 10)).isEmpty();
    assertThat(recent.from(0, 9, 10)).containsExactly(three);
  }

  @Test
  void add_again_changesNothing_butBeforeWhatIsKept_itBeginsThere() {
    RecentBatches recent = new RecentBatches(1, 10_000);
    recent.add(0, 7, one);
    recent.add(0, 8, two);
    recent.add(0, 7, one);
    assertThat(recent.from(0, 7, 10)).containsExactly(one, two);
    recent.add(0, 6, three);
    assertThat(recent.from(0, 6, 10)).containsExactly(three);
  }

  @Test
  void learn_whatAReaderFound_keepsOnlyWhatIsNewer() {
    RecentBatches recent = new RecentBatches(1, 10_000);
    recent.learn(0, 7, List.of(one, two));
    recent.learn(0, 8, List.of(two, three));
    recent.learn(0, 2, List.of(three, one));
    assertThat(recent.from(0, 7, 10)).containsExactly(one, two, three);
    recent.learn(0, 20, List.of(one));
    assertThat(recent.from(0, 9, 10)).isEmpty();
    assertThat(recent.from(0, 20, 10)).containsExactly(one);
  }

  @Test
  void add_beyondTheBound_forgetsTheOldest() {
    RecentBatches recent = new RecentBatches(1, one.bytes().size() + two.bytes().size());
    recent.add(0, 7, one);
    recent.add(0, 8, two);
    recent.add(0, 9, three);
    assertThat(recent.from(0, 7, 10)).isEmpty();
    assertThat(recent.from(0, 8, 10)).containsExactly(two, three);
  }

  @Test
  void add_withoutRoom_keepsNothing() {
    RecentBatches recent = new RecentBatches(1, 0);
    recent.add(0, 7, one);
    assertThat(recent.from(0, 7, 10)).isEmpty();
  }

  private static Batch batch(long nonce) {
    try {
      return Batch.parse(
          LogBatch.newBuilder()
              .setIncarnation(ByteString.copyFrom(new byte[16]))
              .setNonce(nonce)
              .build()
              .toByteString());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}

package govcloud.node.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.shipping.SiblingLink;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Slices that share a thin line, with real threads. */
@Tag("slow")
class BandwidthTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final ReplicationThreads usual = new ReplicationThreads("usual", 2);
  private final ReplicationThreads urgent = new ReplicationThreads("urgent", 2);
  private final List<Integer> sent = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    usual.close();
    urgent.close();
  }

  /** A sibling that notes what comes. */
  private final class Line implements SiblingLink {
    @Override
    public Optional<ByteString> deliver(ArchiveName name, ByteString file) {
      sent.add(name.slice());
      return Optional.of(ByteString.EMPTY);
    }

    @Override
    public Optional<ByteString> answer(ArchiveName name) {
      return Optional.empty();
    }

    @Override
    public int window() {
      return 1;
    }
  }

  private SiblingLine line(long bytesPerSecond) {
    Bandwidth bandwidth = Bandwidth.of(bytesPerSecond);
    ShippingLanes lanes = new ShippingLanes(usual, urgent);
    return new SiblingLine(
        bandwidth,
        new ShippingOrder(
            (slice, rank) -> {
              lanes.rank(slice, rank);
              bandwidth.reorder();
            }),
        lanes);
  }

  private void send(SiblingLine line, int slice, int bytes) {
    ByteString file = ByteString.copyFrom(new byte[bytes]);
    SiblingLink link = line.limited(new Line());
    var unused =
        line.lanes()
            .run(
                slice,
                line.order().of(slice),
                () -> link.deliver(ArchiveName.segment(slice, 1), file));
  }

  /** Daily slices hold all usual threads and the line; who is waited for passes them all. */
  @Test
  void dailySlicesFillTheLine_sliceThatSomebodyWaitsFor_goesBeforeThem() {
    SiblingLine line = line(10_000);
    IntStream.range(0, 8).forEach(slice -> line.order().learn(slice, ShippingRank.DAILY));
    IntStream.range(0, 8).forEach(slice -> send(line, slice, 5_000));
    await().atMost(SOON).until(() -> !sent.isEmpty());
    line.order().learn(7, ShippingRank.WAITED_FOR);
    line.order().learn(8, ShippingRank.ZERO_LOSS);
    send(line, 8, 5_000);
    await().atMost(SOON).until(() -> sent.size() == 9);
    assertThat(sent.indexOf(7)).as("in " + sent).isLessThanOrEqualTo(2);
    assertThat(sent.indexOf(8)).as("in " + sent).isLessThanOrEqualTo(3);
    assertThat(sent.subList(4, 9)).isSubsetOf(0, 1, 2, 3, 4, 5, 6);
  }

  @Test
  void noLimit_nobodyWaits() throws Exception {
    Bandwidth bandwidth = Bandwidth.of(0);
    for (int i = 0; i < 1000; i++) {
      bandwidth.take(1L << 40, () -> ShippingRank.DAILY);
    }
  }

  @Test
  void interrupted_givesItsTurnUp() throws Exception {
    Bandwidth bandwidth = Bandwidth.of(1000);
    bandwidth.take(1_000_000, () -> ShippingRank.DAILY);
    CountDownLatch ended = new CountDownLatch(1);
    Thread waits =
        new Thread(
            () -> {
              assertThatThrownBy(() -> bandwidth.take(1, () -> ShippingRank.DAILY))
                  .isInstanceOf(LinkException.class);
              ended.countDown();
            });
    waits.start();
    waits.interrupt();
    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
  }
}

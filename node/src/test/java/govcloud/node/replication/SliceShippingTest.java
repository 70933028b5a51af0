package govcloud.node.replication;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.typesafe.config.ConfigFactory;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.shipping.SiblingLink;
import govcloud.replication.shipping.SliceShipper;
import govcloud.replication.statement.TrustedKeys;
import govcloud.replication.store.FileSystemArchiveStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slices of a node whose sibling was away. */
@Tag("slow")
class SliceShippingTest {
  private static final Duration PAUSE = Duration.ofSeconds(10);

  /** Before anybody tries again by himself. */
  private static final Duration SOON = Duration.ofSeconds(8);

  @TempDir private Path folder;
  private final ActorTestKit kit = ActorTestKit.create("SliceShippingTest", ConfigFactory.load());
  private final ReplicationThreads threads = new ReplicationThreads("shipping", 2);
  private volatile boolean isAway = true;

  /** The sibling, which has nothing. */
  private final class Line implements SiblingLink {
    @Override
    public Optional<ByteString> deliver(ArchiveName name, ByteString file) {
      throw new IllegalStateException("there is nothing to deliver");
    }

    @Override
    public Optional<ByteString> answer(ArchiveName name) {
      return Optional.empty();
    }

    @Override
    public int window() {
      return 1;
    }

    @Override
    public OptionalLong lastSegment(int slice) throws LinkException {
      if (isAway) {
        throw new LinkException("away", null);
      }
      return OptionalLong.of(0);
    }
  }

  private ActorRef<SliceShipping.Message> slice(
      int slice, TestProbe<SliceReplication.Message> listener) {
    var line =
        new SiblingLine(
            Bandwidth.of(0),
            new ShippingOrder((of, rank) -> {}),
            new ShippingLanes(threads, threads));
    var trust = new ReplicaTrust("harbour", "mountain", new TrustedKeys(List.of()), Set.of());
    return kit.spawn(
        SliceShipping.create(
            slice,
            line,
            () -> new SliceShipper(slice, FileSystemArchiveStore.open(folder), trust, new Line()),
            PAUSE,
            listener.getRef()));
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
    threads.close();
  }

  private static void await(TestProbe<SliceReplication.Message> listener, SliceTrouble trouble) {
    SliceTrouble told = null;
    while (told != trouble) {
      told = listener.expectMessageClass(SliceShipping.News.class, SOON).trouble();
    }
    assertThat(told).isEqualTo(trouble);
  }

  @Test
  void siblingThatAnswersOneSlice_isAskedByTheOthersAtOnce() {
    TestProbe<SliceReplication.Message> first = kit.createTestProbe();
    TestProbe<SliceReplication.Message> second = kit.createTestProbe();
    ActorRef<SliceShipping.Message> hurried = slice(0, first);
    slice(1, second);
    await(first, SliceTrouble.SIBLING_AWAY);
    await(second, SliceTrouble.SIBLING_AWAY);
    isAway = false;
    hurried.tell(new SliceShipping.Wake(true));
    await(first, SliceTrouble.NONE);
    await(second, SliceTrouble.NONE);
  }
}

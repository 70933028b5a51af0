package govcloud.node.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.typesafe.config.ConfigFactory;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.BlobSource;
import govcloud.replication.shipping.BlobBacklog;
import govcloud.replication.shipping.BlobLink;
import govcloud.replication.shipping.BlobShipper;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.shipping.RefusedException;
import govcloud.replication.statement.ReplicaHash;
import govcloud.replication.store.FileSystemBlobStore;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is missing at the sibling is told, brought when it can be, and no longer told then. */
@Tag("slow")
class BlobSweeperTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private final ActorTestKit kit = ActorTestKit.create("BlobSweeperTest", ConfigFactory.load());
  private final ReplicationThreads threads = new ReplicationThreads("attachments", 1);
  private final Line line = new Line();
  private volatile AttachmentState told = AttachmentState.UNKNOWN;
  private BlobShipping blobs;
  private ActorRef<Object> sweeper;
  private Duration interval = Duration.ofMinutes(10);

  /** The sibling, which may be away, or say only later what it has. */
  private static final class Line implements BlobLink {
    private final Set<BlobAddress> there = ConcurrentHashMap.newKeySet();
    private volatile boolean isAway;
    private volatile boolean saysLater;
    private volatile boolean refuses;
    private final AtomicInteger asked = new AtomicInteger();

    @Override
    public Set<BlobAddress> has(int branch) throws LinkException {
      requireOpen();
      asked.incrementAndGet();
      return saysLater ? Set.of() : Set.copyOf(there);
    }

    @Override
    public boolean deliver(BlobAddress address, BlobSource source)
        throws LinkException, RefusedException {
      requireOpen();
      if (refuses) {
        throw new RefusedException("RECEIVER_FULL", "no room");
      }
      there.add(address);
      return !saysLater;
    }

    private void requireOpen() throws LinkException {
      if (isAway) {
        throw new LinkException("away", null);
      }
    }
  }

  @BeforeEach
  void open() throws Exception {
    var store = FileSystemBlobStore.open(folder);
    var backlog = new BlobBacklog();
    var shipper = shipper(store, backlog);
    blobs = start(store, backlog, shipper, false);
  }

  private BlobShipper shipper(FileSystemBlobStore store, BlobBacklog backlog) {
    return new BlobShipper(store, line, backlog, Duration.ZERO, Clock.systemUTC());
  }

  private BlobShipping start(
      FileSystemBlobStore store, BlobBacklog backlog, BlobShipper shipper, boolean byFiles) {
    sweeper =
        kit.spawn(
            BlobSweeper.create(
                new BlobSweeper.Work(
                    shipper,
                    backlog,
                    threads,
                    interval,
                    Duration.ofMillis(100),
                    byFiles,
                    state -> told = state,
                    Clock.systemUTC())));
    return new BlobShipping(store, shipper, threads, sweeper);
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
    threads.close();
  }

  private BlobAddress keep(String text) throws Exception {
    ByteString bytes = ByteString.copyFromUtf8(text);
    BlobAddress address = new BlobAddress(ReplicaHash.of(bytes));
    blobs.put(
        address,
        new BlobSource() {
          @Override
          public long length() {
            return bytes.size();
          }

          @Override
          public InputStream open() {
            return new ByteArrayInputStream(bytes.toByteArray());
          }
        });
    return address;
  }

  private void awaitTold(boolean known, long missing) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(told.toldMillis()).isPositive();
              assertThat(told.known()).isEqualTo(known);
              assertThat(told.missing()).isEqualTo(missing);
            });
  }

  @Test
  void whatNodesTellTheSweeper_andItTellsThem_arrives() {
    var travel = kit.serializationTestKit();
    travel.verifySerialization(new ReplicationMessage.Leaves("be".repeat(32), 17), true);
    travel.verifySerialization(new ReplicationMessage.Arrived("be".repeat(32)), true);
    travel.verifySerialization(new ReplicationMessage.Undelivered(), true);
    travel.verifySerialization(
        new ReplicationMessage.Attachments(new AttachmentState(true, 3, 900, 5, 6)), true);
    var loss = new SegmentLoss(2, List.of("segments/00000/1.gseg"), "is missing", true, 6);
    travel.verifySerialization(new ReplicationMessage.LostHere(loss), true);
    travel.verifySerialization(new ReplicationMessage.LostThere(loss), true);
  }

  @Test
  void attachment_kept_isThereAtOnceAndNotMissing() throws Exception {
    awaitTold(true, 0);
    BlobAddress address = keep("the harbour master agrees");
    await().atMost(SOON).untilAsserted(() -> assertThat(line.there).contains(address));
    awaitTold(true, 0);
  }

  @Test
  void siblingAway_isMissingUntilItIsBack() throws Exception {
    awaitTold(true, 0);
    line.isAway = true;
    BlobAddress address = keep("sent while nobody was there");
    awaitTold(true, 1);
    assertThat(told.bytes()).isEqualTo("sent while nobody was there".length());
    line.isAway = false;
    await().atMost(SOON).untilAsserted(() -> assertThat(line.there).contains(address));
    awaitTold(true, 0);
  }

  @Test
  void byFiles_isMissingUntilTheSiblingSaysThatItHasIt() throws Exception {
    var store = FileSystemBlobStore.open(folder.resolve("files"));
    var backlog = new BlobBacklog();
    line.saysLater = true;
    blobs = start(store, backlog, shipper(store, backlog), true);
    BlobAddress address = keep("on its way on a disk");
    await().atMost(SOON).untilAsserted(() -> assertThat(line.there).contains(address));
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(backlog.missing().orElseThrow().count()).isEqualTo(1));
    line.saysLater = false;
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(backlog.missing().orElseThrow().count()).isZero());
  }

  /** News that come quicker than the pause do not put the look off for ever. */
  @Test
  void byFiles_newsWithoutPause_isLookedAtAllTheSame() throws Exception {
    var store = FileSystemBlobStore.open(folder.resolve("busy"));
    var backlog = new BlobBacklog();
    line.saysLater = true;
    blobs = start(store, backlog, shipper(store, backlog), true);
    keep("the first of many");
    await().atMost(SOON).until(() -> backlog.missing().isPresent());
    int before = line.asked.get();
    for (int i = 0; i < 100; i++) {
      sweeper.tell(new ReplicationMessage.Leaves("be".repeat(32), 17));
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(line.asked.get()).isGreaterThan(before + 5);
  }

  /** A sibling that refuses one every time is all the same asked now and then for everything. */
  @Test
  void refusedAgainAndAgain_everythingIsLookedAt_whenItIsDue() throws Exception {
    var store = FileSystemBlobStore.open(folder.resolve("refusing"));
    var backlog = new BlobBacklog();
    interval = Duration.ofMillis(500);
    blobs = start(store, backlog, shipper(store, backlog), false);
    BlobAddress lost = keep("is lost over there");
    await().atMost(SOON).untilAsserted(() -> assertThat(line.there).contains(lost));
    await().atMost(SOON).until(() -> backlog.missing().filter(m -> m.count() == 0).isPresent());
    line.refuses = true;
    keep("is refused");
    line.there.remove(lost);
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () -> {
              sweeper.tell(new ReplicationMessage.Undelivered());
              assertThat(backlog.missing().orElseThrow().count()).isEqualTo(2);
            });
  }
}

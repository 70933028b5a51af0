package govcloud.replication.link;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.TestKeys;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.BlobReceiver;
import govcloud.replication.blob.MemoryBlobStore;
import govcloud.replication.blob.TestBlobs;
import govcloud.replication.shipping.BlobBacklog;
import govcloud.replication.shipping.BlobShipper;
import govcloud.replication.statement.DamagedReplicaException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attachments through folders of a real file system; the test is the gateway. */
class FileDropBlobTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration INTERVAL = Duration.ofMinutes(10);

  private final MemoryBlobStore home = new MemoryBlobStore();
  private final MemoryBlobStore away = new MemoryBlobStore();
  @TempDir private Path folder;
  private BlobBacklog backlog;
  private BlobShipper shipper;
  private FileDropBlobReceiver receiver;
  private long nanos;

  @BeforeEach
  void open() throws IOException {
    backlog = new BlobBacklog();
    var link =
        new FileDropBlobLink(
            drop("home-out"),
            drop("home-in"),
            "harbour",
            "mountain",
            PATIENCE,
            Clock.systemUTC(),
            () -> nanos);
    shipper = new BlobShipper(home, link, backlog, Clock.systemUTC());
    receiver =
        new FileDropBlobReceiver(
            drop("away-in"),
            drop("away-out"),
            "harbour",
            "mountain",
            intake(new BlobReceiver(away, TestKeys.TRUST)),
            INTERVAL,
            Clock.systemUTC(),
            () -> nanos);
  }

  private static FileDropBlobReceiver.Intake intake(BlobReceiver blobs) {
    return new FileDropBlobReceiver.Intake() {
      @Override
      public void take(BlobAddress address, long length, InputStream in)
          throws DamagedReplicaException, ArchiveStoreException {
        blobs.take(address, length, in);
      }

      @Override
      public byte[] has(int branch) throws ArchiveStoreException {
        return blobs.has(branch);
      }
    };
  }

  private DropFolder drop(String name) throws IOException {
    return FileSystemDropFolder.open(folder.resolve(name));
  }

  private List<Path> files(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(name))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Takes everything from one folder into another. */
  private void carry(String from, String to) throws IOException {
    for (Path file : files(from)) {
      Files.move(file, folder.resolve(to).resolve(file.getFileName()));
    }
  }

  private BlobAddress attach(String content) throws Exception {
    return home.add(TestBlobs.sealed(TestKeys.epoch(1), "harbour", "housing", content));
  }

  private long missing() {
    return backlog.missing().orElseThrow().count();
  }

  private void roundTrip() throws Exception {
    carry("home-out", "away-in");
    receiver.run();
    carry("away-out", "home-in");
    shipper.sweepMissing();
  }

  @Test
  void attachments_areMissingUntilTheSiblingSaysThatItHasThem() throws Exception {
    for (int i = 0; i < 20; i++) {
      attach("attachment " + i);
    }
    shipper.sweep();
    shipper.sweepMissing();
    assertThat(files("home-out")).hasSize(20);
    assertThat(missing()).isEqualTo(20);
    carry("home-out", "away-in");
    assertThat(receiver.run()).isEqualTo(20);
    assertThat(away.blobs()).containsOnlyKeys(home.blobs().keySet());
    assertThat(files("away-in")).isEmpty();
    shipper.sweepMissing();
    assertThat(missing()).isEqualTo(20);
    carry("away-out", "home-in");
    shipper.sweepMissing();
    assertThat(missing()).isZero();
    open();
    shipper.sweep();
    assertThat(missing()).as("after a restart").isZero();
    assertThat(files("home-out")).isEmpty();
  }

  @Test
  void whatAGatewayLosesOrDamages_isDroppedAgainAfterATime() throws Exception {
    attach("lost");
    attach("damaged");
    shipper.sweep();
    List<Path> dropped = files("home-out");
    Files.delete(dropped.get(0));
    byte[] bytes = Files.readAllBytes(dropped.get(1));
    bytes[bytes.length / 2] ^= 1;
    Files.write(dropped.get(1), bytes);
    roundTrip();
    assertThat(away.blobs()).isEmpty();
    assertThat(files("away-in/.refused")).hasSize(2);
    assertThat(files("home-out")).as("not yet").isEmpty();
    nanos += PATIENCE.toNanos();
    shipper.sweepMissing();
    roundTrip();
    assertThat(away.blobs()).containsOnlyKeys(home.blobs().keySet());
    assertThat(missing()).isZero();
  }

  @Test
  void gatewayThatCopies_finds_theBlobGoneWhenItHasArrived() throws Exception {
    attach("copied");
    shipper.sweep();
    Path dropped = files("home-out").get(0);
    Files.copy(dropped, folder.resolve("away-in").resolve(dropped.getFileName()));
    receiver.run();
    carry("away-out", "home-in");
    shipper.sweepMissing();
    assertThat(files("home-out")).isEmpty();
  }

  @Test
  void siblingThatLostItsDisk_tellsSo_andGetsThemAgain() throws Exception {
    attach("one");
    attach("two");
    shipper.sweep();
    roundTrip();
    assertThat(missing()).isZero();
    away.blobs().clear();
    nanos += INTERVAL.toNanos();
    receiver.run();
    carry("away-out", "home-in");
    shipper.sweep();
    assertThat(missing()).isEqualTo(2);
    roundTrip();
    assertThat(away.blobs()).containsOnlyKeys(home.blobs().keySet());
    assertThat(missing()).isZero();
  }
}

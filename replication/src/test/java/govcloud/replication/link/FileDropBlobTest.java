package govcloud.replication.link;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.TestKeys;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.BlobReceiver;
import govcloud.replication.blob.BlobSource;
import govcloud.replication.blob.MemoryBlobStore;
import govcloud.replication.blob.StoredBlob;
import govcloud.replication.blob.TestBlobs;
import govcloud.replication.shipping.BlobBacklog;
import govcloud.replication.shipping.BlobShipper;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.statement.DamagedReplicaException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
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
  private FileDropBlobLink link;
  private FileDropBlobReceiver receiver;
  private int listings;
  private int asked;
  private long nanos;

  @BeforeEach
  void open() throws IOException {
    backlog = new BlobBacklog();
    link = link();
    shipper = new BlobShipper(home, link, backlog, PATIENCE, Clock.systemUTC());
    receiver =
        new FileDropBlobReceiver(
            drop("away-in"),
            counted(drop("away-out")),
            "harbour",
            "mountain",
            intake(new BlobReceiver(away, TestKeys.TRUST)),
            INTERVAL,
            Clock.systemUTC(),
            () -> nanos);
  }

  private FileDropBlobLink link() throws IOException {
    return new FileDropBlobLink(
        counted(drop("home-out")),
        drop("home-in"),
        "harbour",
        "mountain",
        PATIENCE,
        Clock.systemUTC(),
        () -> nanos);
  }

  private DropFolder counted(DropFolder outbox) {
    return (DropFolder)
        Proxy.newProxyInstance(
            DropFolder.class.getClassLoader(),
            new Class<?>[] {DropFolder.class},
            (proxy, method, values) -> {
              listings += method.getName().equals("list") ? 1 : 0;
              return method.invoke(outbox, values);
            });
  }

  private FileDropBlobReceiver.Intake intake(BlobReceiver blobs) {
    return new FileDropBlobReceiver.Intake() {
      @Override
      public void take(BlobAddress address, long length, InputStream in)
          throws DamagedReplicaException, ArchiveStoreException {
        blobs.take(address, length, in);
      }

      @Override
      public byte[] has(int branch) throws ArchiveStoreException {
        asked++;
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

  /** The newest list is damaged: what the sibling said before is still its word. */
  @Test
  void newestListDamaged_theOneBeforeCounts() throws Exception {
    BlobAddress address = attach("there");
    shipper.sweep();
    roundTrip();
    assertThat(missing()).isZero();
    int branch = address.hash().byteAt(0) & 0xff;
    String newest = DropBlobName.list(Long.MAX_VALUE, "mountain", branch).text();
    Files.write(folder.resolve("home-in").resolve(newest), new byte[31]);
    shipper.sweep();
    assertThat(missing()).isZero();
    assertThat(files("home-in/.refused")).hasSize(2);
    shipper.sweep();
    assertThat(missing()).as("looked at again").isZero();
  }

  @Test
  void manyAttachments_foldersAreListedOnce_andEachBranchIsReadOnce() throws Exception {
    for (int i = 0; i < 50; i++) {
      attach("attachment " + i);
    }
    shipper.sweep();
    assertThat(listings).as("of the outbox").isEqualTo(1);
    carry("home-out", "away-in");
    receiver.run();
    asked = 0;
    nanos += INTERVAL.toNanos();
    receiver.run();
    assertThat(asked).isEqualTo(256);
    assertThat(listings).as("of both outboxes").isLessThanOrEqualTo(4);
  }

  /** Whoever took it in has dropped it; one who looks meanwhile leaves it to him, for a time. */
  @Test
  void attachmentDroppedByAnotherNode_isDroppedOnce_untilItIsOverdue() throws Exception {
    BlobAddress address = attach("taken by the gateway at once");
    StoredBlob blob = new StoredBlob(address, home.length(address).orElseThrow());
    backlog.leaves(blob, Clock.systemUTC().millis());
    link().deliver(address, BlobSource.of(home, blob));
    carry("home-out", "away-in");
    shipper.sweep();
    assertThat(files("home-out")).isEmpty();
    backlog.arrived(address);
    backlog.leaves(blob, Clock.systemUTC().millis() - PATIENCE.toMillis());
    shipper.sweepMissing();
    assertThat(files("home-out")).hasSize(1);
  }

  @Test
  void attachmentDroppedByTwoThreads_isDroppedOnce() throws Exception {
    BlobAddress address = attach("asked for by two");
    StoredBlob blob = new StoredBlob(address, home.length(address).orElseThrow());
    BlobSource source = BlobSource.of(home, blob);
    link.deliver(
        address,
        new BlobSource() {
          @Override
          public long length() {
            return source.length();
          }

          @Override
          public InputStream open() throws IOException {
            try {
              link.deliver(address, source);
            } catch (LinkException e) {
              throw new IOException(e);
            }
            return source.open();
          }
        });
    assertThat(files("home-out")).hasSize(1);
  }

  @Test
  void attachmentsOfAnotherCloud_areSetAsideWithAReason() throws Exception {
    BlobAddress address = attach("ours");
    Path theirs = folder.resolve("away-in").resolve(DropBlobName.blob(1, "desert", address).text());
    Files.write(theirs, home.blobs().get(address));
    new FileDropReceiver(
            drop("away-in"),
            drop("away-out"),
            "harbour",
            "mountain",
            (name, file) -> {
              throw new IllegalStateException("a blob is no replica file");
            },
            PATIENCE,
            Clock.systemUTC(),
            () -> nanos)
        .run();
    assertThat(files("away-in")).isEmpty();
    assertThat(files("away-in/.refused")).hasSize(2);
    assertThat(away.blobs()).isEmpty();
  }
}

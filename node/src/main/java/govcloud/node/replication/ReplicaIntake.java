package govcloud.node.replication;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore.Stored;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.BlobReceiver;
import govcloud.replication.cut.Countersigner;
import govcloud.replication.link.FileDropBlobReceiver;
import govcloud.replication.link.FileDropReceiver;
import govcloud.replication.receiving.KeyReceiver;
import govcloud.replication.receiving.ReceivedQuota;
import govcloud.replication.receiving.Receiver;
import govcloud.replication.receiving.VaultReceiver;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.Finding;
import govcloud.replication.statement.ReplicaDefect;
import govcloud.replication.statement.StatementKind;
import io.opentelemetry.api.metrics.LongCounter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is done with a file of the sibling, by whichever way it came. Blocks; for several threads.
 *
 * @param receiver takes in segments and manifests
 * @param countersigner takes in cuts
 * @param keys takes in statements about keys
 * @param vaults takes in copies of the vault
 * @param blobs takes in attachments
 * @param folder in which they are kept
 * @param reserve bytes that stay free on its disk
 * @param quota how much the sibling may keep here
 * @param received counts the files
 * @param lost names of segments that are lost here, and are asked for again
 */
record ReplicaIntake(
    Receiver receiver,
    Countersigner countersigner,
    KeyReceiver keys,
    VaultReceiver vaults,
    BlobReceiver blobs,
    Path folder,
    long reserve,
    ReceivedQuota quota,
    LongCounter received,
    Supplier<List<String>> lost)
    implements FileDropReceiver.Intake {

  /** Why nothing can be taken in now for want of room. */
  Optional<String> full() {
    return full(0);
  }

  /** Why so many bytes cannot be taken in now for want of room. */
  Optional<String> full(long bytes) {
    try {
      return Files.getFileStore(folder).getUsableSpace() - bytes < reserve
          ? Optional.of("less than " + reserve + " bytes are left here")
          : Optional.empty();
    } catch (IOException e) {
      return Optional.of("received folder: " + e);
    }
  }

  /** What is done with an attachment that comes as a file. */
  FileDropBlobReceiver.Intake ofBlobs() {
    return new FileDropBlobReceiver.Intake() {
      @Override
      public void take(BlobAddress address, long length, InputStream in)
          throws DamagedReplicaException, ArchiveStoreException {
        requireRoom(full(length).or(() -> quota.refuses(length)));
        takeBlob(address, length, in);
      }

      @Override
      public byte[] has(int branch) throws ArchiveStoreException {
        return blobs.has(branch);
      }
    };
  }

  /** The segments that are lost here. */
  List<ArchiveName> lostNames() {
    return lost.get().stream().map(ArchiveName::parse).flatMap(Optional::stream).toList();
  }

  /** Takes in an attachment. */
  void takeBlob(BlobAddress address, long length, InputStream in)
      throws DamagedReplicaException, ArchiveStoreException {
    if (blobs.take(address, length, in) == Stored.NEW) {
      quota.took(length);
    }
  }

  /**
   * Why a file is beyond what the sibling may keep here. A new key always finds its place: without
   * it nothing would ever be taken again; and so does a copy of the vault, which takes the place of
   * another: without it who was erased would stay in the older one.
   */
  Optional<String> beyondQuota(ArchiveName name, long bytes) {
    boolean always = name.kind() == StatementKind.KEY || name.kind() == StatementKind.VAULT;
    return always ? Optional.empty() : quota.refuses(bytes);
  }

  private static void requireRoom(Optional<String> full) throws ArchiveStoreException {
    if (full.isPresent()) {
      throw new ArchiveStoreException(ArchiveDefect.ARCHIVE_UNAVAILABLE, full.get());
    }
  }

  @Override
  public ByteString take(ArchiveName name, byte[] file)
      throws DamagedReplicaException, ArchiveStoreException {
    requireRoom(full().or(() -> beyondQuota(name, file.length)));
    try {
      ByteString answer = keep(name, file);
      if (name.kind() != StatementKind.VAULT) {
        quota.took(file.length + answer.size());
      }
      received.add(1, ReplicationMetrics.outcome("taken"));
      return answer;
    } catch (DamagedReplicaException e) {
      received.add(1, ReplicationMetrics.outcome(e.finding().defect().name()));
      throw e;
    }
  }

  private ByteString keep(ArchiveName name, byte[] file)
      throws DamagedReplicaException, ArchiveStoreException {
    return switch (name.kind()) {
      case SEGMENT -> receiver.segment(name, file);
      case MANIFEST -> {
        receiver.manifest(name, file);
        yield ByteString.EMPTY;
      }
      case CUT -> countersigner.countersign(name, file);
      case KEY -> {
        keys.key(name, file);
        yield ByteString.EMPTY;
      }
      case VAULT -> vaults.copy(name, file);
      default ->
          throw new DamagedReplicaException(
              Finding.of(
                  ReplicaDefect.REPLICA_KIND_WRONG,
                  name.text(),
                  "is not sent (expected: a segment, manifest, cut, key or vault)"));
    };
  }
}

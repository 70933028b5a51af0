package govcloud.replication.link;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.BlobSource;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** Drops files with growing numbers, each once as long as nobody has taken it. */
final class DropOutbox {
  private static final int NUMBERS_IN_A_MILLISECOND = 1000;

  private final DropFolder folder;
  private final String cloud;
  private final Clock clock;
  private final AtomicLong last = new AtomicLong();

  DropOutbox(DropFolder folder, String cloud, Clock clock) {
    this.folder = folder;
    this.cloud = cloud;
    this.clock = clock;
  }

  /** Drops a file, unless the same lies there still. */
  void drop(ArchiveName name, DropName.Kind kind, ByteString file) throws IOException {
    if (find(name, kind).isEmpty()) {
      folder.put(new DropName(number(), cloud, name, kind).text(), file);
    }
  }

  private long number() {
    return last.updateAndGet(
        before -> Math.max(before + 1, clock.millis() * NUMBERS_IN_A_MILLISECOND));
  }

  /** Drops a blob, unless it lies there still. */
  void drop(BlobAddress address, BlobSource source) throws IOException {
    if (blobs(name -> name.address().equals(Optional.of(address))).isEmpty()) {
      folder.put(DropBlobName.blob(number(), cloud, address).text(), source);
    }
  }

  /** Drops the list of a branch's blobs, in place of the one before. */
  void drop(int branch, ByteString addresses) throws IOException {
    List<DropBlobName> before = blobs(name -> name.isList() && name.branch() == branch);
    folder.put(DropBlobName.list(number(), cloud, branch).text(), addresses);
    for (DropBlobName old : before) {
      folder.delete(old.text());
    }
  }

  /** Takes a blob back, where a gateway copies and does not take. */
  void remove(Set<BlobAddress> arrived) throws IOException {
    for (DropBlobName there : blobs(name -> name.address().filter(arrived::contains).isPresent())) {
      folder.delete(there.text());
    }
  }

  private List<DropBlobName> blobs(Predicate<DropBlobName> which) throws IOException {
    return folder.list().stream()
        .map(DropBlobName::parse)
        .flatMap(Optional::stream)
        .filter(name -> name.cloud().equals(cloud))
        .filter(which)
        .toList();
  }

  /** Takes a file back, where a gateway copies and does not take. */
  void remove(ArchiveName name, DropName.Kind kind) throws IOException {
    for (DropName there : find(name, kind)) {
      folder.delete(there.text());
    }
  }

  private List<DropName> find(ArchiveName name, DropName.Kind kind) throws IOException {
    return folder.list().stream()
        .map(DropName::parse)
        .flatMap(Optional::stream)
        .filter(there -> there.cloud().equals(cloud) && there.is(name, kind))
        .toList();
  }
}

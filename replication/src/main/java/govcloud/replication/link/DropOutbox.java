package govcloud.replication.link;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.BlobSource;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Drops files with growing numbers, each once as long as nobody has taken it. Which blobs lie there
 * is looked up once a second and not for each of them, so what another process drops within that
 * second may be dropped twice. For several threads.
 */
final class DropOutbox {
  private static final int NUMBERS_IN_A_MILLISECOND = 1000;
  private static final long LISTED = TimeUnit.SECONDS.toNanos(1);

  private final DropFolder folder;
  private final String cloud;
  private final Clock clock;
  private final LongSupplier nanos;
  private final AtomicLong last = new AtomicLong();
  private final Map<DropBlobName, List<DropBlobName>> blobs = new HashMap<>();
  private Optional<Long> listedAt = Optional.empty();

  DropOutbox(DropFolder folder, String cloud, Clock clock, LongSupplier nanos) {
    this.folder = folder;
    this.cloud = cloud;
    this.clock = clock;
    this.nanos = nanos;
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
    if (there(DropBlobName.blob(0, cloud, address)).isEmpty()) {
      DropBlobName name = DropBlobName.blob(number(), cloud, address);
      folder.put(name.text(), source);
      dropped(name);
    }
  }

  /** Drops the list of a branch's blobs, in place of the one before. */
  void drop(int branch, ByteString addresses) throws IOException {
    List<DropBlobName> before = there(DropBlobName.list(0, cloud, branch));
    DropBlobName name = DropBlobName.list(number(), cloud, branch);
    folder.put(name.text(), addresses);
    delete(before);
    dropped(name);
  }

  /** Takes blobs back, where a gateway copies and does not take. */
  void remove(Set<BlobAddress> arrived) throws IOException {
    for (BlobAddress address : arrived) {
      delete(there(DropBlobName.blob(0, cloud, address)));
    }
  }

  private synchronized List<DropBlobName> there(DropBlobName unnumbered) throws IOException {
    long now = nanos.getAsLong();
    if (listedAt.isEmpty() || now - listedAt.get() > LISTED) {
      blobs.clear();
      for (String text : folder.list()) {
        DropBlobName.parse(text)
            .filter(name -> name.cloud().equals(cloud))
            .ifPresent(this::dropped);
      }
      listedAt = Optional.of(now);
    }
    return List.copyOf(blobs.getOrDefault(unnumbered, List.of()));
  }

  private synchronized void dropped(DropBlobName name) {
    blobs.computeIfAbsent(name.unnumbered(), key -> new ArrayList<>()).add(name);
  }

  private void delete(List<DropBlobName> names) throws IOException {
    for (DropBlobName name : names) {
      folder.delete(name.text());
      synchronized (this) {
        blobs.remove(name.unnumbered());
      }
    }
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

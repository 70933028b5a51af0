package govcloud.replication.link;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

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
      long number =
          last.updateAndGet(
              before -> Math.max(before + 1, clock.millis() * NUMBERS_IN_A_MILLISECOND));
      folder.put(new DropName(number, cloud, name, kind).text(), file);
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

package govcloud.replication.simulation;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.MemoryStore;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The archive of one cloud: what is seen there, and what of it survives a power cut. */
final class Disk {
  private final World world;
  private final boolean home;
  private final Map<ArchiveName, ByteString> files = new TreeMap<>();
  private final Set<ArchiveName> durable = new HashSet<>();

  Disk(World world, boolean home) {
    this.world = world;
    this.home = home;
  }

  ByteString file(ArchiveName name) {
    return files.get(name);
  }

  boolean isDurable(ArchiveName name) {
    return durable.contains(name);
  }

  /** What is seen now. */
  Map<ArchiveName, ByteString> files() {
    return files;
  }

  /** A file can be seen from now on. */
  void show(ArchiveName name, ByteString file) {
    files.put(name, file);
    world.trace(() -> this + " has " + name);
    world.checker.shown(home, name, file);
  }

  /** A file will be there after a power cut. */
  void flush(ArchiveName name) {
    durable.add(name);
  }

  void powerCut() {
    for (ArchiveName name : Set.copyOf(files.keySet())) {
      if (!durable.contains(name)) {
        files.remove(name);
        world.tally.count(Fault.FILE_GONE_AFTER_POWER_CUT);
        world.trace(() -> this + " has lost " + name);
      }
    }
    world.checker.check();
  }

  /** A copy for somebody who only looks. */
  MemoryStore copy() {
    MemoryStore copy = new MemoryStore();
    files.forEach((name, file) -> copy.files().put(name, file.toByteArray()));
    return copy;
  }

  @Override
  public String toString() {
    return home ? "home archive" : "sibling's archive";
  }
}

package govcloud.replication.cut;

import govcloud.replication.archive.Cut;
import govcloud.replication.archive.ReplicaHeads;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Where all entities ended at a countersigned cut, as a file, so that the next cut is compared
 * without reading everything again. Derived, and not trusted: it counts only if it gives the roots
 * of that cut. Losing it costs time. Some 56 bytes for each entity.
 */
final class CutCheckpoint {
  private static final int MAGIC = 0x47435031;

  private final Path file;

  CutCheckpoint(Path file) {
    this.file = file;
  }

  /** The number of the cut that it was written at; 0 where there is none. */
  long number() {
    try (DataInputStream in = open()) {
      return in.readInt() == MAGIC ? Math.max(0, in.readLong()) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /** The heads at a cut, if they are there and give its roots. */
  Optional<ReplicaHeads> at(Cut cut) {
    try (DataInputStream in = open()) {
      if (in.readInt() != MAGIC || in.readLong() != cut.statement().getNumber()) {
        return Optional.empty();
      }
      ReplicaHeads heads = ReplicaHeads.read(in);
      return Optional.of(heads).filter(read -> read.cut().equals(cut.statement().getTenantList()));
    } catch (IOException | RuntimeException damaged) {
      return Optional.empty();
    }
  }

  /**
   * Keeps the heads at a cut instead of those before; where that fails, the next cut reads more.
   */
  void keep(Cut cut, ReplicaHeads heads) {
    try {
      write(cut, heads);
    } catch (IOException notKept) {
      // The cut is countersigned all the same.
    }
  }

  private void write(Cut cut, ReplicaHeads heads) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "checkpoint", "");
    try {
      try (DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(fresh)))) {
        out.writeInt(MAGIC);
        out.writeLong(cut.statement().getNumber());
        heads.write(out);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private DataInputStream open() throws IOException {
    return new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
  }
}

package govcloud.replication.link;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.ReplicaDefect;
import govcloud.replication.statement.StatementKind;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Takes in what a gateway puts into a folder, in any order, and drops the answers into the folder
 * of the other direction. A file stays until its answer is dropped, so a crash at any point only
 * means that it is taken in again. One that comes too early waits, and what is before it is asked
 * for after a time. Blocks; not for several threads, but several may work on one folder.
 */
public final class FileDropReceiver {
  private final DropFolder inbox;
  private final DropOutbox outbox;
  private final String origin;
  private final Intake intake;
  private final long patience;
  private final LongSupplier nanos;
  private final Map<ArchiveName, Long> waiting = new HashMap<>();
  private final Map<ArchiveName, Long> asked = new HashMap<>();

  /** What is done with a file; as with one that comes by a request. */
  public interface Intake {
    /** Keeps a file for good; gives the answer. */
    ByteString take(ArchiveName name, byte[] file)
        throws DamagedReplicaException, ArchiveStoreException;
  }

  private record Row(StatementKind kind, int slice) {}

  /**
   * A receiver.
   *
   * @param inbox into which the gateway puts
   * @param outbox from which the other gateway takes
   * @param origin the cloud whose files are taken in
   * @param receiver this cloud
   * @param patience after which what is missing is asked for
   * @param clock for the numbers in names
   * @param nanos a time that never jumps, such as {@link System#nanoTime}
   */
  public FileDropReceiver(
      DropFolder inbox,
      DropFolder outbox,
      String origin,
      String receiver,
      Intake intake,
      Duration patience,
      Clock clock,
      LongSupplier nanos) {
    this.inbox = inbox;
    this.outbox = new DropOutbox(outbox, receiver, clock, nanos);
    this.origin = origin;
    this.intake = intake;
    this.patience = patience.toNanos();
    this.nanos = nanos;
  }

  /**
   * Takes in everything that can be taken in now.
   *
   * @return how many files
   * @throws ArchiveStoreException when the archive does not work: try again later
   * @throws IOException when a folder does not work
   */
  public int run() throws IOException, ArchiveStoreException {
    int taken = 0;
    Set<Row> stuck = new HashSet<>();
    List<DropName> files = files();
    for (DropName file : files) {
      Row row = new Row(file.file().kind(), file.file().slice());
      if (stuck.contains(row)) {
        continue;
      }
      if (take(file)) {
        taken++;
      } else {
        stuck.add(row);
      }
    }
    waiting.keySet().retainAll(files.stream().map(DropName::file).toList());
    return taken;
  }

  /**
   * Asks again for what was taken in once and is lost; for each again after a time.
   *
   * @param lost all that is lost, or the first of it
   * @throws IOException when a folder does not work
   */
  public void ask(List<ArchiveName> lost) throws IOException {
    asked.keySet().retainAll(lost);
    for (ArchiveName name : lost) {
      long now = nanos.getAsLong();
      Long before = asked.get(name);
      if (before == null || now - before > patience) {
        outbox.drop(name, DropName.Kind.LOST, ByteString.EMPTY);
        asked.put(name, now);
      }
    }
  }

  private List<DropName> files() throws IOException {
    List<DropName> files = new ArrayList<>();
    for (String text : inbox.list()) {
      if (DropBlobName.parse(text).filter(blob -> blob.cloud().equals(origin)).isPresent()) {
        continue;
      }
      Optional<DropName> name = DropName.parse(text);
      if (name.isEmpty() || !name.get().cloud().equals(origin)) {
        inbox.setAside(text, "no name of a file that " + origin + " drops");
      } else if (name.get().kind() == DropName.Kind.FILE) {
        files.add(name.get());
      }
    }
    files.sort(DropName.ORDER);
    return files;
  }

  /** Whether the file is done with; otherwise it has come too early. */
  private boolean take(DropName file) throws IOException, ArchiveStoreException {
    Optional<byte[]> bytes = inbox.read(file.text());
    if (bytes.isEmpty()) {
      return true;
    }
    try {
      ByteString answer = intake.take(file.file(), bytes.get());
      outbox.drop(file.file(), DropName.Kind.ANSWER, answer);
      inbox.delete(file.text());
      return true;
    } catch (DamagedReplicaException e) {
      ReplicaDefect defect = e.finding().defect();
      if (defect == ReplicaDefect.REPLICA_GAP || defect == ReplicaDefect.REPLICA_MISSING) {
        hold(file.file(), defect);
        return false;
      }
      ByteString reason = ByteString.copyFromUtf8(defect.name() + " " + e.getMessage());
      outbox.drop(file.file(), DropName.Kind.REFUSED, reason);
      inbox.setAside(file.text(), e.getMessage());
      return true;
    }
  }

  /** Segments that a manifest names come by themselves; what is before it may be lost. */
  private void hold(ArchiveName file, ReplicaDefect defect) throws IOException {
    long now = nanos.getAsLong();
    long since = waiting.computeIfAbsent(file, name -> now);
    if (defect == ReplicaDefect.REPLICA_GAP && now - since > patience) {
      waiting.put(file, now);
      outbox.drop(
          new ArchiveName(file.kind(), file.slice(), file.number() - 1),
          DropName.Kind.WANTED,
          ByteString.EMPTY);
    }
  }
}

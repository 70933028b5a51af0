package govcloud.replication.shipping;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Receipt;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.Segment;
import govcloud.replication.statement.DamagedReplicaException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Sends the sibling again what it asks for, because it is lost or damaged there between others: the
 * same bytes, from this cloud's own archive. Blocks; not for several threads.
 */
public final class SegmentMender {
  /** What was sent is sent again only if it is still asked for after this time. */
  static final Duration AGAIN = Duration.ofMinutes(1);

  private final ArchiveStore store;
  private final ReplicaTrust trust;
  private final SiblingLink link;
  private final LongSupplier nanos;
  private final Map<ArchiveName, Long> sent = new HashMap<>();
  private final Map<ArchiveName, String> problems = new HashMap<>();

  /**
   * What the sibling asks for.
   *
   * @param segments of them it has named, ascending
   * @param problem why one of them cannot be put back; empty: all are sent
   */
  public record Asked(List<ArchiveName> segments, String problem) {}

  /**
   * A mender.
   *
   * @param trust the cloud's own keys and the sibling's
   * @param nanos a time that never jumps, such as {@link System#nanoTime}
   */
  public SegmentMender(
      ArchiveStore store, ReplicaTrust trust, SiblingLink link, LongSupplier nanos) {
    this.store = store;
    this.trust = trust;
    this.link = link;
    this.nanos = nanos;
  }

  /**
   * Sends what is asked for now.
   *
   * @throws LinkException when the sibling did not answer: try again later
   * @throws RefusedException when it refuses to be asked
   */
  public Asked step() throws LinkException, RefusedException, ArchiveStoreException {
    List<ArchiveName> asked = link.lostSegments().stream().sorted().toList();
    sent.keySet().retainAll(asked);
    problems.keySet().retainAll(asked);
    for (ArchiveName name : asked) {
      long now = nanos.getAsLong();
      Long before = sent.get(name);
      if (before == null || now - before >= AGAIN.toNanos()) {
        send(name);
        sent.put(name, now);
      }
    }
    return new Asked(asked, problems.values().stream().sorted().findFirst().orElse(""));
  }

  private void send(ArchiveName name) throws LinkException, ArchiveStoreException {
    try {
      Optional<Segment> segment = HomeFiles.segment(store, trust, name);
      if (segment.isEmpty()) {
        problems.put(name, name + ": is missing in this cloud's own archive too");
        return;
      }
      Optional<ByteString> answer = link.deliver(name, segment.get().file());
      if (answer.isPresent()) {
        ArchiveName receipt = ArchiveName.receipt(name.slice(), name.number());
        Receipt.verify(receipt, answer.get().toByteArray(), trust).requireFor(segment.get().head());
      }
      problems.remove(name);
    } catch (RefusedException | DamagedReplicaException e) {
      problems.put(name, e.getMessage());
    }
  }
}

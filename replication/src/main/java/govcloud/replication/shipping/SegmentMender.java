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

  /** So often; then the time is doubled, */
  private static final int SOON = 3;

  /** so often: to about an hour. */
  private static final int MOST_DOUBLED = 6;

  /** So many are looked at in one step, whatever is asked for. */
  private static final int MOST = 1000;

  /** How often something was sent, and when last. */
  private record Sent(int times, long nanos) {
    static final Sent NEVER = new Sent(0, 0);

    boolean isDue(long now) {
      int doubled = Math.max(0, Math.min(times - SOON, MOST_DOUBLED));
      return times == 0 || now - nanos >= AGAIN.toNanos() << doubled;
    }
  }

  private final ArchiveStore store;
  private final ReplicaTrust trust;
  private final SiblingLink link;
  private final LongSupplier nanos;
  private final Map<ArchiveName, Sent> sent = new HashMap<>();
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
   * Sends what is asked for, the last first: the next one of each vouches for it there. What cannot
   * be put back does not hold up the others.
   *
   * @throws LinkException when the sibling cannot be asked: try again later
   * @throws RefusedException when it refuses to be asked
   */
  public Asked step() throws LinkException, RefusedException, ArchiveStoreException {
    List<ArchiveName> asked = link.lostSegments().stream().sorted().limit(MOST).toList();
    sent.keySet().retainAll(asked);
    problems.keySet().retainAll(asked);
    boolean isHeard = true;
    for (int i = asked.size() - 1; i >= 0 && isHeard; i--) {
      ArchiveName name = asked.get(i);
      long now = nanos.getAsLong();
      Sent before = sent.getOrDefault(name, Sent.NEVER);
      if (before.isDue(now)) {
        sent.put(name, new Sent(before.times() + 1, now));
        isHeard = send(name);
      }
    }
    return new Asked(asked, problems.values().stream().sorted().findFirst().orElse(""));
  }

  /** False: it was not answered, so that the others wait for the next step. */
  private boolean send(ArchiveName name) throws ArchiveStoreException {
    try {
      Optional<Segment> segment = HomeFiles.segment(store, trust, name);
      if (segment.isEmpty()) {
        problems.put(name, name + ": is missing in this cloud's own archive too");
        return true;
      }
      Optional<ByteString> answer = link.deliver(name, segment.get().file());
      if (answer.isPresent()) {
        ArchiveName receipt = ArchiveName.receipt(name.slice(), name.number());
        Receipt.verify(receipt, answer.get().toByteArray(), trust).requireFor(segment.get().head());
      }
      problems.remove(name);
      return true;
    } catch (RefusedException | DamagedReplicaException e) {
      problems.put(name, e.getMessage());
      return true;
    } catch (LinkException e) {
      problems.put(name, name + ": " + e.getMessage());
      return false;
    }
  }
}

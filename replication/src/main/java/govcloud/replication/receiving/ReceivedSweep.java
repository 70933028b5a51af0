package govcloud.replication.receiving;

import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Receipt;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.Segment;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.StatementKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Finds what was received once and is lost or damaged now: by names what is missing between others,
 * by reading what is damaged. What is missing behind the last one of a slice is not its business:
 * the origin notices that itself, and people decide. Blocks; reading and looking may be two
 * threads.
 */
public final class ReceivedSweep {
  /** So many one after another that cannot be read are no damage of single files. */
  private static final int UNREADABLE = 10;

  private final ArchiveStore store;
  private final ReplicaTrust trust;
  private final ConcurrentSkipListMap<ArchiveName, String> damaged = new ConcurrentSkipListMap<>();

  /**
   * Nothing is looked at yet.
   *
   * @param store archive of one other cloud's files alone
   * @param trust names that cloud as origin and this one as receiver
   */
  public ReceivedSweep(ArchiveStore store, ReplicaTrust trust) {
    this.store = store;
    this.trust = trust;
  }

  /** Collects what is lost: the last of it, since the next one of each vouches for it. */
  private static final class Lost {
    private final SortedMap<ArchiveName, String> named = new TreeMap<>();
    private long count;

    /** Those from a number up to, but not including, another. */
    void addAll(int slice, long from, long to, String detail) {
      long first = Math.max(from, to - LostSegments.MOST);
      count += first - from;
      for (long number = first; number < to; number++) {
        add(slice, number, detail);
      }
    }

    void add(int slice, long number, String detail) {
      if (named.putIfAbsent(ArchiveName.segment(slice, number), detail) == null) {
        count++;
      }
      if (named.size() > LostSegments.MOST) {
        named.remove(named.firstKey());
      }
    }

    LostSegments segments() {
      return count == 0
          ? LostSegments.NONE
          : new LostSegments(count, new ArrayList<>(named.keySet()), named.get(named.firstKey()));
    }
  }

  /**
   * What is lost now: goes through all names, and reads again what was damaged.
   *
   * @throws ArchiveStoreException when the archive does not work
   */
  public LostSegments look() throws ArchiveStoreException {
    Lost lost = new Lost();
    List<ArchiveName> segments = store.list(StatementKind.SEGMENT);
    Map<Integer, Long> last = missing(segments, 0, "is missing; later ones are there", lost);
    // The first receipts of a slice may have gone with old cuts.
    List<ArchiveName> receipts =
        store.list(StatementKind.RECEIPT).stream()
            .filter(name -> name.number() <= last.getOrDefault(name.slice(), 0L))
            .toList();
    missing(receipts, Long.MAX_VALUE, "its receipt is missing; later ones are there", lost);
    damaged.keySet().removeIf(this::isSound);
    damaged.forEach((name, detail) -> lost.add(name.slice(), name.number(), detail));
    return lost.segments();
  }

  /**
   * Finds holes.
   *
   * @param names ascending
   * @param before the number before the first of a slice that has to be there; the first that is
   *     there if it is higher
   * @return the last number of each slice
   */
  private static Map<Integer, Long> missing(
      List<ArchiveName> names, long before, String detail, Lost lost) {
    Map<Integer, Long> last = new TreeMap<>();
    for (ArchiveName name : names) {
      long previous = last.getOrDefault(name.slice(), Math.min(before, name.number() - 1));
      lost.addAll(name.slice(), previous + 1, name.number(), detail);
      last.put(name.slice(), name.number());
    }
    return last;
  }

  /**
   * Reads every segment and its receipt; {@link #look} tells from then on of what is damaged.
   *
   * @param paced the same archive, read no faster than is fair
   * @throws ArchiveStoreException when the archive does not work
   */
  public void read(ArchiveStore paced) throws ArchiveStoreException {
    int unreadable = 0;
    for (ArchiveName name : paced.list(StatementKind.SEGMENT)) {
      try {
        defect(paced, name).ifPresent(detail -> remember(name, detail));
        unreadable = 0;
      } catch (ArchiveStoreException e) {
        // A sector of the disk, or the whole archive?
        if (++unreadable == UNREADABLE) {
          throw e;
        }
        remember(name, e.getMessage());
      }
    }
  }

  /** As many as are asked for; the next reading finds the others. */
  private void remember(ArchiveName name, String detail) {
    if (damaged.size() < LostSegments.MOST) {
      damaged.put(name, detail);
    }
  }

  private boolean isSound(ArchiveName name) {
    try {
      return defect(store, name).isEmpty();
    } catch (ArchiveStoreException e) {
      return false;
    }
  }

  /** What is wrong with a segment or its receipt; one that is not there is told by its name. */
  private Optional<String> defect(ArchiveStore from, ArchiveName name)
      throws ArchiveStoreException {
    try {
      Optional<byte[]> file = from.read(name);
      ArchiveName receipt = ArchiveName.receipt(name.slice(), name.number());
      Optional<byte[]> signed = from.read(receipt);
      if (file.isPresent()) {
        Segment segment = Segment.verify(name, file.get(), trust);
        if (signed.isPresent()) {
          Receipt.verify(receipt, signed.get(), trust).requireFor(segment.head());
        }
      }
      return Optional.empty();
    } catch (DamagedReplicaException e) {
      return Optional.of(e.getMessage());
    } catch (ArchiveStoreException e) {
      if (e.defect() != ArchiveDefect.ARCHIVE_TOO_LARGE) {
        throw e;
      }
      return Optional.of(e.getMessage());
    }
  }
}

package govcloud.node.replication.site;

import govcloud.journal.cassandra.StoredJournal;
import govcloud.journal.core.Entry;
import govcloud.node.projection.Page;
import govcloud.node.replication.HomeArchive;
import govcloud.node.replication.Pace;
import govcloud.node.replication.ReplicationThreads;
import govcloud.node.replication.audit.SliceLog;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.Segment;
import govcloud.replication.cut.KeyedArchive;
import govcloud.replication.keys.GivenUpSite;
import govcloud.replication.keys.KeyException;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.StatementKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists what a given-up site accepted behind the end of what counts of it: from its own archive,
 * and behind that from its log.
 */
public final class Orphans {
  private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);

  /** By then every node knows, and nothing is on its way to the log any more. */
  private static final Duration SETTLED = Duration.ofSeconds(10);

  private final HomeArchive home;
  private final ReplicaTrust trust;
  private final Supplier<StoredJournal> journal;
  private final int slices;
  private final Pace pace;
  private volatile Optional<OrphanCount> count = Optional.empty();

  /**
   * Nothing is read yet.
   *
   * @param trust the cloud's own keys
   * @param journal opened at each reading
   * @param slices of the cloud
   * @param pace of reading
   */
  public Orphans(
      HomeArchive home,
      ReplicaTrust trust,
      Supplier<StoredJournal> journal,
      int slices,
      Pace pace) {
    this.home = home;
    this.trust = trust;
    this.journal = journal;
    this.slices = slices;
    this.pace = pace;
  }

  /** Begins to count as soon as the site is given up. */
  public void start(ActorSystem<?> system) {
    ReplicationThreads threads = ReplicationThreads.of(system, "orphans", 1);
    home.site()
        .tell(
            () -> {
              countLater(threads);
              system
                  .scheduler()
                  .scheduleOnce(SETTLED, () -> countLater(threads), system.executionContext());
            });
  }

  private void countLater(ReplicationThreads threads) {
    threads
        .run(false, this::count)
        .whenComplete(
            (counted, failure) -> {
              if (failure != null) {
                LOG.error("orphans: not counted: {}", failure.toString());
              }
            });
  }

  /** What is known; empty: the site was not given up. */
  public Optional<GivenUp> givenUp() {
    return home.site().givenUp().map(site -> new GivenUp(site, count));
  }

  /** Counts them anew; blocks. */
  OrphanCount count() throws ArchiveStoreException, DamagedReplicaException, KeyException {
    Map<String, OrphanCount.OfTenant> tenants = new TreeMap<>();
    walk(
        OrphanPlace.START,
        orphan -> {
          tenants.merge(
              orphan.tenant(),
              new OrphanCount.OfTenant(orphan.tenant(), 1, orphan.at(), orphan.at()),
              (known, one) -> known.and(orphan));
          return true;
        });
    OrphanCount counted =
        new OrphanCount(
            tenants.values().stream().mapToLong(OrphanCount.OfTenant::records).sum(),
            List.copyOf(tenants.values()));
    count = Optional.of(counted);
    return counted;
  }

  /**
   * A part of the list, by slice and place in its log; blocks.
   *
   * @param tenant of this department alone
   * @param from where the part begins
   */
  Page<Orphan> page(Optional<String> tenant, int size, OrphanPlace from)
      throws ArchiveStoreException, DamagedReplicaException, KeyException {
    List<Orphan> found = new ArrayList<>();
    walk(
        from,
        orphan -> {
          if (tenant.isEmpty() || tenant.get().equals(orphan.tenant())) {
            found.add(orphan);
          }
          return found.size() <= size;
        });
    if (found.size() <= size) {
      return new Page<>(found, Optional.empty());
    }
    return new Page<>(found.subList(0, size), Optional.of(found.get(size).place().text()));
  }

  /** Goes on as long as the listener wants more. */
  private void walk(OrphanPlace from, Predicate<Orphan> listener)
      throws ArchiveStoreException, DamagedReplicaException, KeyException {
    Optional<GivenUpSite> site = home.site().givenUp();
    boolean more = site.isPresent();
    for (int slice = from.slice(); more && slice < slices; slice++) {
      OrphanPlace begin = slice == from.slice() ? from : new OrphanPlace(slice, 0, 0);
      more = walk(site.get().end().segments().getOrDefault(slice, 0L), begin, listener);
    }
  }

  /** Whether more is wanted. */
  private boolean walk(long end, OrphanPlace from, Predicate<Orphan> listener)
      throws ArchiveStoreException, DamagedReplicaException, KeyException {
    int slice = from.slice();
    try (KeyedArchive archive = new KeyedArchive(home.store(), trust, home.keys()::epoch)) {
      long last =
          home.store().last(StatementKind.SEGMENT, slice).map(ArchiveName::number).orElse(0L);
      long offset = Math.max(from.offset(), end == 0 ? 0 : behind(archive, slice, end));
      SliceLog log = new SliceLog(slice, archive, last, journal.get(), pace);
      return log.walk(
          first(archive, slice, end + 1, last, offset),
          offset,
          (at, archived, stored) -> {
            List<Entry> entries = SliceLog.entries(archived, stored);
            boolean more = true;
            for (int index = 0; more && index < entries.size(); index++) {
              OrphanPlace place = new OrphanPlace(slice, at, index);
              boolean isBefore = at == from.offset() && index < from.index();
              more = isBefore || listener.test(Orphan.of(place, entries.get(index).record()));
            }
            return more;
          });
    }
  }

  private static long behind(KeyedArchive archive, int slice, long number)
      throws ArchiveStoreException, DamagedReplicaException {
    Segment segment =
        archive
            .segment(slice, number)
            .orElseThrow(
                () ->
                    new ArchiveStoreException(
                        govcloud.replication.archive.ArchiveDefect.ARCHIVE_UNAVAILABLE,
                        ArchiveName.segment(slice, number) + ": missing (expected: there)",
                        null));
    return segment.lastOffset() + 1;
  }

  /** The first of some segments that ends at or behind an offset; behind the last: none does. */
  private static long first(KeyedArchive archive, int slice, long from, long to, long offset)
      throws ArchiveStoreException, DamagedReplicaException {
    long low = from;
    long high = to + 1;
    while (low < high) {
      long middle = low + (high - low) / 2;
      if (behind(archive, slice, middle) > offset) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}

package govcloud.replication.simulation;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.MemoryStore;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.Segment;
import govcloud.replication.archive.SegmentReader;
import govcloud.replication.archive.TestKeys;
import govcloud.replication.keys.CloudCard;
import govcloud.replication.keys.SiteCards;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.SigningKey;
import govcloud.replication.statement.SiteEnd;
import govcloud.replication.statement.StatementKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The officers give the site that counts up, as the runbook says, whether it is lost or only
 * thought to be: the sibling is held, what it has is restored, a card is made, and the sibling
 * trusts it. Between any two steps everything else goes on.
 */
final class SitesFailover {
  private final Sites world;
  private final MemoryStore replica;
  private final TreeMap<Integer, Long> last = new TreeMap<>();
  private CloudCard card;
  private final Optional<Site> moved;
  private Site next;

  private SitesFailover(Sites world, Optional<Site> moved) {
    this.world = world;
    this.moved = moved;
    this.replica = new MemoryStore(world.sibling.received());
  }

  /** Gives the site up, beginning now. */
  static void begin(Sites world) {
    world.tally.failovers++;
    begin(world, Optional.empty());
  }

  /**
   * Moves a drained site whose final cut the sibling has, if it has nothing else when it is held;
   * otherwise the site is released.
   */
  static void move(Sites world, Site site) {
    begin(world, Optional.of(site));
  }

  private static void begin(Sites world, Optional<Site> moved) {
    world.trace(() -> "the sibling is held");
    world.sibling.hold();
    // Receivers look for it every few seconds; the tool is begun after that.
    world.time.after(world.between(1, 200), () -> drained(world, moved));
  }

  /** What was under way when the sibling was held has to end first. */
  private static void drained(Sites world, Optional<Site> moved) {
    if (world.sibling.isReceiving()) {
      world.time.after(20, () -> drained(world, moved));
    } else {
      new SitesFailover(world, moved).restore();
    }
  }

  private void restore() {
    world.trace(() -> "the replica is read");
    for (ArchiveName name : replica.list(StatementKind.SEGMENT)) {
      last.merge(name.slice(), name.number(), Math::max);
    }
    if (moved.isPresent() && !hasAll(world, moved.get())) {
      world.sibling.release();
      SitesMove.release(world, moved.get());
      return;
    }
    if (moved.isPresent()) {
      world.tally.failovers++;
      world.tally.moves++;
    }
    world.time.after(world.between(1, 100), this::makeKeys);
  }

  /** Whether the sibling has the final cut of a site, and nothing behind it. */
  static boolean hasAll(Sites world, Site site) {
    SitesFailover seen = new SitesFailover(world, Optional.of(site));
    for (ArchiveName name : seen.replica.list(StatementKind.SEGMENT)) {
      seen.last.merge(name.slice(), name.number(), Math::max);
    }
    List<Integer> batches = seen.logs(world.sibling.card()).stream().map(List::size).toList();
    return site.finalCut().filter(cut -> cut.batches().equals(batches)).isPresent();
  }

  private void makeKeys() {
    CloudCard lost = world.sibling.card();
    SigningKey key =
        new SigningKey(TestKeys.HOME.cloud(), TestKeys.filled(60 + world.sites.size()));
    card = SiteCards.recovered(lost, key, new SiteEnd(last, 0, 0));
    next = new Site(world, card, key, copy(), logs(lost));
    if (world.chance(0.3)) {
      begins();
      world.time.after(world.between(1, 100), this::trust);
    } else {
      world.time.after(world.between(1, 100), this::trust);
      world.time.after(world.between(101, 200), this::begins);
    }
  }

  private void begins() {
    world.trace(() -> next + " begins");
    world.sites.add(next);
    world.checker.begins(next);
    next.start();
  }

  private void trust() {
    world.trace(() -> "the sibling trusts the card of " + next);
    world.sibling.trust(card);
    world.checker.trusted(next, last);
    moved.ifPresent(world.checker::moved);
  }

  private MemoryStore copy() {
    MemoryStore archive = new MemoryStore();
    replica.files().forEach(archive.files()::put);
    return archive;
  }

  private List<List<ByteString>> logs(CloudCard lost) {
    ReplicaTrust trust =
        new ReplicaTrust(
            TestKeys.HOME.cloud(),
            TestKeys.SIBLING.cloud(),
            Sites.keys(lost),
            TestKeys.TRUST.recoveryKeys());
    List<List<ByteString>> logs = new ArrayList<>();
    for (int slice = 0; slice < Sites.SLICES; slice++) {
      List<ByteString> log = new ArrayList<>();
      for (long number = 1; number <= last.getOrDefault(slice, 0L); number++) {
        log.addAll(batches(trust, ArchiveName.segment(slice, number)));
      }
      logs.add(log);
    }
    return logs;
  }

  private List<ByteString> batches(ReplicaTrust trust, ArchiveName name) {
    try {
      Segment segment = Segment.verify(name, replica.read(name).orElseThrow(), trust);
      int epoch = segment.statement().getGrant().getEpoch();
      return new SegmentReader(TestKeys.epoch(epoch)).batches(segment);
    } catch (DamagedReplicaException e) {
      throw new Violation("cannot be restored: " + e.getMessage());
    }
  }
}

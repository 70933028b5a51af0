package govcloud.replication.simulation;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.Segment;
import govcloud.replication.archive.TestKeys;
import govcloud.replication.keys.GivenUpSite;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.SignedStatement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sees everything, and says so when a promise of fencing is broken. */
final class SitesChecker {
  private final Sites world;
  private final Map<Integer, Site> writers = new HashMap<>();
  private final Map<Site, Set<ByteString>> accepted = new HashMap<>();
  private final Map<ArchiveName, ByteString> receipted = new HashMap<>();
  private final Map<Integer, List<ByteString>> safe = new HashMap<>();
  private final Set<Site> told = new HashSet<>();
  private final Set<Site> moved = new HashSet<>();
  private Optional<Site> counts = Optional.empty();
  private Map<Integer, Long> ends = Map.of();

  SitesChecker(Sites world) {
    this.world = world;
  }

  /** F1, F2: one site writes in an epoch, and none that has been told. */
  void accepted(Site site, ByteString batch) {
    Site writer = writers.computeIfAbsent(site.epoch(), epoch -> site);
    require(writer == site, "two sites accept in site epoch " + site.epoch());
    require(!told.contains(site), site + " accepts although it was told");
    accepted.computeIfAbsent(site, any -> new HashSet<>()).add(batch);
    world.tally.accepted++;
  }

  /** A site has kept the proof that it was given up. F6: it was. */
  void told(Site site) {
    require(
        counts.map(current -> current.epoch() > site.epoch()).orElse(false),
        site + " gives itself up, and it counts");
    told.add(site);
  }

  /** F3: the sibling has one history; F4: nothing more of a site that was given up. */
  void receipted(ArchiveName name, ByteString file) {
    ByteString before = receipted.putIfAbsent(name, file);
    require(before == null || before.equals(file), name + ": receipts for two segments");
    boolean isNew = name.number() > ends.getOrDefault(name.slice(), 0L);
    if (isNew && counts.isPresent()) {
      ByteString signer = SignedStatement.keyId(file);
      ByteString current = newestKey(counts.get());
      require(signer.equals(current), name + ": a receipt for a site that was given up");
    }
  }

  private static ByteString newestKey(Site site) {
    try {
      var keys = site.card().signingKeys();
      return keys.get(keys.size() - 1).id();
    } catch (govcloud.replication.keys.KeyException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A caller of a site hears that nothing of this can be lost any more. */
  void acknowledged(Site site, int slice, long offset) {
    List<ByteString> known = safe.computeIfAbsent(slice, any -> new ArrayList<>());
    List<ByteString> log = site.logs().get(slice);
    int end = Math.toIntExact(offset);
    int common = Math.min(end, known.size());
    require(
        log.subList(0, common).equals(known.subList(0, common)),
        site + " acknowledges another history of slice " + slice);
    if (end > known.size()) {
      known.addAll(log.subList(known.size(), end));
    }
  }

  /** F5: a site that begins has everything that was acknowledged so. */
  void begins(Site site) {
    safe.forEach(
        (slice, batches) -> {
          List<ByteString> log = site.logs().get(slice);
          require(
              log.size() >= batches.size() && log.subList(0, batches.size()).equals(batches),
              site + ": slice " + slice + " begins without what was acknowledged");
        });
  }

  /** From now on this site counts for the sibling, and what its card says of the one before. */
  void trusted(Site site, Map<Integer, Long> endOfLost) {
    counts = Optional.of(site);
    ends = Map.copyOf(endOfLost);
  }

  /** The site was moved and not lost. */
  void moved(Site site) {
    moved.add(site);
    world.isMoving = false;
  }

  /**
   * At the end: F9, a moved site lists nothing; F7, every write is in the cloud's history or named
   * as an orphan, never both.
   */
  void end() {
    Site current = world.sites.get(world.sites.size() - 1);
    Set<ByteString> history = new HashSet<>();
    current.logs().forEach(history::addAll);
    require(current.proof().isEmpty(), current + " counts and was fenced");
    for (Site site : world.sites) {
      if (site == current) {
        continue;
      }
      require(site.proof().isPresent(), site + " was never told");
      Set<ByteString> orphans = new HashSet<>(orphans(site));
      world.tally.orphans += orphans.size();
      require(
          orphans.isEmpty() || !moved.contains(site),
          site + " was moved and " + orphans.size() + " writes are lost");
      for (ByteString batch : accepted.getOrDefault(site, Set.of())) {
        require(
            history.contains(batch) != orphans.contains(batch),
            site
                + ": a write is "
                + (history.contains(batch) ? "in the history and an orphan" : "nowhere"));
      }
    }
  }

  /** What a site lists, as it does it: its log behind the end of what counts. */
  private static List<ByteString> orphans(Site site) {
    List<ByteString> orphans = new ArrayList<>();
    GivenUpSite proof = site.proof().orElseThrow();
    for (int slice = 0; slice < Sites.SLICES; slice++) {
      List<ByteString> log = site.logs().get(slice);
      int from = Site.last(proof, slice).map(name -> behind(site, name)).orElse(0);
      orphans.addAll(log.subList(from, log.size()));
    }
    return orphans;
  }

  private static int behind(Site site, ArchiveName name) {
    ReplicaTrust trust =
        new ReplicaTrust(
            TestKeys.HOME.cloud(),
            TestKeys.SIBLING.cloud(),
            Sites.keys(site.card()),
            TestKeys.TRUST.recoveryKeys());
    try {
      byte[] file = site.archive().read(name).orElseThrow();
      return Math.toIntExact(Segment.verify(name, file, trust).lastOffset() + 1);
    } catch (DamagedReplicaException e) {
      throw new Violation(site + ": " + e.getMessage());
    }
  }

  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new Violation(otherwise);
    }
  }
}

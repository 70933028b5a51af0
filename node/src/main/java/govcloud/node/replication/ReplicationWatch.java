package govcloud.node.replication;

import govcloud.journal.HybridClock;
import govcloud.node.replication.ReplicationStatus.Mark;
import govcloud.node.replication.drill.DrillSummary;
import govcloud.node.replication.drill.Drills;
import govcloud.node.replication.site.GivenUp;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.Manifest;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.statement.DamagedReplicaException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches from one node how far the cloud is replicated, remembers the last minutes, and raises
 * alarms.
 */
public final class ReplicationWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicationWatch.class);

  /** How often it looks. */
  static final Duration LOOK = Duration.ofSeconds(2);

  /** Looks that are remembered: five minutes. */
  static final int REMEMBERED = 150;

  private final ReplicationSettings settings;
  private final ReplicationProgress progress;
  private final Function<Instant, List<ReplicationAlarm>> differences;
  private final Drills drills;
  private final Supplier<Optional<GivenUp>> givenUp;
  private final Supplier<Optional<Instant>> drainedSince;
  private final Clock clock;
  private final ReplicationAlarms alarms;
  private final ArrayDeque<Duration> ages = new ArrayDeque<>();
  private volatile Optional<Mark> lastManifest = Optional.empty();
  private volatile Optional<Mark> lastCut = Optional.empty();
  private volatile Optional<Cut> newestCut = Optional.empty();
  private volatile long countersigned;

  /**
   * A watch that has not looked yet.
   *
   * @param progress what is known of each slice and of the attachments
   * @param differences what the auditor has found, and what is wrong besides
   * @param drills what is known of rehearsals
   * @param givenUp what is known of this site if it was given up
   * @param drainedSince since when it accepts nothing, because it is to be moved
   */
  ReplicationWatch(
      ReplicationSettings settings,
      ReplicationProgress progress,
      Function<Instant, List<ReplicationAlarm>> differences,
      Drills drills,
      Supplier<Optional<GivenUp>> givenUp,
      Supplier<Optional<Instant>> drainedSince,
      Clock clock) {
    this.settings = settings;
    this.progress = progress;
    this.differences = differences;
    this.drills = drills;
    this.givenUp = givenUp;
    this.drainedSince = drainedSince;
    this.clock = clock;
    this.alarms =
        new ReplicationAlarms(
            settings.recoveryPointAlarm(),
            settings.attachmentInterval(),
            settings
                .cut()
                .time()
                .filter(daily -> settings.keysFolder().isPresent())
                .map(daily -> settings.cut().alarmAfter()));
  }

  /** How it is now. */
  public ReplicationStatus status() {
    return ReplicationStatus.of(
        settings,
        progress.states(),
        progress.attachments(),
        progress.losses(),
        lastManifest,
        lastCut,
        givenUp.get(),
        drainedSince.get().map(since -> new SiteMove(since, isCountersigned(since))),
        clock.instant());
  }

  /**
   * Ages of the recovery point over the last minutes, the oldest first; a look lies between two.
   */
  public List<Duration> recentAges() {
    synchronized (ages) {
      return List.copyOf(ages);
    }
  }

  /** The last drill that has shown that everything can be recovered. */
  public Optional<DrillSummary> lastGoodDrill() {
    return drills.lastGood();
  }

  /** What an operator has to look at. */
  public List<ReplicationAlarm> alarms() {
    return alarms.raised();
  }

  /** Looks once. */
  void look() {
    ReplicationStatus status = status();
    synchronized (ages) {
      ages.add(status.recoveryPointAge());
      if (ages.size() > REMEMBERED) {
        ages.poll();
      }
    }
    alarms.look(status, differences.apply(status.at()));
  }

  /** Whether the sibling has signed the final cut of a site that was drained then. */
  private boolean isCountersigned(Instant since) {
    return newestCut
        .filter(cut -> cut.isFinalSince(since) && cut.statement().getNumber() <= countersigned)
        .isPresent();
  }

  /** Looks for the newest manifest, cut and countersignature; blocks. */
  void readArchive(NewestFile manifests, NewestFile cuts, NewestFile signed, ReplicaTrust trust) {
    try {
      Optional<NewestFile.Kept> manifest = manifests.next();
      if (manifest.isPresent()) {
        var found =
            Manifest.verify(manifest.get().name(), manifest.get().file().toByteArray(), trust);
        lastManifest = mark(manifest.get(), found.statement().getHighestClock());
      }
      Optional<NewestFile.Kept> cut = cuts.next();
      if (cut.isPresent()) {
        var found = Cut.verify(cut.get().name(), cut.get().file().toByteArray(), trust);
        lastCut = mark(cut.get(), found.statement().getClosedClock());
        newestCut = Optional.of(found);
      }
      signed.next().ifPresent(file -> countersigned = file.name().number());
    } catch (ArchiveStoreException | DamagedReplicaException e) {
      LOG.warn("archive: {}", e.getMessage());
    }
  }

  private static Optional<Mark> mark(NewestFile.Kept kept, long clock) {
    Instant at = Instant.ofEpochMilli(HybridClock.millisOf(clock));
    return Optional.of(new Mark(kept.name().number(), at));
  }
}

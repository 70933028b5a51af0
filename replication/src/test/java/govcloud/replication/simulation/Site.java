package govcloud.replication.simulation;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.MemoryStore;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.SegmentWriter;
import govcloud.replication.archive.SourceLogException;
import govcloud.replication.archive.TestKeys;
import govcloud.replication.keys.CloudCard;
import govcloud.replication.keys.DrainWatch;
import govcloud.replication.keys.GivenUpSite;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.SiteCards;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.shipping.RefusedException;
import govcloud.replication.shipping.SiblingLostException;
import govcloud.replication.shipping.SliceArchiver;
import govcloud.replication.shipping.SliceShipper;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.SigningKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A site: its disks, and its process while that lives. It does what a node does: accepts writes
 * unless it knows that it was given up, archives and ships them, and asks the sibling.
 */
final class Site {
  private static final long LOOK = 30;
  private static final long SETTLING = 150;

  private final Sites world;
  private final int epoch;
  private final CloudCard card;
  private final SigningKey key;
  private final SitesLink link;
  // The disks.
  private final MemoryStore archive;
  private final List<List<ByteString>> logs;
  private Optional<GivenUpSite> proof = Optional.empty();
  private Optional<Instant> drainedSince = Optional.empty();
  private Optional<FinalCut> finalCut = Optional.empty();
  // What ends with a crash.
  private Life life = new Life();
  private Optional<GivenUpSite> givenUp = Optional.empty();
  private SliceArchiver[] archivers;
  private SliceShipper[] shippers;
  private boolean asking;
  private boolean[] archiving;
  private boolean[] shipping;
  private DrainWatch[] drains;

  Site(
      Sites world,
      CloudCard card,
      SigningKey key,
      MemoryStore archive,
      List<List<ByteString>> logs) {
    this.world = world;
    this.card = card;
    this.key = key;
    this.archive = archive;
    this.logs = logs;
    this.link = new SitesLink(world);
    try {
      this.epoch = card.siteEpoch();
    } catch (KeyException e) {
      throw new IllegalStateException(e);
    }
    life.end();
  }

  static Site first(Sites world) {
    List<List<ByteString>> logs = new ArrayList<>();
    for (int slice = 0; slice < Sites.SLICES; slice++) {
      logs.add(new ArrayList<>());
    }
    return new Site(world, SiteCards.first(TestKeys.HOME), TestKeys.HOME, new MemoryStore(), logs);
  }

  /** Reads what lies beside the keys and asks the sibling once; then it serves. */
  void start() {
    Life starting = new Life();
    life = starting;
    givenUp = proof;
    world.tally.restartsFenced += proof.isPresent() ? 1 : 0;
    archivers = new SliceArchiver[Sites.SLICES];
    shippers = new SliceShipper[Sites.SLICES];
    archiving = new boolean[Sites.SLICES];
    shipping = new boolean[Sites.SLICES];
    asking = false;
    watchDrain(starting);
    ask();
    for (int slice = 0; slice < Sites.SLICES; slice++) {
      int of = slice;
      again(starting, 90, () -> write(of));
      again(starting, 60, () -> archive(of));
      again(starting, 30, () -> ship(of));
    }
    again(starting, 120, this::ask);
  }

  /**
   * What a drained site had when it accepted nothing any more.
   *
   * @param since when it was drained
   * @param batches in each slice's log
   */
  record FinalCut(Instant since, List<Integer> batches) {}

  /** Each slice is on another node, and so is who makes cuts: all look by themselves. */
  private void watchDrain(Life starting) {
    drains = new DrainWatch[Sites.SLICES + 1];
    for (int i = 0; i < drains.length; i++) {
      DrainWatch drain = new DrainWatch(SETTLING);
      drains[i] = drain;
      drain.look(drainedSince, world.time.now());
      again(starting, LOOK, () -> drain.look(drainedSince, world.time.now()));
    }
    again(starting, LOOK, this::cutFinally);
  }

  private void cutFinally() {
    drains[Sites.SLICES]
        .settled(world.time.now())
        .filter(since -> finalCut.filter(made -> made.since().equals(since)).isEmpty())
        .ifPresent(
            since -> {
              world.trace(() -> this + " makes its final cut");
              finalCut = Optional.of(new FinalCut(since, logs.stream().map(List::size).toList()));
            });
  }

  /** People drain it, or release it again. */
  void drain(boolean on) {
    world.trace(() -> this + (on ? " is drained" : " is released"));
    drainedSince = on ? Optional.of(Instant.ofEpochMilli(world.time.now())) : Optional.empty();
  }

  /** The final cut of the present drain. */
  Optional<FinalCut> finalCut() {
    return finalCut.filter(made -> drainedSince.equals(Optional.of(made.since())));
  }

  /** Does something now and then as long as the process lives. */
  private void again(Life running, long pause, Runnable work) {
    world.time.after(
        world.between(1, 2 * pause),
        () -> {
          if (!running.isOver()) {
            work.run();
            again(running, pause, work);
          }
        });
  }

  void crash() {
    if (!life.isOver()) {
      world.trace(() -> this + " crashes");
      life.end();
      world.time.after(world.between(5, 150), this::start);
    }
  }

  private void crashIf(Life who) {
    if (life == who) {
      crash();
    }
  }

  SitesLink link() {
    return link;
  }

  CloudCard card() {
    return card;
  }

  int epoch() {
    return epoch;
  }

  List<List<ByteString>> logs() {
    return logs;
  }

  MemoryStore archive() {
    return archive;
  }

  /** The proof on its disk. */
  Optional<GivenUpSite> proof() {
    return proof;
  }

  /** Somebody wants something changed. */
  private void write(int slice) {
    if (givenUp.isPresent()) {
      world.tally.fenced++;
      return;
    }
    if (drains[slice].since().isPresent()) {
      world.tally.drained++;
      return;
    }
    if (world.troubled()) {
      ByteString batch = world.batch(logs.get(slice), toString());
      logs.get(slice).add(batch);
      world.checker.accepted(this, batch);
    }
  }

  /** Asks the sibling whether this site was given up. */
  private void ask() {
    Life running = life;
    if (asking || givenUp.isPresent()) {
      return;
    }
    asking = true;
    succeeds(
        running,
        () -> {
          CloudCard told = link.card();
          Optional<GivenUpSite> found = GivenUpSite.of(card, told);
          if (found.isPresent()) {
            step(running);
            proof = found;
            step(running);
            givenUp = found;
            world.checker.told(this);
          }
        });
    asking = false;
  }

  private void step(Life running) {
    world.step(running, () -> crashIf(running));
  }

  private ReplicaTrust trust() {
    return new ReplicaTrust(
        TestKeys.HOME.cloud(),
        TestKeys.SIBLING.cloud(),
        Sites.keys(card),
        TestKeys.TRUST.recoveryKeys());
  }

  private void archive(int slice) {
    Life running = life;
    if (archiving[slice]) {
      return;
    }
    archiving[slice] = true;
    boolean[] flags = archiving;
    if (!succeeds(running, () -> archive(running, slice))) {
      archivers[slice] = null;
    }
    flags[slice] = false;
  }

  private void archive(Life running, int slice)
      throws ArchiveStoreException, DamagedReplicaException, SourceLogException {
    if (archivers[slice] == null) {
      SegmentWriter writer = new SegmentWriter(key, TestKeys.epoch(epoch), 1);
      archivers[slice] =
          new SliceArchiver(
              slice, new SteppingStore(archive, () -> step(running)), trust(), writer);
    }
    SliceArchiver archiver = archivers[slice];
    List<ByteString> log = logs.get(slice);
    int next = Math.toIntExact(archiver.head().nextOffset());
    if (next < log.size()) {
      archiver.archive(next, List.copyOf(log.subList(next, log.size())));
    }
  }

  private void ship(int slice) {
    Life running = life;
    if (shipping[slice]) {
      return;
    }
    shipping[slice] = true;
    boolean[] flags = shipping;
    if (!succeeds(running, () -> ship(running, slice))) {
      shippers[slice] = null;
    }
    flags[slice] = false;
  }

  private void ship(Life running, int slice)
      throws ArchiveStoreException,
          DamagedReplicaException,
          LinkException,
          RefusedException,
          SiblingLostException {
    if (shippers[slice] == null) {
      shippers[slice] =
          new SliceShipper(slice, new SteppingStore(archive, () -> step(running)), trust(), link);
    }
    SliceShipper shipper = shippers[slice];
    shipper.step();
    running.require();
    if (givenUp.isEmpty()) {
      world.checker.acknowledged(this, slice, shipper.progress().nextOffset());
    }
  }

  /** Something that a node does, which may fail. */
  private interface Work {
    void run()
        throws ArchiveStoreException,
            DamagedReplicaException,
            SourceLogException,
            LinkException,
            RefusedException,
            SiblingLostException,
            KeyException;
  }

  private boolean succeeds(Life running, Work work) {
    try {
      running.require();
      work.run();
      running.require();
      return true;
    } catch (Crashed crashed) {
      if (crashed.life() != running) {
        throw crashed;
      }
    } catch (LinkException | RefusedException e) {
      world.trace(() -> this + ": " + e.getMessage());
    } catch (ArchiveStoreException e) {
      if (e.defect() == ArchiveDefect.ARCHIVE_CONFLICT) {
        throw new Violation(this + " cannot go on: " + e.getMessage());
      }
    } catch (SourceLogException | DamagedReplicaException | SiblingLostException | KeyException e) {
      throw new Violation(this + ": " + e.getMessage());
    }
    return false;
  }

  /** Whether its sibling has all that it has accepted. */
  boolean isAllReceipted() {
    for (int slice = 0; slice < Sites.SLICES; slice++) {
      SliceShipper shipper = shippers[slice];
      if (shipper == null || shipper.progress().nextOffset() < logs.get(slice).size()) {
        return false;
      }
    }
    return true;
  }

  /** The name that a segment has at the end of what counts, if there is any. */
  static Optional<ArchiveName> last(GivenUpSite site, int slice) {
    long number = site.end().segments().getOrDefault(slice, 0L);
    return number == 0 ? Optional.empty() : Optional.of(ArchiveName.segment(slice, number));
  }

  @Override
  public String toString() {
    return "site " + epoch;
  }
}

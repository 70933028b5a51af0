package govcloud.replication.simulation;

import java.util.Locale;

/** What happened in histories of fencing. */
final class SitesTally {
  long histories;
  long accepted;
  long fenced;
  long orphans;
  long failovers;
  long crashes;
  long cuts;
  long late;
  long lost;
  long restartsFenced;
  long refusedHeld;
  long refusedFenced;
  long drained;
  long moves;
  long released;

  void add(SitesTally other) {
    histories += other.histories;
    accepted += other.accepted;
    fenced += other.fenced;
    orphans += other.orphans;
    failovers += other.failovers;
    crashes += other.crashes;
    cuts += other.cuts;
    late += other.late;
    lost += other.lost;
    restartsFenced += other.restartsFenced;
    refusedHeld += other.refusedHeld;
    refusedFenced += other.refusedFenced;
    drained += other.drained;
    moves += other.moves;
    released += other.released;
  }

  /** Whether everything that is to be tried has happened. */
  boolean isComplete() {
    return fenced > 0
        && orphans > 0
        && crashes > 0
        && cuts > 0
        && late > 0
        && lost > 0
        && restartsFenced > 0
        && refusedHeld > 0
        && refusedFenced > 0
        && drained > 0
        && moves > 0
        && released > 0
        && failovers > histories;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d histories: %,d writes accepted, %,d refused at given-up sites, %,d orphans, %,d"
            + " fail-overs, %,d crashes, %,d cut lines, %,d late and %,d lost messages, %,d starts"
            + " of a site that knew; refused by the sibling: %,d while held, %,d fenced; %,d sites"
            + " moved, %,d released, %,d writes refused at drained ones",
        histories,
        accepted,
        fenced,
        orphans,
        failovers,
        crashes,
        cuts,
        late,
        lost,
        restartsFenced,
        refusedHeld,
        refusedFenced,
        moves,
        released,
        drained);
  }
}

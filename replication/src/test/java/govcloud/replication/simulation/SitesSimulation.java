package govcloud.replication.simulation;

/** Plays histories of fencing with the classes of its own class loader. */
public final class SitesSimulation implements Player {
  private static final long STEP = 50;
  private static final long LONGEST = 30_000;

  private final Tally none = new Tally();
  private final SitesTally tally = new SitesTally();

  @Override
  public Tally total() {
    return none;
  }

  @Override
  public String play(long seed) {
    Sites world = new Sites(seed, false);
    try {
      play(world);
    } catch (Violation | RuntimeException violation) {
      return String.valueOf(violation);
    }
    tally.add(world.tally);
    return "";
  }

  /**
   * What happened in all histories so far, in words; begins with "complete" if nothing is missing.
   */
  @Override
  public String toString() {
    return (tally.isComplete() ? "complete: " : "incomplete: ") + tally;
  }

  /** Plays a seed once more and gives the end of its history in words. */
  public static String replay(long seed) {
    Sites world = new Sites(seed, true);
    String outcome = "no violation";
    try {
      play(world);
    } catch (Violation | RuntimeException violation) {
      outcome = String.valueOf(violation);
    }
    return "seed " + seed + ": " + outcome + System.lineSeparator() + world.trace();
  }

  private static void play(Sites world) {
    if (world.chance(0.4)) {
      world.time.after(world.between(50, 700), () -> SitesMove.begin(world));
    } else {
      world.time.after(world.between(50, 700), () -> SitesFailover.begin(world));
    }
    if (world.chance(0.3)) {
      world.time.after(world.between(1_250, 1_400), () -> failOver(world));
    }
    strike(world);
    world.time.pass(Sites.TROUBLE);
    while (!isOver(world)) {
      if (world.time.now() > LONGEST) {
        throw new Violation("it does not come to an end after everything was healed");
      }
      world.time.pass(STEP);
    }
    world.checker.end();
    world.tally.histories++;
  }

  /** Officers who move a site end that, and see the next one begin, before they give one up. */
  private static void failOver(Sites world) {
    boolean hasBegun = world.sites.size() == world.tally.failovers + 1;
    if (world.isMoving || !hasBegun) {
      world.time.after(20, () -> failOver(world));
    } else {
      SitesFailover.begin(world);
    }
  }

  /** Something goes wrong now and then: a line is cut, a site crashes. */
  private static void strike(Sites world) {
    if (world.troubled()) {
      Site site = world.sites.get(world.random.nextInt(world.sites.size()));
      if (world.chance(0.6)) {
        site.link().cut(world.between(20, world.chance(0.3) ? 900 : 150));
      } else {
        world.tally.crashes++;
        site.crash();
      }
      world.time.after(world.between(20, 250), () -> strike(world));
    }
  }

  /** The site that counts has brought everything to the sibling, and the others know. */
  private static boolean isOver(Sites world) {
    int last = world.sites.size() - 1;
    return last == world.tally.failovers
        && !world.isMoving
        && world.sites.get(last).isAllReceipted()
        && world.sites.subList(0, last).stream().allMatch(site -> site.proof().isPresent());
  }
}

package govcloud.replication.simulation;

/**
 * The officers move the site that counts, as the runbook says: it is drained, makes its final cut,
 * and is moved when the sibling has that; or it is released, because that takes too long or they
 * think better of it. Between any two steps everything else goes on.
 */
final class SitesMove {
  private static final int LONGEST = 40;

  private final Sites world;
  private final Site site;
  private int looks;

  private SitesMove(Sites world, Site site) {
    this.world = world;
    this.site = site;
  }

  /** Moves the site that counts, beginning now. */
  static void begin(Sites world) {
    Site site = world.sites.get(world.sites.size() - 1);
    world.isMoving = true;
    site.drain(true);
    SitesMove move = new SitesMove(world, site);
    world.time.after(world.between(1, 60), move::look);
  }

  /** `replication status` says drained, or not yet. */
  private void look() {
    looks++;
    if (looks == LONGEST || world.chance(0.02)) {
      release(world, site);
    } else if (SitesFailover.hasAll(world, site)) {
      SitesFailover.move(world, site);
    } else {
      world.time.after(world.between(20, 60), this::look);
    }
  }

  /** It works on as if nothing had happened. */
  static void release(Sites world, Site site) {
    world.tally.released++;
    world.isMoving = false;
    site.drain(false);
  }
}

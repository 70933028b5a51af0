package govcloud.replication.simulation;

/** A process ends in the middle of what it does: nothing of the product may catch this. */
final class Crashed extends Error {
  private static final long serialVersionUID = 1L;

  private final transient Life life;

  Crashed(Life life) {
    super("crashed", null, false, false);
    this.life = life;
  }

  /** Whose end it is. */
  Life life() {
    return life;
  }
}

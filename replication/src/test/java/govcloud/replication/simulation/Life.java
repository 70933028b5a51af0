package govcloud.replication.simulation;

/** One run of a process, from its start to its crash; what it holds in memory ends with it. */
final class Life {
  private boolean over;

  void end() {
    over = true;
  }

  boolean isOver() {
    return over;
  }

  void require() {
    if (over) {
      throw new Crashed(this);
    }
  }
}

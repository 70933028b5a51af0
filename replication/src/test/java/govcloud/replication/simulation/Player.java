package govcloud.replication.simulation;

/**
 * Plays histories. An interface, so that a copy under another class loader can be asked as well.
 */
public interface Player {

  /** Plays the history of a seed; gives what went wrong, or an empty string. */
  String play(long seed);

  /** What happened in all histories so far. */
  Tally total();
}

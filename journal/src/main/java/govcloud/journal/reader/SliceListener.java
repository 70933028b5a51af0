package govcloud.journal.reader;

/** Hears how far a slice that this node hosts has got. */
@FunctionalInterface
public interface SliceListener {

  /**
   * The record at this position is stored. Called on the journal's threads, in order for one slice:
   * must be quick and must not throw.
   */
  void onAdvanced(int slice, long position);
}

package govcloud.recovery.salvage;

/**
 * What can be saved of one slice.
 *
 * @param slice which
 * @param whole number of the last segment up to which everything is right
 * @param last number of the last segment that there was
 * @param records in the segments that are right
 */
public record SavedSlice(int slice, long whole, long last, long records) {

  /** Whether nothing is wrong with it. */
  public boolean isWhole() {
    return whole == last;
  }
}

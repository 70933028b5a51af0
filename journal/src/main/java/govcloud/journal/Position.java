package govcloud.journal;

/**
 * Where a record lies in its slice. Written as one number it orders all records of a slice; it is
 * the offset of projections, the id of events sent to browsers, and half of a consistency token.
 *
 * @param offset of the batch in the slice's log, from 0 without gap
 * @param index of the record in its batch, from 0
 */
public record Position(long offset, int index) {

  /** The number before every position: reading after it gives a slice from its beginning. */
  public static final long BEFORE_FIRST = -1;

  /** Bits of the number that hold the index. */
  public static final int INDEX_BITS = 20;

  /** Records a batch may hold at most. */
  public static final int MAX_RECORDS = 1 << INDEX_BITS;

  /** Refuses what does not fit into one number. */
  public Position {
    if (offset < 0 || offset >= 1L << (63 - INDEX_BITS)) {
      throw new IllegalArgumentException("offset: " + offset + " (expected: 0 to 2^43 - 1)");
    }
    if (index < 0 || index >= MAX_RECORDS) {
      throw new IllegalArgumentException("index: " + index + " (expected: 0 to 2^20 - 1)");
    }
  }

  /** The position as one number. */
  public long toLong() {
    return encode(offset, index);
  }

  /** The position that a number says. */
  public static Position of(long position) {
    return new Position(position >> INDEX_BITS, (int) (position & (MAX_RECORDS - 1)));
  }

  /** The number of a record in a batch. */
  public static long encode(long offset, int index) {
    return new Position(offset, index).packed();
  }

  private long packed() {
    return offset << INDEX_BITS | index;
  }
}

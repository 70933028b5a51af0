package govcloud.node.replication;

import java.util.ArrayDeque;

/**
 * What of one slice the sibling does not have yet: how many records and bytes, and how old the
 * oldest is. Its memory is bounded: when it grows, neighbours become one.
 */
final class Backlog {
  private static final int MOST = 1024;

  /** Consecutive rows of the log. */
  private record Piece(long nextOffset, long records, long bytes, long millis) {

    Piece and(Piece next) {
      return new Piece(
          next.nextOffset,
          records + next.records,
          bytes + next.bytes,
          records > 0 ? millis : next.millis);
    }
  }

  private ArrayDeque<Piece> pieces = new ArrayDeque<>();
  private long records;
  private long bytes;

  /**
   * Adds a row of the log.
   *
   * @param millis when its first record was made, milliseconds since 1970; anything if it has none
   */
  void add(long offset, long ofRecords, long ofBytes, long millis) {
    pieces.add(new Piece(offset + 1, ofRecords, ofBytes, millis));
    records += ofRecords;
    bytes += ofBytes;
    if (pieces.size() > MOST) {
      halve();
    }
  }

  private void halve() {
    ArrayDeque<Piece> fewer = new ArrayDeque<>();
    while (!pieces.isEmpty()) {
      Piece piece = pieces.poll();
      fewer.add(pieces.isEmpty() ? piece : piece.and(pieces.poll()));
    }
    pieces = fewer;
  }

  /** The sibling has everything before an offset. */
  void receipted(long nextOffset) {
    while (!pieces.isEmpty() && pieces.peek().nextOffset() <= nextOffset) {
      Piece piece = pieces.poll();
      records -= piece.records();
      bytes -= piece.bytes();
    }
  }

  /** Records that the sibling does not have. */
  long records() {
    return records;
  }

  /** Bytes of their rows, before compression. */
  long bytes() {
    return bytes;
  }

  /** When the oldest of them was made, milliseconds since 1970; 0 where there is none. */
  long oldestMillis() {
    return pieces.stream()
        .filter(piece -> piece.records() > 0)
        .findFirst()
        .map(Piece::millis)
        .orElse(0L);
  }
}

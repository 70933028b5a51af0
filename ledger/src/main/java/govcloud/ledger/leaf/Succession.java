package govcloud.ledger.leaf;

import govcloud.ledger.LedgerException;
import govcloud.ledger.note.SignedNote;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The first leaf of a log that follows one whose site was lost.
 *
 * @param time when it was recorded, in milliseconds since 1970
 * @param lost the last cosigned checkpoint of the lost log, a note
 */
public record Succession(long time, SignedNote lost) implements Leaf {
  static final int KIND = 2;

  static Succession read(LeafReader reader) throws LedgerException {
    long time = reader.time();
    byte[] note = reader.rest();
    SignedNote lost;
    try {
      lost = SignedNote.parse(note, "lost log");
    } catch (LedgerException e) {
      throw reader.refused(e.finding().detail());
    }
    reader.require(Arrays.equals(lost.toBytes(), note), "a note as it was signed");
    return new Succession(time, lost);
  }

  @Override
  public byte[] toBytes() {
    byte[] note = lost.toBytes();
    ByteBuffer bytes = ByteBuffer.allocate(2 + Long.BYTES + note.length);
    if (bytes.capacity() > LARGEST) {
      throw new IllegalArgumentException(
          "leaf: " + bytes.capacity() + " bytes (expected: <= " + LARGEST + ")");
    }
    return bytes.put((byte) VERSION).put((byte) KIND).putLong(time).put(note).array();
  }
}

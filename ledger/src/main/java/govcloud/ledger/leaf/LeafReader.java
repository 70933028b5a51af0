package govcloud.ledger.leaf;

import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads the parts of a leaf and refuses what is not of its form. */
final class LeafReader {
  private final ByteBuffer buffer;
  private final String name;

  LeafReader(ByteBuffer buffer, String name) {
    this.buffer = buffer;
    this.name = name;
  }

  int u8() throws LedgerException {
    requireMore(1);
    return Byte.toUnsignedInt(buffer.get());
  }

  long time() throws LedgerException {
    requireMore(Long.BYTES);
    long time = buffer.getLong();
    require(time >= 0, "a time from 1970 on");
    return time;
  }

  /** A text whose length stands before it, one byte a character. */
  String text() throws LedgerException {
    return new String(bytes(u8()), StandardCharsets.ISO_8859_1);
  }

  byte[] bytes(int count) throws LedgerException {
    requireMore(count);
    byte[] bytes = new byte[count];
    buffer.get(bytes);
    return bytes;
  }

  /** There are very many of these: no text is made where nothing is wrong. */
  private void requireMore(int count) throws LedgerException {
    if (buffer.remaining() < count) {
      throw refused("(expected: " + count + " bytes more)");
    }
  }

  byte[] rest() throws LedgerException {
    return bytes(buffer.remaining());
  }

  void requireEnd() throws LedgerException {
    require(!buffer.hasRemaining(), "no bytes behind the end");
  }

  void require(boolean condition, String expected) throws LedgerException {
    if (!condition) {
      throw refused("(expected: " + expected + ")");
    }
  }

  LedgerException refused(String detail) {
    return new LedgerException(
        LedgerDefect.LEDGER_LEAF_MALFORMED, name, "byte " + buffer.position() + ": " + detail);
  }
}

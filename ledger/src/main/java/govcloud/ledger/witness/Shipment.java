package govcloud.ledger.witness;

import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import govcloud.ledger.note.SignedNote;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Entries of a log on their way to its witness, and the signed state that has them: {@code u32
 * length ‖ state ‖ u64 first ‖ entries as in a bundle}.
 *
 * @param state a checkpoint, of all entries to the last of these
 * @param first index of the first of these entries
 * @param leaves entries; none: the witness is asked to cosign what it has
 */
public record Shipment(String state, long first, List<byte[]> leaves) {
  /** The most entries of one. */
  public static final int MOST_LEAVES = 256;

  private static final String NAME = "shipment";

  /** Keeps the list. */
  public Shipment {
    leaves = List.copyOf(leaves);
  }

  /** As it is sent. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] note = state.getBytes(StandardCharsets.UTF_8);
    bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(note.length).array());
    bytes.writeBytes(note);
    bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(first).array());
    for (byte[] leaf : leaves) {
      bytes.writeBytes(
          ByteBuffer.allocate(Short.BYTES + leaf.length)
              .putShort((short) leaf.length)
              .put(leaf)
              .array());
    }
    return bytes.toByteArray();
  }

  /** Reads one; neither the state nor the entries are verified. */
  public static Shipment parse(byte[] bytes) throws LedgerException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int length = buffer.remaining() < Integer.BYTES ? -1 : buffer.getInt();
    if (length < 0 || length > SignedNote.LARGEST || buffer.remaining() < length + Long.BYTES) {
      throw malformed("state of " + length + " bytes");
    }
    byte[] state = new byte[length];
    buffer.get(state);
    long first = buffer.getLong();
    List<byte[]> leaves = new ArrayList<>();
    while (buffer.hasRemaining()) {
      int size = buffer.remaining() < Short.BYTES ? 0 : Short.toUnsignedInt(buffer.getShort());
      if (size == 0 || size > buffer.remaining() || leaves.size() == MOST_LEAVES) {
        throw malformed("entry " + leaves.size() + " of " + size + " bytes");
      }
      byte[] leaf = new byte[size];
      buffer.get(leaf);
      leaves.add(leaf);
    }
    if (first < 0 || first > Long.MAX_VALUE - MOST_LEAVES) {
      throw malformed("first " + first);
    }
    return new Shipment(new String(state, StandardCharsets.UTF_8), first, leaves);
  }

  private static LedgerException malformed(String detail) {
    return new LedgerException(
        LedgerDefect.LEDGER_MALFORMED,
        NAME,
        detail + " (expected: a state, a number, at most " + MOST_LEAVES + " entries)");
  }
}

package govcloud.ledger.leaf;

import govcloud.ledger.LedgerException;
import java.nio.ByteBuffer;

/** An entry of a ledger. */
public sealed interface Leaf permits Entry, Succession {
  /** The version that this house writes and reads. */
  int VERSION = 1;

  /** Bytes of the largest leaf: lengths of entries are u16. */
  int LARGEST = 65_535;

  /** When it was recorded, in milliseconds since 1970. */
  long time();

  /** The bytes of which the log holds the hash. */
  byte[] toBytes();

  /**
   * Reads a leaf; the same bytes come back from it.
   *
   * @param name in findings
   */
  static Leaf parse(byte[] leaf, String name) throws LedgerException {
    LeafReader reader = new LeafReader(ByteBuffer.wrap(leaf), name);
    reader.require(reader.u8() == VERSION, "version " + VERSION);
    int kind = reader.u8();
    return switch (kind) {
      case Entry.KIND -> Entry.read(reader);
      case Succession.KIND -> Succession.read(reader);
      default -> throw reader.refused("kind " + kind + " (expected: 1 or 2)");
    };
  }
}

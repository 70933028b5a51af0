package govcloud.replication.statement;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What a replica file is. The first four bytes say so. */
public enum StatementKind {
  /** Consecutive batches of a slice's log. */
  SEGMENT("GSEG"),
  /** Which segments there are. */
  MANIFEST("GMAN"),
  /** What exactly was there at one moment. */
  CUT("GCUT"),
  /** The sibling found the same cut in its own copy. */
  COUNTERSIGNATURE("GCNT"),
  /** The sibling has a segment. */
  RECEIPT("GRCP"),
  /** A cloud's signing key. */
  KEY("GKEY"),
  /** The keys of people; the one kind of which only the newest file is kept. */
  VAULT("GVLT");

  private final String magic;

  StatementKind(String magic) {
    this.magic = magic;
  }

  /** The four bytes. */
  public byte[] magic() {
    return magic.getBytes(StandardCharsets.US_ASCII);
  }

  /** The kind whose magic these four bytes are. */
  static Optional<StatementKind> of(byte[] four) {
    return Arrays.stream(values()).filter(kind -> Arrays.equals(kind.magic(), four)).findFirst();
  }
}

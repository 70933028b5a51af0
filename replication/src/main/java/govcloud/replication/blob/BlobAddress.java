package govcloud.replication.blob;

import com.google.protobuf.ByteString;
import govcloud.replication.statement.ReplicaHash;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a blob: SHA-256 of the bytes as stored.
 *
 * @param hash 32 bytes
 */
public record BlobAddress(ByteString hash) implements Comparable<BlobAddress> {
  /** The folder that all blobs are in. */
  public static final String FOLDER = "blobs";

  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
  private static final int BRANCH = 2;

  /** Refuses what is no hash. */
  public BlobAddress {
    if (hash.size() != ReplicaHash.LENGTH) {
      throw new IllegalArgumentException("address: " + hash.size() + " bytes (expected: 32)");
    }
  }

  /** The address that a text is: 64 lower-case hexadecimal digits. */
  public static Optional<BlobAddress> parse(String text) {
    return HEX.matcher(text).matches()
        ? Optional.of(new BlobAddress(ByteString.copyFrom(HexFormat.of().parseHex(text))))
        : Optional.empty();
  }

  /** The address in a name in an archive, if it is the name of a blob. */
  public static Optional<BlobAddress> ofName(String name) {
    return parse(name.substring(name.lastIndexOf('/') + 1))
        .filter(address -> address.name().equals(name));
  }

  /** 64 lower-case hexadecimal digits. */
  public String text() {
    return ReplicaHash.hex(hash);
  }

  /** The folder of the blobs whose addresses begin with a byte. */
  public static String folder(int branch) {
    return FOLDER + "/" + HexFormat.of().toHexDigits((byte) branch);
  }

  /** The name in an archive: {@code blobs/<first 2 digits>/<address>}. */
  public String name() {
    return FOLDER + "/" + text().substring(0, BRANCH) + "/" + text();
  }

  @Override
  public int compareTo(BlobAddress other) {
    return ByteString.unsignedLexicographicalComparator().compare(hash, other.hash);
  }

  @Override
  public String toString() {
    return text();
  }
}

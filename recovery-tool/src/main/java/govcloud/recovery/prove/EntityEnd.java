package govcloud.recovery.prove;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;

/**
 * Where an entity's records in the log end. A proof has one of each entity in memory, so the hash
 * is kept in numbers and not in an object of its own.
 */
final class EntityEnd {
  private final String tenant;
  private final long sequence;
  private final long hash1;
  private final long hash2;
  private final long hash3;
  private final long hash4;

  /**
   * An end.
   *
   * @param tenant whose
   * @param sequence of the last record
   * @param hash SHA-256 of it
   */
  EntityEnd(String tenant, long sequence, ByteString hash) {
    this.tenant = tenant;
    this.sequence = sequence;
    ByteBuffer bytes = hash.asReadOnlyByteBuffer();
    this.hash1 = bytes.getLong();
    this.hash2 = bytes.getLong();
    this.hash3 = bytes.getLong();
    this.hash4 = bytes.getLong();
  }

  String tenant() {
    return tenant;
  }

  long sequence() {
    return sequence;
  }

  ByteString hash() {
    ByteBuffer bytes = ByteBuffer.allocate(4 * Long.BYTES);
    bytes.putLong(hash1).putLong(hash2).putLong(hash3).putLong(hash4);
    return UnsafeByteOperations.unsafeWrap(bytes.array());
  }
}

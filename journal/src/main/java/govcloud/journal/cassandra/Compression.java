package govcloud.journal.cassandra;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;

/**
 * How stored bytes are packed; the encoding column says which.
 *
 * @param encoding {@link #PLAIN} or {@link #ZSTD}
 * @param bytes what is stored
 */
record Compression(byte encoding, ByteBuffer bytes) {

  static final byte PLAIN = 0;
  static final byte ZSTD = 1;

  private static final int LEVEL = 1;
  private static final int WORTHWHILE = 512;
  private static final int MAX_BYTES = 64 << 20;

  /** Compresses what is large enough, if that makes it smaller by a tenth or more. */
  static Compression pack(ByteString bytes) {
    if (bytes.size() >= WORTHWHILE) {
      byte[] packed = Zstd.compress(bytes.toByteArray(), LEVEL);
      if (packed.length < bytes.size() - bytes.size() / 10) {
        return new Compression(ZSTD, ByteBuffer.wrap(packed));
      }
    }
    return new Compression(PLAIN, bytes.asReadOnlyByteBuffer());
  }

  /** The bytes as they were; refuses what nobody can have packed. */
  ByteString unpack() {
    byte[] stored = new byte[bytes.remaining()];
    bytes.duplicate().get(stored);
    if (encoding == PLAIN) {
      return UnsafeByteOperations.unsafeWrap(stored);
    }
    if (encoding != ZSTD) {
      throw new IllegalArgumentException("encoding: " + encoding + " (expected: 0 or 1)");
    }
    long size = Zstd.getFrameContentSize(stored);
    if (size < 0 || size > MAX_BYTES) {
      throw new IllegalArgumentException("size: " + size + " (expected: 0 to " + MAX_BYTES + ")");
    }
    return UnsafeByteOperations.unsafeWrap(Zstd.decompress(stored, (int) size));
  }
}

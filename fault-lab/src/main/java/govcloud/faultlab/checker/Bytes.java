package govcloud.faultlab.checker;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.ByteString;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** What stored bytes were before they were packed, and their hash. */
final class Bytes {

  private static final long LONGEST = 64L << 20;

  private Bytes() {}

  static String text(byte[] stored) {
    return Base64.getEncoder().encodeToString(stored);
  }

  static ByteString unpack(int encoding, String text) {
    byte[] stored = Base64.getDecoder().decode(text);
    if (encoding == 0) {
      return ByteString.copyFrom(stored);
    }
    long size = Zstd.getFrameContentSize(stored);
    if (encoding != 1 || size < 0 || size > LONGEST) {
      throw new IllegalArgumentException("encoding " + encoding + ", size " + size);
    }
    return ByteString.copyFrom(Zstd.decompress(stored, (int) size));
  }

  static ByteString sha256(ByteString bytes) {
    try {
      return ByteString.copyFrom(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

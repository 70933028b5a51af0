package govcloud.replication.blob;

import java.util.Arrays;
import java.util.Random;

/** Damage to stored bytes. */
final class BlobMutations {
  private static final int CHUNK = 65_536 + 16;

  private BlobMutations() {}

  /** The bytes, changed in one of several ways. */
  static byte[] of(byte[] stored, int number, Random random) {
    return switch (number % 8) {
      case 0 -> flip(stored, random.nextInt(body(stored)), random);
      case 1 -> flip(stored, random.nextInt(stored.length), random);
      case 2 -> Arrays.copyOf(stored, random.nextInt(stored.length));
      case 3 -> Arrays.copyOf(stored, stored.length + 1 + random.nextInt(100));
      case 4 -> swapChunks(stored);
      case 5 -> withoutLastChunk(stored, random);
      case 6 -> without(stored, random.nextInt(stored.length - 16), 1 + random.nextInt(16));
      default -> zero(stored, random.nextInt(stored.length - 4_096));
    };
  }

  private static byte[] flip(byte[] stored, int at, Random random) {
    byte[] changed = stored.clone();
    changed[at] ^= (byte) (1 << random.nextInt(8));
    return changed;
  }

  private static byte[] zero(byte[] stored, int at) {
    byte[] changed = stored.clone();
    Arrays.fill(changed, at, at + 4_096, (byte) 0);
    return changed;
  }

  /** Where the first chunk begins. */
  private static int body(byte[] stored) {
    return 12 + java.nio.ByteBuffer.wrap(stored).getInt(8) + 16;
  }

  private static byte[] swapChunks(byte[] stored) {
    byte[] changed = stored.clone();
    int at = body(stored);
    System.arraycopy(stored, at, changed, at + CHUNK, CHUNK);
    System.arraycopy(stored, at + CHUNK, changed, at, CHUNK);
    return changed;
  }

  private static byte[] withoutLastChunk(byte[] stored, Random random) {
    return Arrays.copyOf(stored, body(stored) + CHUNK * (1 + random.nextInt(2)));
  }

  private static byte[] without(byte[] stored, int at, int length) {
    byte[] changed = new byte[stored.length - length];
    System.arraycopy(stored, 0, changed, 0, at);
    System.arraycopy(stored, at + length, changed, at, changed.length - at);
    return changed;
  }
}

package govcloud.journal;

import java.nio.charset.StandardCharsets;

/**
 * How entities are spread over slices. The count is fixed when a cloud is created.
 *
 * @param count number of slices, 1 to 4096
 */
public record Slices(int count) {

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  /** Refuses a count outside 1 to 4096. */
  public Slices {
    requireCount(count);
  }

  /** The slice of an entity, 0 to count - 1. */
  public int sliceOf(String entityId) {
    return of(entityId, count);
  }

  /**
   * The slice of an entity: 64-bit FNV-1a over the UTF-8 bytes, the upper half folded onto the
   * lower after MurmurHash3's finaliser, modulo count. Never changes, because records lie where it
   * says.
   */
  public static int of(String entityId, int count) {
    requireCount(count);
    long hash = FNV_OFFSET;
    for (byte b : entityId.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    hash ^= hash >>> 33;
    return (int) Long.remainderUnsigned(hash, count);
  }

  private static void requireCount(int count) {
    if (count < 1 || count > 4096) {
      throw new IllegalArgumentException("slices: " + count + " (expected: 1 to 4096)");
    }
  }
}

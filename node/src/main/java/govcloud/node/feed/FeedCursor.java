package govcloud.node.feed;

import govcloud.journal.Position;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;

/**
 * How far somebody has read in every slice. Written compactly and opaquely, with a checksum, so
 * that a damaged one is refused and not taken for another place.
 */
public final class FeedCursor {

  private static final int VERSION = 1;

  private final long[] positions;

  private FeedCursor(long[] positions) {
    this.positions = positions;
  }

  /** Before everything that ever happened. */
  public static FeedCursor beginning(int slices) {
    long[] positions = new long[slices];
    Arrays.fill(positions, Position.BEFORE_FIRST);
    return new FeedCursor(positions);
  }

  /** A place given by the last position read in each slice. */
  public static FeedCursor at(long[] positions) {
    return new FeedCursor(positions.clone());
  }

  /** The last position read in a slice. */
  public long position(int slice) {
    return positions[slice];
  }

  /** The same place, further on in one slice. */
  public FeedCursor with(int slice, long position) {
    long[] next = positions.clone();
    next[slice] = position;
    return new FeedCursor(next);
  }

  /** The cursor as clients see it. */
  public String encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(VERSION);
    for (long position : positions) {
      long next = position + 1;
      number(bytes, next >>> Position.INDEX_BITS);
      number(bytes, next & ((1L << Position.INDEX_BITS) - 1));
    }
    byte[] body = bytes.toByteArray();
    bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(checksum(body)).array());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  /**
   * Reads a cursor.
   *
   * @throws IllegalArgumentException when it is damaged or of a cloud with other slices
   */
  public static FeedCursor decode(String cursor, int slices) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException e) {
      throw wrong(cursor);
    }
    int length = bytes.length - Integer.BYTES;
    if (length < 1
        || bytes[0] != VERSION
        || ByteBuffer.wrap(bytes, length, Integer.BYTES).getInt()
            != checksum(Arrays.copyOf(bytes, length))) {
      throw wrong(cursor);
    }
    ByteBuffer body = ByteBuffer.wrap(bytes, 1, length - 1);
    long[] positions = new long[slices];
    for (int slice = 0; slice < slices; slice++) {
      if (!body.hasRemaining()) {
        throw wrong(cursor);
      }
      long offset = number(body, cursor);
      positions[slice] = ((offset << Position.INDEX_BITS) | number(body, cursor)) - 1;
    }
    if (body.hasRemaining()) {
      throw wrong(cursor);
    }
    return new FeedCursor(positions);
  }

  private static void number(ByteArrayOutputStream bytes, long number) {
    long rest = number;
    while (rest > 0x7f) {
      bytes.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }

  private static long number(ByteBuffer bytes, String cursor) {
    long number = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      if (!bytes.hasRemaining()) {
        throw wrong(cursor);
      }
      byte part = bytes.get();
      number |= (part & 0x7fL) << shift;
      if (part >= 0) {
        return number;
      }
    }
    throw wrong(cursor);
  }

  private static int checksum(byte[] body) {
    CRC32 crc = new CRC32();
    crc.update(body);
    return (int) crc.getValue();
  }

  private static IllegalArgumentException wrong(String cursor) {
    return new IllegalArgumentException("cursor: " + cursor + " (expected: an id of this feed)");
  }
}

package govcloud.replication.keys;

import govcloud.replication.statement.StatementKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Where a sealed part belongs. Its key is derived for this place, so it opens nowhere else.
 *
 * @param kind of the file
 * @param origin the cloud whose data it is
 * @param slice the slice; 0 for a cut
 * @param number the segment's or cut's number
 */
public record PartPlace(StatementKind kind, String origin, int slice, long number) {

  /**
   * The place as bytes: magic, length of the origin's name (2), the name, slice (4), number (8),
   * index (4).
   */
  byte[] bytes(int index) {
    byte[] name = origin.getBytes(StandardCharsets.UTF_8);
    byte[] magic = kind.magic();
    return ByteBuffer.allocate(magic.length + 2 + name.length + 16)
        .put(magic)
        .putShort((short) name.length)
        .put(name)
        .putInt(slice)
        .putLong(number)
        .putInt(index)
        .array();
  }
}

package govcloud.node.projection;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;

/**
 * Where a page begins: behind one entry of one index scope.
 *
 * @param key sort key of the last entry of the page before
 * @param id entity of that entry
 */
record PageToken(String key, String id) {

  /**
   * The token as callers see it. The checksum covers {@code list}, so that a token is only taken
   * for the list, filter and sort it came from; it holds nothing that the list does not show.
   */
  String encode(String list) {
    byte[] body = (key + "\n" + id).getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + body.length);
    bytes.putInt(checksum(list, body)).put(body);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /**
   * Reads a token back.
   *
   * @throws PageTokenInvalid when it is damaged or belongs to another list
   */
  static PageToken decode(String token, String list) {
    ByteBuffer bytes;
    try {
      bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
    } catch (IllegalArgumentException e) {
      throw new PageTokenInvalid(token);
    }
    if (bytes.remaining() <= Integer.BYTES) {
      throw new PageTokenInvalid(token);
    }
    int checksum = bytes.getInt();
    byte[] body = new byte[bytes.remaining()];
    bytes.get(body);
    String text = new String(body, StandardCharsets.UTF_8);
    int line = text.indexOf('\n');
    if (checksum != checksum(list, body) || line < 0) {
      throw new PageTokenInvalid(token);
    }
    return new PageToken(text.substring(0, line), text.substring(line + 1));
  }

  private static int checksum(String list, byte[] body) {
    CRC32 crc = new CRC32();
    crc.update(list.getBytes(StandardCharsets.UTF_8));
    crc.update(0);
    crc.update(body);
    return (int) crc.getValue();
  }
}

package govcloud.node.identity;

import java.io.ByteArrayOutputStream;

/** Base32 of RFC 4648 without padding, as authenticator apps want it. */
final class Base32 {

  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int BITS = 5;

  private Base32() {}

  static String encode(byte[] bytes) {
    var text = new StringBuilder();
    int buffer = 0;
    int held = 0;
    for (var next : bytes) {
      buffer = (buffer << Byte.SIZE) | (next & 0xff);
      held += Byte.SIZE;
      while (held >= BITS) {
        held -= BITS;
        text.append(LETTERS.charAt((buffer >> held) & 31));
      }
    }
    if (held > 0) {
      text.append(LETTERS.charAt((buffer << (BITS - held)) & 31));
    }
    return text.toString();
  }

  /** The bytes of a text; anything that is no letter of Base32 is left out. */
  static byte[] decode(String text) {
    var bytes = new ByteArrayOutputStream();
    int buffer = 0;
    int held = 0;
    for (int i = 0; i < text.length(); i++) {
      int value = LETTERS.indexOf(text.charAt(i));
      if (value < 0) {
        continue;
      }
      buffer = (buffer << BITS) | value;
      held += BITS;
      if (held >= Byte.SIZE) {
        held -= Byte.SIZE;
        bytes.write((buffer >> held) & 0xff);
      }
    }
    return bytes.toByteArray();
  }
}

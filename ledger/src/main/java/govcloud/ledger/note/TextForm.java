package govcloud.ledger.note;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers and bytes as the texts write them: each in one way only. */
final class TextForm {
  private static final Pattern NOT_IN_NAMES = Pattern.compile("[\\p{IsWhite_Space}+]");

  private TextForm() {}

  /** A number from 0 without leading zeroes, below 2^63. */
  static Optional<Long> number(String text) {
    if (!text.matches("0|[1-9][0-9]{0,18}")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Base 64 whose unused bits are zero; other forms of the same bytes are no form. */
  static Optional<byte[]> base64(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      return base64(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Base 64. */
  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** UTF-8 without control characters but the newline. */
  static Optional<String> utf8(byte[] bytes) {
    for (byte one : bytes) {
      if (one >= 0 && one < ' ' && one != '\n') {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Whether a key may have this name. */
  static boolean isKeyName(String name) {
    return !name.isEmpty() && !NOT_IN_NAMES.matcher(name).find();
  }
}

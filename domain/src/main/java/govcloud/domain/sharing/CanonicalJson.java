package govcloud.domain.sharing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The one form in bytes of a value made of maps, lists, texts, whole numbers, truth values and
 * nulls: its canonical JSON (RFC 8785), which any language can make again.
 */
public final class CanonicalJson {

  /** The largest whole number that RFC 8785 writes exactly. */
  public static final long LARGEST_NUMBER = (1L << 53) - 1;

  private static final HexFormat HEX = HexFormat.of();

  private CanonicalJson() {}

  /**
   * The canonical bytes.
   *
   * @throws IllegalArgumentException for half a character, a number beyond {@link #LARGEST_NUMBER}
   *     or a value of another kind
   */
  public static byte[] bytes(Object value) {
    var text = new StringBuilder();
    write(value, text);
    try {
      var encoder = UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPORT);
      var buffer = encoder.encode(CharBuffer.wrap(text));
      var bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("text: half a character (expected: whole ones)", e);
    }
  }

  /** What names a value by its content: the SHA-256 of its canonical bytes, lower-case hex. */
  public static String address(Object value) {
    return sha256(bytes(value));
  }

  /** Lower-case hexadecimal SHA-256. */
  public static String sha256(byte[] bytes) {
    return HEX.formatHex(sha256().digest(bytes));
  }

  /** A SHA-256 of nothing yet. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }

  private static void write(Object value, StringBuilder text) {
    if (value instanceof String string) {
      quote(string, text);
    } else if (value instanceof Boolean || value == null) {
      text.append(value);
    } else if (value instanceof Integer || value instanceof Long) {
      text.append(exact(((Number) value).longValue()));
    } else if (value instanceof List<?> list) {
      var separator = "[";
      for (var element : list) {
        text.append(separator);
        write(element, text);
        separator = ",";
      }
      text.append(list.isEmpty() ? "[]" : "]");
    } else if (value instanceof Map<?, ?> map) {
      write(map, text);
    } else {
      throw new IllegalArgumentException(
          value + " (expected: map, list, text, whole number, truth value or null)");
    }
  }

  private static void write(Map<?, ?> map, StringBuilder text) {
    var sorted = new TreeMap<String, Object>(); // by UTF-16 code units, as RFC 8785 has it
    map.forEach((name, value) -> sorted.put((String) name, value));
    var separator = "{";
    for (var member : sorted.entrySet()) {
      text.append(separator);
      quote(member.getKey(), text);
      text.append(':');
      write(member.getValue(), text);
      separator = ",";
    }
    text.append(sorted.isEmpty() ? "{}" : "}");
  }

  private static long exact(long number) {
    if (number > LARGEST_NUMBER || number < -LARGEST_NUMBER) {
      throw new IllegalArgumentException(
          "number: " + number + " (expected: at most " + LARGEST_NUMBER + ")");
    }
    return number;
  }

  private static void quote(String string, StringBuilder text) {
    text.append('"');
    for (var i = 0; i < string.length(); i++) {
      var c = string.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\b' -> text.append("\\b");
        case '\f' -> text.append("\\f");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (c < ' ') {
            text.append("\\u00").append(HEX.toHexDigits((byte) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }
}

package govcloud.cli.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Who acts, as the header says it. */
public final class ActingAs {
  private static final int LONGEST_PERSON = 128;
  private static final int LONGEST_ENCODED = 190;

  private ActingAs() {}

  /**
   * The header's value. A person of another system may have any name: control characters are left
   * out, everything special is percent-encoded, what is too long is cut, nothing becomes unknown.
   */
  public static String header(String person, String role) {
    return person(person) + ";role=" + role;
  }

  /** The person's part of the header. */
  static String person(String name) {
    StringBuilder encoded = new StringBuilder();
    int length = 0;
    for (int point : name.strip().codePoints().toArray()) {
      boolean sound = !Character.isISOControl(point) && !(point >= 0xd800 && point <= 0xdfff);
      if (sound && point != 0xfffd) {
        String piece =
            URLEncoder.encode(Character.toString(point), StandardCharsets.UTF_8)
                .replace("+", "%20");
        length += Character.charCount(point);
        if (length > LONGEST_PERSON || encoded.length() + piece.length() > LONGEST_ENCODED) {
          break;
        }
        encoded.append(piece);
      }
    }
    return encoded.isEmpty() ? "unknown" : encoded.toString();
  }
}

package govcloud.node.vault;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A sealed value as it stands in events, states and views.
 *
 * @param subject pseudonym of the person whose key it is
 * @param key name of that key, which does not tell it
 * @param body nonce and ciphertext, base64url
 */
record SealedText(String subject, String key, String body) {

  private static final String BEGINNING = "sealed:1:";
  private static final Pattern FORM =
      Pattern.compile("sealed:1:(p-[0-9a-f]{32}):([0-9a-f]{32}):([A-Za-z0-9_-]{38,})");

  /** A value that was sealed. */
  static SealedText of(String subject, SubjectKey key, byte[] sealed) {
    var body = Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    return new SealedText(subject, key.id(), body);
  }

  static boolean looksSealed(String text) {
    return text.startsWith(BEGINNING);
  }

  /** The value that a text is; none: it is not sealed. */
  static Optional<SealedText> parse(String text) {
    if (!looksSealed(text)) {
      return Optional.empty();
    }
    var found = FORM.matcher(text);
    return found.matches() && found.group(3).length() % 4 != 1
        ? Optional.of(new SealedText(found.group(1), found.group(2), found.group(3)))
        : Optional.empty();
  }

  String text() {
    return BEGINNING + subject + ":" + key + ":" + body;
  }

  byte[] sealed() {
    return Base64.getUrlDecoder().decode(body);
  }
}

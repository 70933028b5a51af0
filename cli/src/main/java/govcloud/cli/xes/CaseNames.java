package govcloud.cli.xes;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** Identifiers and keys made from a log's own names: the same log always gives the same. */
final class CaseNames {
  private static final Pattern IDENTIFIER = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final Pattern HASHED = Pattern.compile(".*-x[0-9a-f]{16}");
  private static final int SLUG_LENGTH = 44;

  private CaseNames() {}

  /**
   * The case of a trace. A name that is an identifier stays as it is; any other name becomes a
   * readable part and a hash of the whole name. Names that look like the second form are hashed
   * too, so the two never meet.
   */
  static String caseId(String traceName) {
    if (IDENTIFIER.matcher(traceName).matches() && !HASHED.matcher(traceName).matches()) {
      return traceName;
    }
    String slug =
        traceName.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    String readable = slug.length() > SLUG_LENGTH ? slug.substring(0, SLUG_LENGTH) : slug;
    return (readable.isEmpty() ? "case" : readable) + "-x" + hash(traceName).substring(0, 16);
  }

  /** SHA-256 of the parts, in hexadecimal; parts cannot run into each other. */
  static String hash(String... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

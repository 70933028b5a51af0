package govcloud.pki.request;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;

/** The hash of a body as a header carries it: {@code sha-256=:BASE64:} (RFC 9530). */
public final class ContentDigest {

  private static final Pattern FORM =
      Pattern.compile("(?:.*,\\s*)?sha-256=:([A-Za-z0-9+/]{43}=):(?:\\s*,.*)?");

  private ContentDigest() {}

  /** The value of the header for a body. */
  public static String of(byte[] body) {
    return value(sha256().digest(body));
  }

  /**
   * The value of the header for a body that is read to its end.
   *
   * @throws IOException when it cannot be read
   */
  public static String of(InputStream body) throws IOException {
    var digest = sha256();
    body.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    return value(digest.digest());
  }

  private static String value(byte[] hash) {
    return "sha-256=:" + Base64.getEncoder().encodeToString(hash) + ":";
  }

  /**
   * The SHA-256 that a header names.
   *
   * @throws IllegalArgumentException when it names none
   */
  public static byte[] parse(String header) {
    var form = FORM.matcher(header);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          RequestSignature.DIGEST + ": without SHA-256 (expected: sha-256=:BASE64:)");
    }
    return Base64.getDecoder().decode(form.group(1));
  }

  /** The hash. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256: every JDK has it", e);
    }
  }
}

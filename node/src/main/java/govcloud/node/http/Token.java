package govcloud.node.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/** The secret that lets an operator in, until there are people with identities. */
public final class Token {

  private static final int MIN_LENGTH = 32;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final byte[] secret;
  private final String hash;

  private Token(String secret) {
    this.secret = digest(secret);
    this.hash = plainHash(secret);
  }

  private static String plainHash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256: every JDK has it", e);
    }
  }

  /**
   * Reads the token.
   *
   * @throws HttpStartException when the file is not there, others may read it, or it is too short
   */
  public static Token read(Path file) {
    try {
      var permissions = Files.getPosixFilePermissions(file);
      if (!OWNER_ONLY.containsAll(permissions)) {
        throw new HttpStartException(
            "govcloud.http.token-file: "
                + file
                + " can be read or changed by others (expected: permissions 0600)");
      }
      var text = Files.readString(file, StandardCharsets.UTF_8).strip();
      if (text.length() < MIN_LENGTH) {
        throw new HttpStartException(
            "govcloud.http.token-file: a token of "
                + text.length()
                + " characters in "
                + file
                + " (expected: >= "
                + MIN_LENGTH
                + ")");
      }
      return new Token(text);
    } catch (IOException e) {
      throw new HttpStartException(
          "govcloud.http.token-file: " + file + " cannot be read (expected: a file with a token)",
          e);
    }
  }

  /** Whether {@code candidate} is the token, in a time that tells nothing about it. */
  public boolean is(String candidate) {
    return MessageDigest.isEqual(secret, digest(candidate));
  }

  /** Lower-case hexadecimal SHA-256, as the account that it belongs to keeps it. */
  public String hash() {
    return hash;
  }

  /** A secret of its own for {@code purpose}, from which the token cannot be found. */
  public String derive(String purpose) {
    return Hashes.hex(secret, purpose.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether {@code candidate} is what {@link #derive} gives for {@code purpose}. */
  public boolean isDerived(String purpose, String candidate) {
    return MessageDigest.isEqual(
        derive(purpose).getBytes(StandardCharsets.UTF_8),
        candidate.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] digest(String text) {
    return Hashes.sha256(text.getBytes(StandardCharsets.UTF_8));
  }
}

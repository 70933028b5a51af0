package govcloud.pki.request;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** The Ed25519 key with which a program signs its requests; its private half stays with it. */
public final class ProgramKey {

  /** What stands before the 32 bytes of a private key in PKCS #8 (RFC 8410, section 7). */
  private static final byte[] PKCS8 = HexFormat.of().parseHex("302e020100300506032b657004220420");

  private static final int LENGTH = 32;
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final Pattern FILE =
      Pattern.compile(
          "\\s*account: ([a-z0-9-]{1,64})\\s+"
              + BEGIN
              + "([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----\\s*");

  private final String account;
  private final Ed25519PrivateKeyParameters key;

  private ProgramKey(String account, Ed25519PrivateKeyParameters key) {
    this.account = account;
    this.key = key;
  }

  /** A new key of an account. */
  public static ProgramKey generate(String account, SecureRandom random) {
    return new ProgramKey(account, new Ed25519PrivateKeyParameters(random));
  }

  /**
   * The key that follows from a secret.
   *
   * @param secret 32 bytes
   */
  public static ProgramKey of(String account, byte[] secret) {
    return new ProgramKey(account, new Ed25519PrivateKeyParameters(secret));
  }

  /**
   * The key in the text of a file; empty: the text holds none.
   *
   * @throws IllegalArgumentException when it holds one that cannot be read
   */
  public static Optional<ProgramKey> read(String text) {
    if (!text.contains(BEGIN)) {
      return Optional.empty();
    }
    var file = FILE.matcher(text);
    var encoded = file.matches() ? Base64.getMimeDecoder().decode(file.group(2)) : new byte[0];
    if (encoded.length != PKCS8.length + LENGTH
        || !Arrays.equals(encoded, 0, PKCS8.length, PKCS8, 0, PKCS8.length)) {
      throw new IllegalArgumentException(
          "not the key of a program (expected: a line `account: NAME` and an Ed25519 key in PEM)");
    }
    return Optional.of(
        new ProgramKey(file.group(1), new Ed25519PrivateKeyParameters(encoded, PKCS8.length)));
  }

  /** What a file holds from which it can be read again; a secret. */
  public String text() {
    byte[] encoded = Arrays.copyOf(PKCS8, PKCS8.length + LENGTH);
    key.encode(encoded, PKCS8.length);
    return "account: %s%n%s%n%s%n-----END PRIVATE KEY-----%n"
        .formatted(account, BEGIN, Base64.getEncoder().encodeToString(encoded));
  }

  /** The public half: 32 bytes in base64url without padding. */
  public String publicKey() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.generatePublicKey().getEncoded());
  }

  /** How its signatures name it: the account, a dot, and the public key. */
  public String id() {
    return account + "." + publicKey();
  }

  byte[] sign(byte[] message) {
    var signer = new Ed25519Signer();
    signer.init(true, key);
    signer.update(message, 0, message.length);
    return signer.generateSignature();
  }
}

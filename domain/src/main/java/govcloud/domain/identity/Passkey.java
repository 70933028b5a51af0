package govcloud.domain.identity;

import java.time.Duration;
import java.time.Instant;

/**
 * A key pair in an authenticator of a person (WebAuthn level 2). Only its public half is here.
 *
 * @param id of the credential, base64url without padding
 * @param name that its owner gave it
 * @param publicKey in COSE form, base64url without padding
 * @param counter of signatures that the authenticator told last; 0: it does not count
 */
public record Passkey(String id, String name, String publicKey, long counter, Instant addedAt) {

  /** How long a challenge is good. */
  public static final Duration CHALLENGE_LIFE = Duration.ofMinutes(2);

  /** So many passkeys an account may have. */
  public static final int MOST = 8;

  /** So many challenges of an account are good at the same time; a further one ends the oldest. */
  static final int MOST_CHALLENGES = 4;

  /** What a challenge is given for. */
  public enum Purpose {
    /** To add a passkey. */
    REGISTRATION,
    /** To begin a session, after the password was right. */
    SIGN_IN
  }

  /**
   * A challenge that nobody has answered yet.
   *
   * @param hash lower-case hexadecimal SHA-256 of the challenge, which is stored nowhere
   */
  public record Challenge(Purpose purpose, String hash, Instant expiresAt) {

    boolean isGood(Purpose wanted, String given, Instant now) {
      return purpose == wanted && hash.equals(given) && now.isBefore(expiresAt);
    }
  }

  /** Whether a counter shows that no other copy of the key is in use. */
  boolean admitsCounter(long next) {
    return next > counter || (next == 0 && counter == 0);
  }

  Passkey counted(long next) {
    return new Passkey(id, name, publicKey, next, addedAt);
  }
}

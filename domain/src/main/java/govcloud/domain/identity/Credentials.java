package govcloud.domain.identity;

import java.time.Instant;
import java.util.Optional;

/**
 * What lets an account in.
 *
 * @param invitation the one-time code of a person who has not come in yet
 * @param verifier of a person's password
 * @param totpSecret of a person's second factor, in Base32
 * @param totpStep the last time step whose code was used; a code is good once
 * @param key of a program
 */
public record Credentials(
    Optional<OneTime> invitation,
    Optional<Secret> verifier,
    Optional<Secret> totpSecret,
    long totpStep,
    Optional<Key> key) {

  /** Lets nobody in. */
  public static final Credentials NONE =
      new Credentials(Optional.empty(), Optional.empty(), Optional.empty(), 0, Optional.empty());

  /** A code that is good once and not for long. */
  public record OneTime(Secret codeHash, Instant expiresAt) {}

  /** A key of a program, by its hash. */
  public record Key(String hash, Instant expiresAt) {}

  static Credentials invited(Secret codeHash, Instant expiresAt) {
    return new Credentials(
        Optional.of(new OneTime(codeHash, expiresAt)),
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty());
  }

  static Credentials chosen(Secret verifier, Secret totpSecret) {
    return new Credentials(
        Optional.empty(), Optional.of(verifier), Optional.of(totpSecret), 0, Optional.empty());
  }

  static Credentials keyed(String hash, Instant expiresAt) {
    return new Credentials(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.of(new Key(hash, expiresAt)));
  }

  Credentials usedStep(long step) {
    return new Credentials(invitation, verifier, totpSecret, Math.max(totpStep, step), key);
  }
}

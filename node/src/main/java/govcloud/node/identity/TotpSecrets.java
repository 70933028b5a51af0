package govcloud.node.identity;

import govcloud.domain.identity.Secret;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Problem;
import govcloud.replication.keys.AccountSecrets;
import govcloud.replication.keys.KeyException;
import java.util.Optional;

/**
 * The secrets of authenticators of codes as the journal has them: sealed where the cloud has keys.
 * One from before it had any is read as it is.
 *
 * @param seal none: the cloud has no keys
 */
record TotpSecrets(Optional<AccountSecrets> seal) {

  /** As it is kept. */
  Secret seal(String account, String secret) {
    if (seal.isEmpty()) {
      return new Secret(secret);
    }
    try {
      return new Secret(seal.get().seal(account, secret));
    } catch (KeyException e) {
      throw unavailable(e);
    }
  }

  /** As the authenticator has it, in Base32; fails with a problem where it cannot be opened. */
  String open(String account, Secret kept) {
    if (!AccountSecrets.isSealed(kept.value())) {
      return kept.value();
    }
    try {
      return seal.orElseThrow(
              () ->
                  Problem.of(
                          BorderCode.UNAVAILABLE,
                          "govcloud.replication.keys-folder: not set (expected: the keys under"
                              + " which second factors are sealed)")
                      .asException())
          .open(account, kept.value());
    } catch (KeyException e) {
      throw unavailable(e);
    }
  }

  private static RuntimeException unavailable(KeyException cause) {
    return Problem.of(BorderCode.UNAVAILABLE, cause.getMessage()).asException();
  }
}

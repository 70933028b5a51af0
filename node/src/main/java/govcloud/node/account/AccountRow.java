package govcloud.node.account;

import govcloud.domain.identity.AccountState.Kind;
import govcloud.domain.identity.AccountState.Status;
import java.time.Instant;
import java.util.List;

/**
 * An account in a list. It has no secret, and nothing from which one could be guessed.
 *
 * @param tenant the department; empty: the platform
 * @param totp whether there is an authenticator of codes
 * @param passkeys so many
 * @param provider hash of who the person is at an identity provider; empty: not linked to one
 * @param proved whether somebody has proved which citizen the owner is
 * @param lockedUntil nobody comes in before; null: there was no lockout since the last sign-in
 * @param lastSignIn null: never
 * @param version of the entity that the row reflects
 */
public record AccountRow(
    String account,
    String name,
    Kind kind,
    Status status,
    String tenant,
    List<String> roles,
    boolean totp,
    int passkeys,
    String provider,
    boolean proved,
    Instant lockedUntil,
    Instant lastSignIn,
    long version) {

  public AccountRow {
    roles = List.copyOf(roles);
    // Rows from before have none.
    provider = provider == null ? "" : provider;
  }
}

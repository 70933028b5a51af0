package govcloud.domain.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What may have happened to an account: also the record of who came in, and who did not. */
public sealed interface AccountEvent {

  /** When it happened. */
  Instant at();

  /** A person was invited; see {@link AccountCommand.Invite}. */
  record Invited(
      String name,
      Optional<String> tenant,
      List<String> roles,
      Secret codeHash,
      Instant codeExpiresAt,
      Instant at)
      implements AccountEvent {
    public Invited {
      roles = List.copyOf(roles);
    }
  }

  /** A person has to come in with another one-time code. */
  record InvitationRenewed(Secret codeHash, Instant codeExpiresAt, Instant at)
      implements AccountEvent {}

  /** A person came in for the first time; the one-time code is used up. */
  record InvitationAccepted(Secret verifier, Secret totpSecret, String source, Instant at)
      implements AccountEvent {}

  /**
   * A person came in for the first time, through an identity provider; the one-time code is used
   * up, and there is no password.
   */
  record ProviderLinked(ProviderIdentity identity, String source, Instant at)
      implements AccountEvent {}

  /** A program got an account; see {@link AccountCommand.Enrol}. */
  record Enrolled(
      String name,
      Optional<String> tenant,
      List<String> roles,
      String keyHash,
      Instant keyExpiresAt,
      Instant at)
      implements AccountEvent {
    public Enrolled {
      roles = List.copyOf(roles);
    }
  }

  /** A program got another key. */
  record KeyReplaced(String keyHash, Instant keyExpiresAt, Instant at) implements AccountEvent {}

  /** It is known which citizen the person is; see {@link AccountCommand.ProveIdentity}. */
  record IdentityProved(Secret number, Instant at) implements AccountEvent {}

  /** Other roles hold from now on. */
  record RolesChanged(Optional<String> tenant, List<String> roles, Instant at)
      implements AccountEvent {
    public RolesChanged {
      roles = List.copyOf(roles);
    }
  }

  /** Somebody came in. */
  record SignedIn(String session, String tokenHash, long totpStep, String source, Instant at)
      implements AccountEvent {}

  /** A challenge for a passkey was given to somebody who knew the password. */
  record PasskeyChallenged(
      Passkey.Purpose purpose, String challengeHash, Instant expiresAt, Instant at)
      implements AccountEvent {}

  /** A person has another passkey; see {@link Passkey}. */
  record PasskeyAdded(
      String challengeHash, String id, String name, String publicKey, long counter, Instant at)
      implements AccountEvent {}

  /** A passkey has answered a challenge, which is used up. */
  record PasskeyUsed(String id, long counter, String challengeHash, Instant at)
      implements AccountEvent {}

  /** A passkey is no longer taken. */
  record PasskeyRemoved(String id, Instant at) implements AccountEvent {}

  /** Codes of the authenticator are no longer taken. */
  record TotpRemoved(Instant at) implements AccountEvent {}

  /** A person chose another password; sessions other than {@code session} ended. */
  record PasswordChanged(Secret verifier, String session, Instant at) implements AccountEvent {}

  /** Somebody was kept out. */
  record SignInRefused(SignInFault fault, String source, Instant at) implements AccountEvent {}

  /** After too many refusals nobody is let in for a time. */
  record LockedOut(Instant until, int failures, Instant at) implements AccountEvent {}

  /** A session was in use. */
  record SessionUsed(String session, Instant at) implements AccountEvent {}

  /** A session was ended before its time. */
  record SessionEnded(String session, Instant at) implements AccountEvent {}

  /** A person has another role until a moment, in place of the own ones. */
  record EmergencyGranted(String role, String operation, Instant until, Instant at)
      implements AccountEvent {}

  /** The account is kept out until it is resumed. */
  record Suspended(String reason, Instant at) implements AccountEvent {}

  /** The account may come in again. */
  record Resumed(Instant at) implements AccountEvent {}
}

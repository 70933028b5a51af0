package govcloud.domain.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What may be asked of an account. */
public sealed interface AccountCommand {

  /**
   * Makes an account for a person, who comes in with a one-time code.
   *
   * @param name of the person, for other people
   * @param tenant the department that the person works in; none: the platform
   * @param codeHash lower-case hexadecimal SHA-256 of the code
   */
  record Invite(String name, Optional<String> tenant, List<String> roles, Secret codeHash)
      implements AccountCommand {
    public Invite {
      roles = List.copyOf(roles);
    }
  }

  /** Gives a person another one-time code; whatever let the person in before does so no more. */
  record RenewInvitation(Secret codeHash) implements AccountCommand {}

  /**
   * Comes in for the first time.
   *
   * @param codeHash of the code that was given
   * @param verifier of the password that was chosen
   * @param totpSecret of the second factor, in Base32
   * @param source address of the one who asks
   */
  record AcceptInvitation(Secret codeHash, Secret verifier, Secret totpSecret, String source)
      implements AccountCommand {}

  /**
   * Makes an account for a program, which comes in with a key.
   *
   * @param keyHash lower-case hexadecimal SHA-256 of the key
   * @param keyExpiresAt from when on the key lets nobody in
   */
  record Enrol(
      String name,
      Optional<String> tenant,
      List<String> roles,
      String keyHash,
      Instant keyExpiresAt)
      implements AccountCommand {
    public Enrol {
      roles = List.copyOf(roles);
    }
  }

  /** Gives a program another key; the one before lets nobody in any more. */
  record ReplaceKey(String keyHash, Instant keyExpiresAt) implements AccountCommand {}

  /**
   * Says which citizen a person is, whom somebody has seen with the document; for ever.
   *
   * @param number of the citizen (GB 11643)
   */
  record ProveIdentity(Secret number) implements AccountCommand {}

  /** Gives other roles; all sessions end. */
  record ChangeRoles(Optional<String> tenant, List<String> roles) implements AccountCommand {
    public ChangeRoles {
      roles = List.copyOf(roles);
    }
  }

  /**
   * Tries to begin a session.
   *
   * @param verified the verifier that the given password fits; none: it fits none
   * @param totpStep the time step that the given code belongs to; 0: it is right for none
   * @param session names the session that may begin
   * @param tokenHash of the session's token
   * @param source address of the one who asks
   */
  record SignIn(
      Optional<Secret> verified, long totpStep, String session, String tokenHash, String source)
      implements AccountCommand {}

  /**
   * Wants a challenge for a passkey.
   *
   * @param verified the verifier that the given password fits; none: it fits none
   * @param challengeHash lower-case hexadecimal SHA-256 of the challenge that may be given
   * @param source address of the one who asks
   */
  record ChallengePasskey(
      Optional<Secret> verified, Passkey.Purpose purpose, String challengeHash, String source)
      implements AccountCommand {}

  /** Adds a passkey whose authenticator has answered a challenge; see {@link Passkey}. */
  record AddPasskey(String challengeHash, String id, String name, String publicKey, long counter)
      implements AccountCommand {}

  /**
   * Tries to begin a session by a passkey's answer to a challenge.
   *
   * @param fault what is wrong with the answer itself; none: it is signed by the passkey
   * @param counter of signatures that the authenticator tells
   * @param session names the session that may begin
   * @param tokenHash of the session's token
   */
  record SignInByPasskey(
      String challengeHash,
      Optional<SignInFault> fault,
      String passkey,
      long counter,
      String session,
      String tokenHash,
      String source)
      implements AccountCommand {}

  /**
   * Counts that a passkey has signed a command; see {@link Passkey}.
   *
   * @param challengeHash lower-case hexadecimal SHA-256 of the challenge, which was the command's
   * @param counter of signatures that the authenticator tells
   */
  record CountPasskey(String challengeHash, String passkey, long counter)
      implements AccountCommand {}

  /**
   * Takes a second factor away; the last one stays.
   *
   * @param factor id of a passkey, or {@code totp}
   */
  record RemoveSecondFactor(Optional<Secret> verified, String factor, String source)
      implements AccountCommand {

    /** Names the authenticator of codes. */
    public static final String TOTP = SecondFactors.TOTP;
  }

  /**
   * Chooses another password; all other sessions end.
   *
   * @param verified the verifier that the present password fits; none: it fits none
   * @param verifier of the new password
   * @param session which goes on
   */
  record ChangePassword(Optional<Secret> verified, Secret verifier, String session, String source)
      implements AccountCommand {}

  /**
   * Comes in for the first time, and from then on through an identity provider.
   *
   * @param codeHash of the one-time code that was given
   * @param answer what the provider says
   * @param source address of the one who asks
   */
  record LinkProvider(Secret codeHash, ProviderAnswer answer, String source)
      implements AccountCommand {}

  /**
   * Tries to begin a session by what an identity provider says.
   *
   * @param session names the session that may begin
   * @param tokenHash of the session's token
   */
  record SignInByProvider(ProviderAnswer answer, String session, String tokenHash, String source)
      implements AccountCommand {}

  /**
   * What an identity provider says of who has come back from it.
   *
   * @param identity who it is; none where there is a fault
   * @param fault what is wrong with the answer; none: it is the provider's and about a person who
   *     has shown a second factor there
   */
  record ProviderAnswer(Optional<ProviderIdentity> identity, Optional<SignInFault> fault) {

    /** Who it is. */
    public static ProviderAnswer of(ProviderIdentity identity) {
      return new ProviderAnswer(Optional.of(identity), Optional.empty());
    }

    /** Nobody knows who it is. */
    public static ProviderAnswer refused(SignInFault fault) {
      return new ProviderAnswer(Optional.empty(), Optional.of(fault));
    }
  }

  /** Notes that a session is in use. */
  record UseSession(String session) implements AccountCommand {}

  /**
   * Ends a session at once.
   *
   * @param session names it; {@link #ALL}: every one
   */
  record EndSession(String session) implements AccountCommand {

    /** No session has this name. */
    public static final String ALL = "all";

    boolean isFor(Session one) {
      return session.equals(ALL) || session.equals(one.id());
    }
  }

  /**
   * Gives a person another role for an hour, in place of the own ones.
   *
   * @param operation that two people have signed; the same one gives it once
   */
  record GrantEmergency(String role, String operation) implements AccountCommand {}

  /**
   * What somebody asks for who decides on accounts for an hour alone (break-glass).
   *
   * @param command that is asked for
   */
  record InEmergency(AccountCommand command) implements AccountCommand {}

  /**
   * Invites a security administrator again whom nobody is left to invite; see {@link
   * SecurityRecovery}.
   *
   * @param codeHash lower-case hexadecimal SHA-256 of the code that two people have signed for
   * @param signedAt when the second one did; the code is good for {@link Account#CODE_LIFE} from
   *     then on
   */
  record Recover(Secret codeHash, Instant signedAt) implements AccountCommand {}

  /** Keeps the account out; all sessions end. */
  record Suspend(String reason) implements AccountCommand {}

  /** Lets a suspended account in again. */
  record Resume() implements AccountCommand {}
}

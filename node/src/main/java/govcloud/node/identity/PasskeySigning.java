package govcloud.node.identity;

import com.yubico.webauthn.data.PublicKeyCredential;
import govcloud.domain.Actor;
import govcloud.domain.identity.AccountCommand;
import govcloud.domain.identity.AccountState;
import govcloud.domain.identity.Roles;
import govcloud.domain.operation.CommandSignature;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Commands;
import govcloud.node.http.Problem;
import govcloud.node.http.ProblemException;
import govcloud.node.http.Visit;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.CompletionStage;

/**
 * Lets people sign a command with a passkey of their account. The hash of the command is the
 * challenge, so an authenticator signs this command and no other.
 */
public final class PasskeySigning {

  private final Entities entities;
  private final PasskeyCeremony ceremony;
  private final PasskeySite site;

  PasskeySigning(Entities entities, PasskeyCeremony ceremony, PasskeySite site) {
    this.entities = entities;
    this.ceremony = ceremony;
    this.site = site;
  }

  /** The host to which passkeys belong (the RP ID of WebAuthn). */
  public String host() {
    return site.host();
  }

  /** Where a page of ours is: with scheme and host, or only its path where no address is set. */
  public String page(String path) {
    return site.origin().orElse("") + path;
  }

  /** What an authenticator is asked for a command: SHA-256 of its bytes, base64url. */
  public static String challenge(String command) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(HexFormat.of().parseHex(Chance.hash(command)));
  }

  /** What a browser is asked to sign, as JSON; fails with a problem without passkey. */
  public CompletionStage<String> options(String person, String command) {
    return withPasskey(person)
        .thenApply(state -> ceremony.request(person, state, challenge(command)));
  }

  private CompletionStage<AccountState> withPasskey(String person) {
    return entities
        .<AccountState>read(Visitors.id(person))
        .thenApply(
            answer -> {
              if (!answer.exists() || answer.state().credentials().passkeys().isEmpty()) {
                throw Problem.of(
                        BorderCode.PASSKEY_NEEDED,
                        person + ": without a passkey (expected: one; /my-account adds it)")
                    .asException();
              }
              return answer.state();
            });
  }

  /**
   * What a person signed, once it is verified and counted; fails with a problem.
   *
   * @param answer of the browser, as JSON
   */
  public CompletionStage<CommandSignature> signature(
      Actor actor, String command, String answer, Visit visit) {
    var person = actor.person();
    return withPasskey(person)
        .thenCompose(
            state -> {
              var answered = ceremony.answered(person, state, answer);
              requireRight(answered, command, visit);
              var key = state.credentials().passkey(answered.passkey()).orElseThrow().publicKey();
              return count(person, answered, visit)
                  .thenApply(counted -> signature(person, command, key, answer));
            });
  }

  private static void requireRight(PasskeyCeremony.Answered answered, String command, Visit visit) {
    if (answered.fault().isPresent()) {
      visit.refusedFor(answered.fault().get().name());
      throw refused(
          "signature: "
              + answered.fault().get()
              + " (expected: one by a passkey of the account, at this site)");
    }
    if (!answered.challengeHash().equals(Chance.hash(challenge(command)))) {
      visit.refusedFor("PASSKEY_CHALLENGE_WRONG");
      throw refused("signature: over something else (expected: over this command)");
    }
  }

  private static ProblemException refused(String detail) {
    return Problem.of(BorderCode.SIGNATURE_REFUSED, detail).asException();
  }

  private CompletionStage<Void> count(
      String person, PasskeyCeremony.Answered answered, Visit visit) {
    var command =
        new AccountCommand.CountPasskey(
            answered.challengeHash(), answered.passkey(), answered.counter());
    return entities
        .<AccountState>ask(
            Visitors.id(person),
            Request.of(command, new Actor(person, Roles.SELF)).tracedBy(visit.traceId()))
        .thenAccept(Commands::accepted);
  }

  private static CommandSignature signature(
      String person, String command, String publicKey, String answer) {
    try {
      var given = PublicKeyCredential.parseAssertionResponseJson(answer);
      return new CommandSignature(
          command,
          person,
          given.getId().getBase64Url(),
          publicKey,
          given.getResponse().getClientDataJSON().getBase64Url(),
          given.getResponse().getAuthenticatorData().getBase64Url(),
          given.getResponse().getSignature().getBase64Url());
    } catch (IOException e) {
      throw new IllegalStateException("answer: verified before, and now no JSON", e);
    }
  }
}

package govcloud.node.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.yubico.webauthn.AssertionRequest;
import com.yubico.webauthn.FinishAssertionOptions;
import com.yubico.webauthn.FinishRegistrationOptions;
import com.yubico.webauthn.RelyingParty;
import com.yubico.webauthn.data.AttestationConveyancePreference;
import com.yubico.webauthn.data.AuthenticatorSelectionCriteria;
import com.yubico.webauthn.data.ByteArray;
import com.yubico.webauthn.data.CollectedClientData;
import com.yubico.webauthn.data.PublicKeyCredential;
import com.yubico.webauthn.data.PublicKeyCredentialCreationOptions;
import com.yubico.webauthn.data.PublicKeyCredentialParameters;
import com.yubico.webauthn.data.PublicKeyCredentialRequestOptions;
import com.yubico.webauthn.data.RelyingPartyIdentity;
import com.yubico.webauthn.data.ResidentKeyRequirement;
import com.yubico.webauthn.data.UserIdentity;
import com.yubico.webauthn.data.UserVerificationRequirement;
import com.yubico.webauthn.exception.AssertionFailedException;
import com.yubico.webauthn.exception.RegistrationFailedException;
import govcloud.domain.identity.AccountState;
import govcloud.domain.identity.Passkey;
import govcloud.domain.identity.SignInFault;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Problem;
import govcloud.node.http.ProblemException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked of an authenticator, and whether its answer is right (WebAuthn level 2). Whether
 * the challenge is one that was given, and whether the counter went on, the account itself decides.
 */
final class PasskeyCeremony {

  /** Others prove the make of an authenticator, which nobody asks for. */
  private static final Set<String> ATTESTATIONS = Set.of("none", "packed");

  private static final List<PublicKeyCredentialParameters> ALGORITHMS =
      List.of(
          PublicKeyCredentialParameters.ES256,
          PublicKeyCredentialParameters.EdDSA,
          PublicKeyCredentialParameters.RS256);

  private final PasskeySite site;
  private final String cloud;

  /**
   * Ceremonies of a site.
   *
   * @param cloud its name, which authenticators show
   */
  PasskeyCeremony(PasskeySite site, String cloud) {
    this.site = site;
    this.cloud = cloud;
  }

  /** An authenticator's new key, and the hash of the challenge that it answered. */
  record Made(String challengeHash, String id, String publicKey, long counter) {}

  /** An authenticator's answer to a challenge; see {@code AccountCommand.SignInByPasskey}. */
  record Answered(String challengeHash, Optional<SignInFault> fault, String passkey, long counter) {

    static Answered wrong(String challengeHash, SignInFault fault) {
      return new Answered(challengeHash, Optional.of(fault), "", 0);
    }
  }

  /** What a browser is asked to make, as JSON. */
  String creation(String account, AccountState state, String challenge) {
    try {
      return options(account, state, bytes(challenge)).toCredentialsCreateJson();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("options of our own: no JSON", e);
    }
  }

  /** What a browser is asked to sign, as JSON. */
  String request(String account, AccountState state, String challenge) {
    try {
      return request(account, state, bytes(challenge)).toCredentialsGetJson();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("options of our own: no JSON", e);
    }
  }

  private static ByteArray bytes(String base64url) {
    return PasskeyKeys.bytes(base64url);
  }

  private RelyingParty party(PasskeyKeys keys) {
    return RelyingParty.builder()
        .identity(RelyingPartyIdentity.builder().id(site.host()).name(cloud).build())
        .credentialRepository(keys)
        .origins(site.origins())
        .allowOriginPort(site.isAtAnyPort())
        .validateSignatureCounter(false)
        .build();
  }

  private PublicKeyCredentialCreationOptions options(
      String account, AccountState state, ByteArray challenge) {
    var keys = new PasskeyKeys(account, state.credentials().passkeys());
    return PublicKeyCredentialCreationOptions.builder()
        .rp(RelyingPartyIdentity.builder().id(site.host()).name(cloud).build())
        .user(
            UserIdentity.builder()
                .name(account)
                .displayName(state.name())
                .id(PasskeyKeys.handle(account))
                .build())
        .challenge(challenge)
        .pubKeyCredParams(ALGORITHMS)
        .timeout(Passkey.CHALLENGE_LIFE.toMillis())
        .excludeCredentials(keys.getCredentialIdsForUsername(account))
        .authenticatorSelection(
            AuthenticatorSelectionCriteria.builder()
                .residentKey(ResidentKeyRequirement.DISCOURAGED)
                .userVerification(UserVerificationRequirement.REQUIRED)
                .build())
        .attestation(AttestationConveyancePreference.NONE)
        .build();
  }

  private AssertionRequest request(String account, AccountState state, ByteArray challenge) {
    var keys = new PasskeyKeys(account, state.credentials().passkeys());
    return AssertionRequest.builder()
        .publicKeyCredentialRequestOptions(
            PublicKeyCredentialRequestOptions.builder()
                .challenge(challenge)
                .rpId(site.host())
                .timeout(Passkey.CHALLENGE_LIFE.toMillis())
                .allowCredentials(List.copyOf(keys.getCredentialIdsForUsername(account)))
                .userVerification(UserVerificationRequirement.REQUIRED)
                .build())
        .username(account)
        .build();
  }

  /** The key that an authenticator made; fails with a problem. */
  Made made(String account, AccountState state, String json) {
    try {
      var answer = PublicKeyCredential.parseRegistrationResponseJson(json);
      var client = answer.getResponse().getClientData();
      requireOrigin(client);
      var format = answer.getResponse().getAttestation().getFormat();
      if (!ATTESTATIONS.contains(format)) {
        throw refused("attestation: of another form (expected: one of " + ATTESTATIONS + ")");
      }
      var result =
          party(new PasskeyKeys(account, List.of()))
              .finishRegistration(
                  FinishRegistrationOptions.builder()
                      .request(options(account, state, client.getChallenge()))
                      .response(answer)
                      .build());
      return new Made(
          hash(client),
          result.getKeyId().getId().getBase64Url(),
          result.getPublicKeyCose().getBase64Url(),
          result.getSignatureCount());
    } catch (IOException | RegistrationFailedException | IllegalArgumentException e) {
      throw refused("passkey: not made for this site (expected: what the browser was asked for)");
    }
  }

  private void requireOrigin(CollectedClientData client) {
    if (!site.isOrigin(client.getOrigin())) {
      throw refused("passkey: made at another site (expected: " + site.origins() + ")");
    }
  }

  private static ProblemException refused(String detail) {
    return Problem.of(BorderCode.PASSKEY_REFUSED, detail).asException();
  }

  private static String hash(CollectedClientData client) {
    return Chance.hash(client.getChallenge().getBase64Url());
  }

  /** What is to be thought of an authenticator's answer. */
  Answered answered(String account, AccountState state, String json) {
    try {
      var answer = PublicKeyCredential.parseAssertionResponseJson(json);
      var client = answer.getResponse().getClientData();
      var hash = hash(client);
      if (!site.isOrigin(client.getOrigin())) {
        return Answered.wrong(hash, SignInFault.PASSKEY_ORIGIN_WRONG);
      }
      if (state.credentials().passkey(answer.getId().getBase64Url()).isEmpty()) {
        return Answered.wrong(hash, SignInFault.PASSKEY_UNKNOWN);
      }
      try {
        var result =
            party(new PasskeyKeys(account, state.credentials().passkeys()))
                .finishAssertion(
                    FinishAssertionOptions.builder()
                        .request(request(account, state, client.getChallenge()))
                        .response(answer)
                        .build());
        return new Answered(
            hash, Optional.empty(), answer.getId().getBase64Url(), result.getSignatureCount());
      } catch (AssertionFailedException e) {
        return Answered.wrong(hash, SignInFault.PASSKEY_SIGNATURE_WRONG);
      }
    } catch (IOException | IllegalArgumentException e) {
      return Answered.wrong("", SignInFault.PASSKEY_SIGNATURE_WRONG);
    }
  }
}

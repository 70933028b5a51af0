package govcloud.domain.operation;

/**
 * What an authenticator signed for a person (WebAuthn level 2, section 6.3.3), as it came. It can
 * be verified by whoever has the passkey's public half, at any later time and without us.
 *
 * @param command the exact command; SHA-256 of its UTF-8 bytes was the challenge
 * @param person who signed
 * @param passkey id of the credential, base64url without padding, like all below
 * @param publicKey of the passkey, in COSE form
 * @param clientData what the browser says of the page (JSON)
 * @param authenticatorData what the authenticator says of itself
 * @param signature over the two before
 */
public record CommandSignature(
    String command,
    String person,
    String passkey,
    String publicKey,
    String clientData,
    String authenticatorData,
    String signature) {}

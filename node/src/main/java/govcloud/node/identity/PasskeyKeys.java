package govcloud.node.identity;

import com.yubico.webauthn.CredentialRepository;
import com.yubico.webauthn.RegisteredCredential;
import com.yubico.webauthn.data.ByteArray;
import com.yubico.webauthn.data.PublicKeyCredentialDescriptor;
import com.yubico.webauthn.data.exception.Base64UrlException;
import govcloud.domain.identity.Passkey;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The passkeys of one account, as the library wants to see them. */
record PasskeyKeys(String account, List<Passkey> passkeys) implements CredentialRepository {

  /** Decodes base64url of our own or of a browser. */
  static ByteArray bytes(String base64url) {
    try {
      return ByteArray.fromBase64Url(base64url);
    } catch (Base64UrlException e) {
      throw new IllegalArgumentException("no base64url", e);
    }
  }

  /** What an authenticator keeps instead of the account's name. */
  static ByteArray handle(String account) {
    return new ByteArray(HexFormat.of().parseHex(Chance.hash("passkey " + account)));
  }

  @Override
  public Set<PublicKeyCredentialDescriptor> getCredentialIdsForUsername(String username) {
    return passkeys.stream()
        .map(key -> PublicKeyCredentialDescriptor.builder().id(bytes(key.id())).build())
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Optional<ByteArray> getUserHandleForUsername(String username) {
    return Optional.of(handle(account)).filter(found -> username.equals(account));
  }

  @Override
  public Optional<String> getUsernameForUserHandle(ByteArray userHandle) {
    return Optional.of(account).filter(found -> userHandle.equals(handle(account)));
  }

  @Override
  public Optional<RegisteredCredential> lookup(ByteArray credentialId, ByteArray userHandle) {
    return lookupAll(credentialId).stream().findFirst();
  }

  @Override
  public Set<RegisteredCredential> lookupAll(ByteArray credentialId) {
    return passkeys.stream()
        .filter(key -> key.id().equals(credentialId.getBase64Url()))
        .map(
            key ->
                RegisteredCredential.builder()
                    .credentialId(credentialId)
                    .userHandle(handle(account))
                    .publicKeyCose(bytes(key.publicKey()))
                    .signatureCount(key.counter())
                    .build())
        .collect(Collectors.toUnmodifiableSet());
  }
}

package govcloud.cli.approval;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.command.Json;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A dangerous command with the signatures of people, checked without the cloud that took them in
 * (WebAuthn level 2, section 7.2, as far as it can be checked later).
 *
 * @param proof as {@code govcloud approval show -o json} gives it
 */
public record SignedCommand(JsonNode proof) {

  /** So many different people sign. */
  public static final int SIGNERS = 2;

  private static final int FLAGS = 32;
  private static final int PRESENT_AND_VERIFIED = 0x05;

  /**
   * What is true of one signature.
   *
   * @param passkey fingerprint of the public key: SHA-256, hexadecimal
   * @param origin of the page at which it was given
   * @param fault what is wrong; empty: nothing
   */
  public record Signer(String person, String passkey, String origin, String fault) {}

  /**
   * A signature with the key itself: one key has many encodings, so fingerprints of two differ.
   *
   * @param key empty where it could not be read
   */
  private record Checked(Signer signer, Optional<PublicKey> key) {}

  /** The exact text that was signed. */
  public String command() {
    return proof.path("command").asText();
  }

  /** Whether enough different people signed it, and every signature is good. */
  public boolean isValid() {
    List<Signer> signers = signers();
    return signers.size() >= SIGNERS && signers.stream().allMatch(one -> one.fault().isEmpty());
  }

  /** Each signature, and whether it is one. */
  public List<Signer> signers() {
    List<Signer> signers = new ArrayList<>();
    Set<String> people = new HashSet<>();
    Set<PublicKey> keys = new HashSet<>();
    for (JsonNode one : proof.path("signatures")) {
      Checked checked = checked(one);
      Signer signer = checked.signer();
      boolean newPerson = people.add(signer.person());
      boolean newKey = checked.key().map(keys::add).orElse(false);
      signers.add(
          (newPerson && newKey) || !signer.fault().isEmpty()
              ? signer
              : new Signer(
                  signer.person(),
                  signer.passkey(),
                  signer.origin(),
                  "person or passkey: the same as before (expected: another one)"));
    }
    return signers;
  }

  private Checked checked(JsonNode one) {
    String person = one.path("person").asText();
    String fingerprint = "";
    String origin = "";
    Optional<PublicKey> known = Optional.empty();
    try {
      byte[] key = bytes(one, "public_key");
      fingerprint = HexFormat.of().formatHex(sha256(key));
      byte[] client = bytes(one, "client_data");
      JsonNode said = Json.mapper().readTree(client);
      origin = said.path("origin").asText();
      byte[] authenticator = bytes(one, "authenticator_data");
      requireCommand(one, said);
      requireSite(origin, authenticator);
      byte[] signed = Arrays.copyOf(authenticator, authenticator.length + 32);
      System.arraycopy(sha256(client), 0, signed, authenticator.length, 32);
      CoseKey passkey = CoseKey.read(key);
      known = Optional.of(passkey.key());
      if (!passkey.verifies(signed, bytes(one, "signature"))) {
        throw new GeneralSecurityException("signature: not by this passkey over this command");
      }
      return new Checked(new Signer(person, fingerprint, origin, ""), known);
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      return new Checked(
          new Signer(person, fingerprint, origin, String.valueOf(e.getMessage())), known);
    }
  }

  private void requireCommand(JsonNode one, JsonNode said) throws GeneralSecurityException {
    require("command", one.path("command").asText(), command());
    require("type", said.path("type").asText(), "webauthn.get");
    String challenge =
        Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(command().getBytes(UTF_8)));
    require("challenge", said.path("challenge").asText(), challenge);
  }

  /** The authenticator was asked for the host of this page, by a person whom it has verified. */
  private void requireSite(String origin, byte[] data) throws GeneralSecurityException {
    String host = proof.path("host").asText();
    String seen = java.net.URI.create(origin).getHost();
    if (seen == null || !(seen.equals(host) || seen.endsWith("." + host))) {
      throw new GeneralSecurityException("origin: " + origin + " (expected: of " + host + ")");
    }
    if (data.length < FLAGS + 5
        || !Arrays.equals(Arrays.copyOf(data, FLAGS), sha256(host.getBytes(UTF_8)))) {
      throw new GeneralSecurityException("authenticator: asked for another host than " + host);
    }
    if ((data[FLAGS] & PRESENT_AND_VERIFIED) != PRESENT_AND_VERIFIED) {
      throw new GeneralSecurityException("authenticator: has verified nobody");
    }
  }

  private static void require(String name, String is, String expected)
      throws GeneralSecurityException {
    if (!is.equals(expected)) {
      throw new GeneralSecurityException(name + ": " + is + " (expected: " + expected + ")");
    }
  }

  private static byte[] bytes(JsonNode one, String name) {
    return Base64.getUrlDecoder().decode(one.path(name).asText());
  }

  private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }
}

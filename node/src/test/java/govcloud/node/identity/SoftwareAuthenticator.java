package govcloud.node.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.upokecenter.cbor.CBORObject;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;

/**
 * An authenticator of WebAuthn level 2 without hardware: one P-256 key, attestation none. What a
 * browser would say of the page is said here as well, so that it can be wrong.
 */
final class SoftwareAuthenticator {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PRESENT_AND_VERIFIED = 0x05;
  private static final int WITH_KEY = 0x40;
  private static final byte[] ZERO = {0x30, 6, 2, 1, 0, 2, 1, 0};

  private final KeyPair key;
  private final byte[] id;

  String origin = "https://localhost:8443";
  String host = "localhost";
  long counter = 1;
  int flags = PRESENT_AND_VERIFIED;

  /** Whether it signs with the numbers 0 and 0, which some verifiers have taken for everything. */
  boolean zero;

  SoftwareAuthenticator(String id) throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    this.key = generator.generateKeyPair();
    this.id = id.getBytes(UTF_8);
  }

  /** The id of its key. */
  String id() {
    return text(id);
  }

  /** The answer to options of a registration. */
  String make(String options) throws Exception {
    var client = client("webauthn.create", challenge(options));
    var data = new ByteArrayOutputStream();
    data.write(authenticatorData(flags | WITH_KEY));
    data.write(new byte[16]);
    data.write(ByteBuffer.allocate(2).putShort((short) id.length).array());
    data.write(id);
    data.write(coseKey());
    var attestation =
        CBORObject.NewMap()
            .Add("fmt", "none")
            .Add("attStmt", CBORObject.NewMap())
            .Add("authData", data.toByteArray())
            .EncodeToBytes();
    return answer(Map.of("clientDataJSON", text(client), "attestationObject", text(attestation)));
  }

  /** The answer to options of a sign-in; the counter goes on. */
  String sign(String options) throws Exception {
    var client = client("webauthn.get", challenge(options));
    counter++;
    var data = authenticatorData(flags);
    var signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key.getPrivate());
    signature.update(data);
    signature.update(hash(client));
    return answer(
        Map.of(
            "clientDataJSON",
            text(client),
            "authenticatorData",
            text(data),
            "signature",
            text(zero ? ZERO : signature.sign())));
  }

  private static String challenge(String options) throws Exception {
    JsonNode publicKey = JSON.readTree(options).path("publicKey");
    return publicKey.path("challenge").asText();
  }

  private byte[] client(String type, String challenge) throws Exception {
    return JSON.writeValueAsBytes(Map.of("type", type, "challenge", challenge, "origin", origin));
  }

  private byte[] authenticatorData(int shown) throws GeneralSecurityException {
    return ByteBuffer.allocate(37)
        .put(hash(host.getBytes(UTF_8)))
        .put((byte) shown)
        .putInt((int) counter)
        .array();
  }

  private byte[] coseKey() {
    var point = ((ECPublicKey) key.getPublic()).getW();
    return CBORObject.NewMap()
        .Add(1, 2)
        .Add(3, -7)
        .Add(-1, 1)
        .Add(-2, bytes(point.getAffineX()))
        .Add(-3, bytes(point.getAffineY()))
        .EncodeToBytes();
  }

  private static byte[] bytes(BigInteger number) {
    var bytes = number.toByteArray();
    var fixed = new byte[32];
    var length = Math.min(bytes.length, 32);
    System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
    return fixed;
  }

  private String answer(Map<String, String> response) throws Exception {
    return JSON.writeValueAsString(
        Map.of(
            "id",
            id(),
            "rawId",
            id(),
            "type",
            "public-key",
            "response",
            response,
            "clientExtensionResults",
            Map.of()));
  }

  private static byte[] hash(byte[] bytes) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}

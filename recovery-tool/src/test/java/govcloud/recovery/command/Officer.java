package govcloud.recovery.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.domain.operation.DangerousCommand;
import govcloud.domain.operation.Failover;
import govcloud.replication.statement.ApprovalVouching;
import govcloud.replication.statement.SigningKey;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An officer of the sibling with a passkey, and what the sibling then tells of an approval. */
record Officer(String name, KeyPair passkey) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Officer of(String name) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return new Officer(name, generator.generateKeyPair());
  }

  /** What is signed at {@code mountain}. */
  static String text(DangerousCommand command, Failover failover, Instant asked) {
    return "govcloud command 1\ncloud: mountain\noperation: failover-4be1\ncommand: "
        + command.kind()
        + "\nsubject: "
        + failover.subject()
        + "\nasked by: wang\nasked at: "
        + asked
        + "\n";
  }

  /** What the sibling tells when these have signed; it vouches for what they gave. */
  static ObjectNode approval(SigningKey sibling, String command, Officer... officers)
      throws Exception {
    ObjectNode proof = JSON.createObjectNode().put("command", command).put("host", "localhost");
    List<ApprovalVouching.Signed> people = new ArrayList<>();
    for (Officer officer : officers) {
      ObjectNode signed = officer.signs(command);
      proof.withArray("signatures").add(signed);
      people.add(new ApprovalVouching.Signed(officer.name(), signed.path("public_key").asText()));
    }
    return proof.put("result", ApprovalVouching.sign(sibling, command, people));
  }

  private ObjectNode signs(String command) throws Exception {
    byte[] client =
        JSON.writeValueAsBytes(
            JSON.createObjectNode()
                .put("type", "webauthn.get")
                .put("challenge", text(sha256(command.getBytes(UTF_8))))
                .put("origin", "https://localhost:7070"));
    byte[] data =
        ByteBuffer.allocate(37)
            .put(sha256("localhost".getBytes(UTF_8)))
            .put((byte) 0x05)
            .putInt(7)
            .array();
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(passkey.getPrivate());
    signature.update(data);
    signature.update(sha256(client));
    return JSON.createObjectNode()
        .put("person", name)
        .put("command", command)
        .put("public_key", cose())
        .put("client_data", text(client))
        .put("authenticator_data", text(data))
        .put("signature", text(signature.sign()));
  }

  private String cose() throws Exception {
    var point = ((ECPublicKey) passkey.getPublic()).getW();
    ByteArrayOutputStream cose = new ByteArrayOutputStream();
    cose.write(new byte[] {(byte) 0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32});
    cose.write(fixed(point.getAffineX()));
    cose.write(new byte[] {0x22, 0x58, 32});
    cose.write(fixed(point.getAffineY()));
    return text(cose.toByteArray());
  }

  private static byte[] fixed(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[32];
    int length = Math.min(bytes.length, 32);
    System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
    return fixed;
  }

  private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}

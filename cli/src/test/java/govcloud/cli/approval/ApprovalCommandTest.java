package govcloud.cli.approval;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.ExitCode;
import govcloud.cli.TestApi;
import govcloud.cli.TestTerminal;
import govcloud.cli.command.Json;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proof that two people signed a command, checked offline. */
class ApprovalCommandTest {

  private static final String COMMAND = "govcloud command 1\nsubject: cuts/12\n";

  @TempDir private Path folder;
  private final TestTerminal terminal = new TestTerminal();

  /** A passkey of somebody, and what a browser says of the page. */
  private record Passkey(KeyPair pair, String algorithm, String cose) {

    static Passkey elliptic() throws Exception {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      var pair = generator.generateKeyPair();
      var point = ((ECPublicKey) pair.getPublic()).getW();
      var cose = new ByteArrayOutputStream();
      cose.write(new byte[] {(byte) 0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32});
      cose.write(fixed(point.getAffineX()));
      cose.write(new byte[] {0x22, 0x58, 32});
      cose.write(fixed(point.getAffineY()));
      return new Passkey(pair, "SHA256withECDSA", text(cose.toByteArray()));
    }

    static Passkey edwards() throws Exception {
      var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      var point = ((EdECPublicKey) pair.getPublic()).getPoint();
      var little = new byte[32];
      var big = fixed(point.getY());
      for (int i = 0; i < 32; i++) {
        little[i] = big[31 - i];
      }
      little[31] |= (byte) (point.isXOdd() ? 0x80 : 0);
      var cose = new ByteArrayOutputStream();
      cose.write(new byte[] {(byte) 0xa4, 1, 1, 3, 0x27, 0x20, 6, 0x21, 0x58, 32});
      cose.write(little);
      return new Passkey(pair, "Ed25519", text(cose.toByteArray()));
    }

    static Passkey rsa() throws Exception {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      var pair = generator.generateKeyPair();
      var modulus = ((RSAPublicKey) pair.getPublic()).getModulus().toByteArray();
      var cose = new ByteArrayOutputStream();
      cose.write(new byte[] {(byte) 0xa4, 1, 3, 3, 0x39, 1, 0, 0x20, 0x59, 1, 1});
      cose.write(modulus);
      cose.write(new byte[] {0x21, 0x43, 1, 0, 1});
      return new Passkey(pair, "SHA256withRSA", text(cose.toByteArray()));
    }

    private static byte[] fixed(BigInteger number) {
      var bytes = number.toByteArray();
      var fixed = new byte[32];
      var length = Math.min(bytes.length, 32);
      System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
      return fixed;
    }

    ObjectNode signs(String person, String command, String origin, int flags) throws Exception {
      var client =
          ("{\"type\":\"webauthn.get\",\"challenge\":\""
                  + text(sha256(command.getBytes(UTF_8)))
                  + "\",\"origin\":\""
                  + origin
                  + "\"}")
              .getBytes(UTF_8);
      var data =
          ByteBuffer.allocate(37)
              .put(sha256("localhost".getBytes(UTF_8)))
              .put((byte) flags)
              .putInt(7)
              .array();
      var signature = Signature.getInstance(algorithm);
      signature.initSign(pair.getPrivate());
      signature.update(data);
      signature.update(sha256(client));
      return Json.mapper()
          .createObjectNode()
          .put("person", person)
          .put("command", command)
          .put("public_key", cose)
          .put("client_data", text(client))
          .put("authenticator_data", text(data))
          .put("signature", text(signature.sign()));
    }

    ObjectNode signs(String person) throws Exception {
      return signs(person, COMMAND, "https://localhost:7070", 0x05);
    }
  }

  private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static ObjectNode proof(ObjectNode... signatures) {
    var proof = Json.mapper().createObjectNode().put("command", COMMAND).put("host", "localhost");
    var list = proof.putArray("signatures");
    for (var one : signatures) {
      list.add(one);
    }
    return proof;
  }

  private int verify(ObjectNode proof) throws Exception {
    var file = Files.writeString(folder.resolve("proof.json"), proof.toString());
    return terminal.run("approval", "verify", file.toString());
  }

  private void requireInvalid(ObjectNode proof, String why) throws Exception {
    assertThat(verify(proof)).isEqualTo(ExitCode.FINDINGS.number());
    assertThat(terminal.out()).contains(why);
  }

  @Test
  void twoPeople_withEveryKindOfKey_isValid() throws Exception {
    var three =
        proof(
            Passkey.elliptic().signs("wang"),
            Passkey.edwards().signs("li"),
            Passkey.rsa().signs("zhao"));
    assertThat(verify(three)).isZero();
    assertThat(terminal.out()).contains("subject: cuts/12", "wang", "li", "zhao", "good");
  }

  @Test
  void onePerson_orOneKey_orNobody_isInvalid() throws Exception {
    var key = Passkey.elliptic();
    requireInvalid(proof(key.signs("wang"), Passkey.elliptic().signs("wang")), "same as before");
    requireInvalid(proof(key.signs("wang"), key.signs("li")), "same as before");
    assertThat(verify(proof(key.signs("wang")))).isEqualTo(ExitCode.FINDINGS.number());
    assertThat(verify(proof())).isEqualTo(ExitCode.FINDINGS.number());
  }

  private void changed(String why, Consumer<ObjectNode> change) throws Exception {
    var proof = proof(Passkey.elliptic().signs("wang"), Passkey.elliptic().signs("li"));
    change.accept(proof);
    requireInvalid(proof, why);
  }

  @Test
  void whateverIsChangedAfterwards_isInvalid() throws Exception {
    changed("command: ", all -> all.put("command", "govcloud command 1\nsubject: cuts/13\n"));
    changed("origin: ", all -> all.put("host", "cloud.example"));
    var other = Passkey.elliptic().signs("li");
    changed(
        "signature: not by this passkey",
        all -> ((ObjectNode) all.at("/signatures/1")).set("public_key", other.get("public_key")));
    changed(
        "signature: not by this passkey",
        all ->
            ((ObjectNode) all.at("/signatures/0"))
                .put(
                    "authenticator_data",
                    all.at("/signatures/0/authenticator_data")
                        .asText()
                        .replaceAll("B$", "C")
                        .replaceAll("[^C]$", "B")));
  }

  @Test
  void otherCommand_orSite_orNobodyVerified_isInvalid() throws Exception {
    var good = Passkey.elliptic().signs("wang");
    var key = Passkey.elliptic();
    requireInvalid(
        proof(good, key.signs("li", "govcloud command 1\n", "https://localhost", 5)), "command: ");
    var moved = key.signs("li", "govcloud command 1\n", "https://localhost", 5);
    requireInvalid(proof(good, moved.put("command", COMMAND)), "challenge: ");
    requireInvalid(
        proof(good, key.signs("li", COMMAND, "https://localhost.evil.example", 5)), "origin: ");
    requireInvalid(proof(good, key.signs("li", COMMAND, "https://localhost", 1)), "nobody");
    requireInvalid(proof(good, key.signs("li").put("public_key", "pQEC")), "cut off");
  }

  @Test
  void deletionAskedFor_showsWhereTwoPeopleSign() throws Exception {
    var token = Files.writeString(folder.resolve("token"), "secret\n");
    var approval =
        """
        {"operation":"deletion-4be1","kind":"replication.delete-cuts","subject":"cuts/12",
         "status":"waiting_approval","page":"/approvals/deletion-4be1","host":"localhost",
         "command":"x","challenge":"y","signatures":[]}""";
    try (var api =
        new TestApi(
            request ->
                request.method().equals("POST")
                    ? TestApi.Answer.of(202, "{\"operation\":\"deletion-4be1\",\"page\":\"/a\"}")
                    : TestApi.Answer.of(200, approval))) {
      var code =
          terminal.run(
              "replication",
              "deletion",
              "request",
              "--last-cut",
              "12",
              "--url",
              api.url(),
              "--token-file",
              token.toString());
      assertThat(code).isZero();
      assertThat(terminal.out())
          .contains("http://localhost:", "/approvals/deletion-4be1", "waiting_approval");
      assertThat(api.requests().get(1).target()).isEqualTo("/v1/approvals/deletion-4be1");
    }
  }
}

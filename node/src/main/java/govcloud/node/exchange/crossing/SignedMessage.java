package govcloud.node.exchange.crossing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.domain.sharing.CanonicalJson;
import govcloud.exchange.JsonBytes;
import govcloud.node.http.Json;
import govcloud.node.http.ProblemException;
import govcloud.replication.statement.SigningKey;
import govcloud.replication.statement.TrustedKeys;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A message between clouds. It has one form in bytes, the RFC 8785 form of {@code body}, {@code
 * head}, {@code key} and {@code signature}: whoever changes a bit makes something that is not
 * accepted.
 *
 * @param key names the key that signed, 32 hexadecimal digits
 * @param signature Ed25519, 128 hexadecimal digits
 */
public record SignedMessage(Head head, ObjectNode body, String key, String signature) {

  /** Most bytes of a query, and of an agreement. */
  public static final int LARGEST = 1 << 18;

  private static final String CONTEXT = "govcloud exchange message v1\0";
  private static final Pattern KEY = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{128}");

  /** Signs a head with the hash of the body in place of its own. */
  public static SignedMessage sign(Head head, ObjectNode body, SigningKey key) {
    var full =
        new Head(
            head.kind(),
            head.sender(),
            head.receiver(),
            head.message(),
            head.at(),
            head.nonce(),
            head.agreement(),
            head.address(),
            head.answers(),
            CanonicalJson.sha256(JsonBytes.of(body)));
    var hex = HexFormat.of();
    return new SignedMessage(
        full, body, hex.formatHex(key.id().toByteArray()), hex.formatHex(key.sign(signed(full))));
  }

  private static byte[] signed(Head head) {
    return (CONTEXT + hash(head)).getBytes(StandardCharsets.US_ASCII);
  }

  private static String hash(Head head) {
    return CanonicalJson.sha256(JsonBytes.of(head.toJson()));
  }

  /** What names the message: the SHA-256 of its head, and through it of its body. */
  public String hash() {
    return hash(head);
  }

  /** What anybody needs to see that the sender has signed this message, for a ledger. */
  public Map<String, String> evidence() {
    return Map.of("cloud", head.sender(), "signed", hash(), "signer", key, "signature", signature);
  }

  /** Its one form. */
  public byte[] toBytes() {
    var all = JsonNodeFactory.instance.objectNode();
    all.set("body", body);
    all.set("head", head.toJson());
    return JsonBytes.of(all.put("key", key).put("signature", signature));
  }

  /**
   * Reads a message; nothing in it is to be believed before {@link #verify}.
   *
   * @throws CrossingException when it is none, or not in its one form
   */
  public static SignedMessage parse(byte[] bytes) throws CrossingException {
    try {
      var json = Json.read(bytes);
      var key = json.path("key").asText();
      var signature = json.path("signature").asText();
      if (Head.isHead(json.path("head"))
          && json.path("body") instanceof ObjectNode body
          && KEY.matcher(key).matches()
          && SIGNATURE.matcher(signature).matches()) {
        var message = new SignedMessage(Head.of(json.path("head")), body, key, signature);
        if (Arrays.equals(message.toBytes(), bytes)) {
          return message;
        }
      }
    } catch (ProblemException | IllegalArgumentException e) {
      throw malformed(e.getMessage());
    }
    throw malformed("message: not as it is written");
  }

  private static CrossingException malformed(String found) {
    return new CrossingException(
        ExchangeRefusal.EXCHANGE_CLOUD_MESSAGE_MALFORMED,
        found + " (expected: the RFC 8785 form of body, head, key and signature)");
  }

  /**
   * Checks that one of the keys has signed all of it.
   *
   * @throws CrossingException when none has
   */
  public void verify(TrustedKeys keys) throws CrossingException {
    var hex = HexFormat.of();
    var signer = keys.find(ByteString.copyFrom(hex.parseHex(key)));
    if (signer.isEmpty()) {
      throw wrong("key " + key + ": not known (expected: a key of " + head.sender() + ")");
    }
    if (!signer.get().made(hex.parseHex(signature), signed(head))) {
      throw wrong("signature: not of this head (expected: as it was signed)");
    }
    if (!CanonicalJson.sha256(JsonBytes.of(body)).equals(head.bodyHash())) {
      throw wrong("body: another one than was signed (expected: " + head.bodyHash() + ")");
    }
  }

  private static CrossingException wrong(String message) {
    return new CrossingException(ExchangeRefusal.EXCHANGE_CLOUD_SIGNATURE_WRONG, message);
  }

  /** A text of the body; empty where there is none. */
  public String text(String pointer) {
    JsonNode found = body.at(pointer);
    return found.isTextual() ? found.asText() : "";
  }
}

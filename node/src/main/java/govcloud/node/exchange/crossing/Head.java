package govcloud.node.exchange.crossing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What is signed of a message between clouds; it holds the hash of the rest.
 *
 * @param kind {@link #QUERY}, {@link #ANSWER}, {@link #AGREEMENT}, {@link #BUNDLE} or {@link
 *     #STANDING}
 * @param sender the cloud that signs
 * @param receiver the cloud that it is for, and no other
 * @param message id of the query, the same however often it is sent; number of a bundle
 * @param at when it was signed, ISO 8601
 * @param nonce random digits, of this message alone
 * @param agreement id of the agreement at the cloud that has the data
 * @param address of the agreement's terms; stream of a bundle
 * @param answers hash of the message that this one answers, or of the bundle before; empty: none
 * @param bodyHash lower-case hexadecimal SHA-256 of the body's RFC 8785 form
 */
public record Head(
    String kind,
    String sender,
    String receiver,
    String message,
    String at,
    String nonce,
    String agreement,
    String address,
    String answers,
    String bodyHash) {

  /** Kind of a query. */
  public static final String QUERY = "query";

  /** Kind of an answer, also of one that refuses. */
  public static final String ANSWER = "answer";

  /** Kind of an agreement that is handed over. */
  public static final String AGREEMENT = "agreement";

  /** Kind of the cover of messages that go by a file. */
  public static final String BUNDLE = "bundle";

  /** Kind of what a cloud tells of itself by a file. */
  public static final String STANDING = "standing";

  private static final String FORMAT = "govcloud exchange v1";

  private static final List<String> MEMBERS =
      List.of(
          "format",
          "kind",
          "sender",
          "receiver",
          "message",
          "at",
          "nonce",
          "agreement",
          "address",
          "answers",
          "body_hash");

  ObjectNode toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("format", FORMAT)
        .put("kind", kind)
        .put("sender", sender)
        .put("receiver", receiver)
        .put("message", message)
        .put("at", at)
        .put("nonce", nonce)
        .put("agreement", agreement)
        .put("address", address)
        .put("answers", answers)
        .put("body_hash", bodyHash);
  }

  /** Whether it has all members as texts; others are found by the comparison of bytes. */
  static boolean isHead(JsonNode json) {
    return json.path("format").asText().equals(FORMAT)
        && MEMBERS.stream().allMatch(name -> json.path(name).isTextual());
  }

  static Head of(JsonNode json) {
    return new Head(
        json.path("kind").asText(),
        json.path("sender").asText(),
        json.path("receiver").asText(),
        json.path("message").asText(),
        json.path("at").asText(),
        json.path("nonce").asText(),
        json.path("agreement").asText(),
        json.path("address").asText(),
        json.path("answers").asText(),
        json.path("body_hash").asText());
  }
}

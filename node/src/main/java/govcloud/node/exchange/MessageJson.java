package govcloud.node.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.domain.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Queries of this cloud as they are kept until their provider answers. */
final class MessageJson {

  private MessageJson() {}

  static ObjectNode write(Message message) {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("consumer", message.consumer())
            .put("agreement", message.agreement())
            .put("person", message.actor().person())
            .put("role", message.actor().role())
            .put("account", message.actor().account())
            .put("app", message.app())
            .put("case", message.caseId())
            .put("subject", message.subject())
            .put("subject_kind", message.subjectKind())
            .put("id", message.id())
            .put("nonce", message.nonce())
            .put("request_hash", message.requestHash());
    message.fields().forEach(json.putArray("fields")::add);
    message.claims().forEach(json.putObject("claims")::put);
    return json;
  }

  static Message read(JsonNode json) {
    return new Message(
        json.path("consumer").asText(),
        json.path("agreement").asText(),
        new Actor(
            json.path("person").asText(),
            json.path("role").asText(),
            json.path("account").asText()),
        json.path("app").asText(),
        json.path("case").asText(),
        json.path("subject").asText(),
        json.path("subject_kind").asText(),
        texts(json.path("fields")),
        claims(json.path("claims")),
        json.path("id").asText(),
        json.path("nonce").asText(),
        json.path("request_hash").asText(),
        Optional.empty(),
        false,
        false,
        Optional.empty());
  }

  /** The texts of an array. */
  static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** The texts of an object, by name. */
  static Map<String, String> claims(JsonNode object) {
    Map<String, String> claims = new TreeMap<>();
    object.properties().forEach(claim -> claims.put(claim.getKey(), claim.getValue().asText()));
    return claims;
  }
}

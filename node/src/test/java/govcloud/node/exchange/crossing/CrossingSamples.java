package govcloud.node.exchange.crossing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.replication.statement.SigningKey;
import govcloud.replication.statement.TrustedKey;
import govcloud.replication.statement.TrustedKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Messages between two clouds whose keys everybody may know. */
final class CrossingSamples {

  static final SigningKey MOUNTAIN = key("mountain", 1);
  static final SigningKey HARBOUR = key("harbour", 2);
  static final Instant AT = Instant.parse("2026-11-29T08:30:00Z");

  private CrossingSamples() {}

  static SigningKey key(String cloud, int seed) {
    var bytes = new byte[32];
    Arrays.fill(bytes, (byte) seed);
    return new SigningKey(cloud, bytes);
  }

  static KnownCloud known(SigningKey key) {
    return new KnownCloud(
        key.cloud(),
        null,
        new TrustedKeys(List.of(TrustedKey.of(key))),
        "",
        List.of(),
        Optional.empty(),
        Map.of("transport", "mountain-transport"));
  }

  /** What one cloud believes of the other, at a moment. */
  static Inspection inspection(SigningKey own, SigningKey other, Instant now) {
    return new Inspection(
        new KnownClouds(own.cloud(), () -> own, null, List.of(known(other))),
        Duration.ofSeconds(60),
        () -> now);
  }

  static Head head(String kind, String sender, String receiver, String answers) {
    return new Head(
        kind,
        sender,
        receiver,
        "2026-000218-1",
        AT.toString(),
        "00112233445566778899aabbccddeeff",
        "violations",
        "ce0b1c75bd6d8b9f264b479117b62de3555732b29f5d20ca71cd32366effa1a4",
        answers,
        "");
  }

  static ObjectNode body() {
    var body =
        JsonNodeFactory.instance
            .objectNode()
            .put("department", "transport")
            .put("person", "zhang-san")
            .put("role", "window-clerk");
    body.putObject("case")
        .put("name", "permits/c-1")
        .put("matter", "administrative-approval")
        .put("state", "submitted");
    body.putObject("subject").put("number", "99999919900101123X").put("kind", "person");
    body.putArray("fields").add("plate");
    body.putObject("claims");
    return body;
  }

  static SignedMessage query() {
    return SignedMessage.sign(head(Head.QUERY, "mountain", "harbour", ""), body(), MOUNTAIN);
  }

  static SignedMessage answer(SignedMessage query) {
    var body = JsonNodeFactory.instance.objectNode().put("replayed", false);
    body.putArray("records").addObject().put("plate", "浙A12345");
    body.putArray("masked");
    body.putObject("evidence")
        .put("exchange", "0f0e0d0c0b0a09080706050403020100")
        .put("log", "govcloud/harbour/exchange+1b9a0c2d+AZ")
        .put("index", 17);
    return SignedMessage.sign(
        head(Head.ANSWER, "harbour", "mountain", query.hash()), body, HARBOUR);
  }
}

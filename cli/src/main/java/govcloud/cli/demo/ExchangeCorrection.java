package govcloud.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.command.Connection;
import govcloud.cli.command.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A citizen asks for the correction of a value that was given out: the provider corrects it, every
 * case that received it is told and says what was done, and the citizen sees all of it.
 */
final class ExchangeCorrection {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final String CITIZEN = "citizen";
  private static final String RECALL = "recall";

  private final Connection connection;
  private final ExchangeStage stage;
  private final ExchangeTale tale;
  private final Supplier<String> keys;
  private final ExchangeScene scene;
  private final JsonNode correction;

  ExchangeCorrection(
      Connection connection,
      ExchangeStage stage,
      ExchangeTale tale,
      Supplier<String> keys,
      ExchangeScene scene) {
    this.connection = connection;
    this.stage = stage;
    this.tale = tale;
    this.keys = keys;
    this.scene = scene;
    this.correction = scene.json().path("correction");
  }

  /**
   * Plays it.
   *
   * @param number of its first step
   * @param exchange that gave the value out
   */
  void play(int number, String exchange) {
    step(
        number,
        CITIZEN,
        "市民认为一项已提供的数据有误，要求更正：",
        "The citizen holds a value that was given out to be wrong, and asks for its correction:");
    ObjectNode asked = connection.body();
    for (String name : List.of("field", "value", "reason")) {
      asked.set(name, correction.path(name));
    }
    send(
        CITIZEN,
        ApiRequest.path("v1", "me", "accesses", scene.consumer(), exchange, "corrections"),
        asked);
    tale.done("已提交：" + field(), "asked: " + field());
    step(
        number + 1,
        "officer",
        "提供方核实有误，更正记录后接受，并召回已提供的数据：",
        "The provider has corrected its record and accepts; what was given out is recalled:");
    String recall = accepted(exchange);
    tale.done("已召回：" + recall, "recalled: " + recall);
    step(
        number + 2,
        "clerk",
        "收到错误数据的办件接到召回，承办人说明如何处理：",
        "The case that had received it is told, and its clerk says what was done:");
    acknowledge(recall);
    step(
        number + 3,
        CITIZEN,
        "市民看到更正、召回和确认（/my-data）：",
        "The citizen sees correction, recall and acknowledgement at /my-data:");
    JsonNode done =
        found(CITIZEN, ApiRequest.path("v1", "me", "recalls"), recall, ExchangeCorrection::isDone);
    tale.done(
        "均已确认：" + offices(done) + "，" + done.path("reason").asText(),
        "all acknowledged: " + offices(done) + ", " + done.path("reason").asText());
  }

  private String field() {
    return correction.path("field").asText();
  }

  private static boolean isDone(JsonNode recall) {
    return recall.path("status").asText().equals("done");
  }

  private JsonNode who(String role) {
    return role.equals("officer") ? correction.path(role) : scene.json().path(role);
  }

  private void step(int number, String role, String zh, String en) {
    JsonNode text = connection.body().put("zh", zh).put("en", en);
    tale.step(number, stage.named(who(role), scene), text);
  }

  private void send(String role, String path, JsonNode body) {
    stage.send(who(role), ApiRequest.change("POST", path, keys.get(), body));
  }

  /** The recall that follows from the answer. */
  private String accepted(String exchange) {
    ObjectNode answer = connection.body().put("outcome", "accepted");
    answer.set("reason", correction.path("answer"));
    answer.set("since", correction.path("since"));
    send(
        "officer",
        ApiRequest.path(
            "v1", "tenants", scene.owner(), "corrections", exchange, CITIZEN, field(), "answer"),
        answer);
    Predicate<JsonNode> accepted =
        one -> one.path("exchange").asText().equals(exchange) && one.has(RECALL);
    return listed(CITIZEN, ApiRequest.path("v1", "me", "corrections"), accepted)
        .path(RECALL)
        .asText();
  }

  private void acknowledge(String recall) {
    String received = ApiRequest.path("v1", "tenants", scene.consumer(), "received-recalls");
    JsonNode told = found("clerk", received, recall, one -> !one.path("receivers").isEmpty());
    for (JsonNode receiver : told.path("receivers")) {
      ObjectNode body = connection.body();
      body.set("case", receiver.path("case"));
      body.set("note", correction.path("note"));
      String place = ApiRequest.path(scene.owner(), recall, "acknowledgement");
      send("clerk", received + place, body);
      String what = receiver.path("case").asText() + ", " + correction.path("note").asText();
      tale.done("已确认：" + what, "acknowledged: " + what);
    }
  }

  private static String offices(JsonNode recall) {
    List<String> offices = new ArrayList<>();
    recall.path("offices").forEach(office -> offices.add(office.asText()));
    return String.join(", ", offices);
  }

  private JsonNode found(String role, String path, String recall, Predicate<JsonNode> wanted) {
    Predicate<JsonNode> same = one -> one.path(RECALL).asText().equals(recall);
    return listed(role, path, same.and(wanted));
  }

  /** Lists are behind what they list. */
  private JsonNode listed(String role, String path, Predicate<JsonNode> wanted) {
    Instant deadline = connection.clock().instant().plus(PATIENCE);
    while (true) {
      for (JsonNode item : stage.send(who(role), ApiRequest.get(path)).path("items")) {
        if (wanted.test(item)) {
          return item;
        }
      }
      if (connection.clock().instant().isAfter(deadline)) {
        throw new CommandFailure(
            ExitCode.TIMEOUT, "DEMO_OTHERWISE", path + ": not shown after " + PATIENCE);
      }
      Waiting.pause(PAUSE);
    }
  }
}

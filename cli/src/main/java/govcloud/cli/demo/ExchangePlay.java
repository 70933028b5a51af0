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
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Plays one scene: each step is sent, told, and compared with what must come of it. */
final class ExchangePlay {
  private static final String PERMIT = "permit";
  private static final Duration READ_MODELS = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Connection connection;
  private final ExchangeStage stage;
  private final ExchangeTale tale;
  private final ExchangeProof proofs;
  private final Supplier<String> keys;
  private final ExchangeScene scene;

  /** The first query that was permitted, the newest one, and the one that was refused. */
  private Optional<JsonNode> given = Optional.empty();

  private Optional<JsonNode> permitted = Optional.empty();

  private Optional<JsonNode> refused = Optional.empty();

  ExchangePlay(
      Connection connection,
      ExchangeStage stage,
      ExchangeTale tale,
      ExchangeProof proofs,
      Supplier<String> keys,
      ExchangeScene scene) {
    this.connection = connection;
    this.stage = stage;
    this.tale = tale;
    this.proofs = proofs;
    this.keys = keys;
    this.scene = scene;
  }

  /** Plays it. */
  void play() {
    int number = 0;
    for (JsonNode step : scene.steps()) {
      number++;
      JsonNode who = step.has("ask") ? step.path("ask") : step.path("send");
      tale.step(number, stage.named(who, scene), step.path("text"));
      if (step.has("ask")) {
        ask(step);
      } else {
        send(step);
      }
    }
    ExchangeProof.Checked proved = prove(permitted.orElseThrow());
    refused.ifPresent(this::prove);
    JsonNode evidence = permitted.orElseThrow().path("evidence");
    if (scene.json().has("citizen")) {
      citizen(number, evidence, proved);
    } else if (scene.json().has("auditor")) {
      auditor(number, evidence);
    }
  }

  private void ask(JsonNode step) {
    Instant deadline = connection.clock().instant().plus(READ_MODELS);
    while (true) {
      JsonNode answer = answer(step);
      String code = answer.path("code").asText(PERMIT);
      Optional<String> otherwise = otherwise(step, code, answer);
      if (otherwise.isEmpty()) {
        tale.outcome(code, answer);
        if (code.equals(PERMIT)) {
          permitted = Optional.of(answer);
          given = given.or(() -> permitted);
        } else {
          refused = Optional.of(answer);
        }
        return;
      }
      // Records are found by a read model, and a suspension reaches each node within two seconds.
      if (connection.clock().instant().isAfter(deadline)) {
        throw new CommandFailure(ExitCode.FAILED, "DEMO_OTHERWISE", otherwise.get());
      }
      Waiting.pause(PAUSE);
    }
  }

  /** The answer, or the problem. */
  private JsonNode answer(JsonNode step) {
    ObjectNode body = connection.body();
    JsonNode cited = scene.json().path("case");
    body.putObject("case")
        .put("app", cited.path("app").asText())
        .put("case", cited.path("id").asText());
    body.putObject("subject")
        .put("number", step.path("subject").asText())
        .put("kind", step.path("kind").asText("person"));
    for (String optional : new String[] {"fields", "claims", "delivery"}) {
      if (step.has(optional)) {
        body.set(optional, step.path(optional));
      }
    }
    String path =
        ApiRequest.path(
            "v1", "tenants", scene.consumer(), "exchange", scene.agreement(), "queries");
    try {
      return stage.send(step.path("ask"), ApiRequest.change("POST", path, keys.get(), body));
    } catch (CommandFailure failure) {
      if (!failure.problem().has("evidence")) {
        throw failure;
      }
      return failure.problem();
    }
  }

  /** What is otherwise than the scene says. */
  private static Optional<String> otherwise(JsonNode step, String code, JsonNode answer) {
    String expected = step.path("expect").asText();
    if (!code.equals(expected)) {
      return Optional.of("outcome: " + code + " (expected: " + expected + ")");
    }
    JsonNode records = answer.path("records");
    if (step.has("records") && records.size() != step.path("records").asInt()) {
      return Optional.of(
          "records: " + records.size() + " (expected: " + step.path("records") + ")");
    }
    for (Map.Entry<String, JsonNode> field : step.path("answers").properties()) {
      String value = records.path(0).path(field.getKey()).asText();
      if (!value.equals(field.getValue().asText())) {
        return Optional.of(
            field.getKey() + ": " + value + " (expected: " + field.getValue().asText() + ")");
      }
    }
    for (JsonNode hidden : step.path("hidden")) {
      if (records.path(0).has(hidden.asText())) {
        return Optional.of(hidden.asText() + ": in the answer (expected: hidden)");
      }
    }
    return Optional.empty();
  }

  /** What can be done only once was done when the scene was played before. */
  private void send(JsonNode step) {
    String expected = step.path("expect").asText(PERMIT);
    try {
      stage.send(
          step.path("send"),
          ApiRequest.change(
              step.path("method").asText(), step.path("path").asText(), keys.get(), body(step)));
      if (!expected.equals(PERMIT)) {
        throw new CommandFailure(
            ExitCode.FAILED, "DEMO_OTHERWISE", "outcome: permit (expected: " + expected + ")");
      }
      tale.done("完成", "done");
    } catch (CommandFailure failure) {
      if (failure.code().equals(expected)) {
        tale.done("拒绝 " + failure.code(), "refused: " + failure.code());
      } else if (step.path("once").asBoolean() && failure.problem().path("status").asInt() == 409) {
        tale.done("以前已完成", "done before");
      } else {
        throw failure;
      }
    }
  }

  /** What is sent; whoever activates an agreement has read which activation it is. */
  private JsonNode body(JsonNode step) {
    ObjectNode body = step.path("body").deepCopy();
    if (step.path("activation").asBoolean()) {
      body.set("activation", stage.agreement(scene).at("/activation/number"));
    }
    return body;
  }

  private ExchangeProof.Checked prove(JsonNode answer) {
    ExchangeProof.Checked checked = proofs.check(answer.path("evidence"));
    String decision = checked.entry().open().getOrDefault("decision", "");
    String code = checked.entry().open().getOrDefault("code", "");
    tale.done(
        "离线验证：有效，%s %s；个人数据只有承诺值：%s；%s"
            .formatted(decision, code, checked.entry().closed().keySet(), checked.proof()),
        "verified offline: valid, %s %s; of people there are commitments alone: %s; %s"
            .formatted(decision, code, checked.entry().closed().keySet(), checked.proof()));
    return checked;
  }

  private void citizen(int number, JsonNode evidence, ExchangeProof.Checked checked) {
    JsonNode who = scene.json().path("citizen");
    tale.step(
        number + 1,
        stage.named(who, scene),
        connection
            .body()
            .put("zh", "市民本人在“谁看了我的数据”里看到（/my-data）：")
            .put("en", "The citizen sees at /my-data who looked, and who was refused:"));
    JsonNode look = shown(who, ApiRequest.get(ApiRequest.path("v1", "me", "accesses")), evidence);
    String path =
        ApiRequest.path("v1", "me", "accesses", scene.consumer(), look.path("exchange").asText());
    var opening = proofs.open(stage.client(who.asText()), path, checked);
    tale.done(
        "本人的承诺值可单独打开，与存证一致：" + opening,
        "the commitment to the citizen's number opens, and no other one: " + opening);
    String exchange = look.path("exchange").asText();
    if (scene.json().has("objection")) {
      objection(number + 2, who, path, exchange);
    }
    if (scene.json().has("correction")) {
      String wrong = given.orElseThrow().at("/evidence/exchange").asText();
      new ExchangeCorrection(connection, stage, tale, keys, scene).play(number + 3, wrong);
    }
  }

  private void objection(int number, JsonNode who, String path, String exchange) {
    JsonNode objection = scene.json().path("objection");
    tale.step(
        number,
        stage.named(who, scene),
        connection
            .body()
            .put("zh", "市民提出异议，提供方在时限内答复：")
            .put("en", "The citizen objects; the provider answers within its time:"));
    ObjectNode text = connection.body().put("text", objection.path("text").asText());
    stage.send(who, ApiRequest.change("POST", path + "/objection", keys.get(), text));
    ObjectNode answer = connection.body().put("outcome", objection.path("outcome").asText());
    answer.put("reason", objection.path("reason").asText());
    stage.send(
        objection.path("officer"),
        ApiRequest.change(
            "POST",
            ApiRequest.path("v1", "tenants", scene.owner(), "objections", exchange, "answer"),
            keys.get(),
            answer));
    tale.done(
        "已答复：" + objection.path("reason").asText(),
        objection.path("outcome").asText() + ": " + objection.path("reason").asText());
  }

  private void auditor(int number, JsonNode evidence) {
    JsonNode who = scene.json().path("auditor");
    tale.step(
        number + 1,
        stage.named(who, scene),
        connection
            .body()
            .put("zh", "审计员看到谁查询了该企业：")
            .put("en", "An auditor sees who asked about the company:"));
    ObjectNode body =
        connection.body().put("subject", scene.json().at("/steps/0/subject").asText());
    ApiRequest search = ApiRequest.post(ApiRequest.path("v1", "exchange", "accesses"), body);
    shown(who, search, evidence);
  }

  /** Waits until a list has the exchange, and tells what of it belongs to this agreement. */
  private JsonNode shown(JsonNode who, ApiRequest list, JsonNode evidence) {
    String exchange = evidence.path("exchange").asText();
    Instant deadline = connection.clock().instant().plus(READ_MODELS);
    while (true) {
      JsonNode items = stage.send(who, list).path("items");
      for (JsonNode item : items) {
        if (item.path("exchange").asText().equals(exchange)) {
          items.forEach(
              look -> {
                if (look.path("agreement").asText().equals(scene.agreement())) {
                  tale.look(look);
                }
              });
          return item;
        }
      }
      if (connection.clock().instant().isAfter(deadline)) {
        throw new CommandFailure(
            ExitCode.TIMEOUT, "DEMO_OTHERWISE", "look " + exchange + ": not shown after 20 s");
      }
      Waiting.pause(PAUSE);
    }
  }
}

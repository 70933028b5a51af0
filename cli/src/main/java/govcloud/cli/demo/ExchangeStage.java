package govcloud.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.api.ActingAs;
import govcloud.cli.api.ApiClient;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.command.Connection;
import govcloud.cli.output.ProgressBar;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Brings a cloud as far as a scene needs it; what is there already stays as it is. */
final class ExchangeStage {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int USUAL_DAYS = 365;

  private final Connection connection;
  private final ApiClient machine;
  private final DemoPeople people;
  private final JsonNode cast;
  private final Supplier<String> keys;

  /**
   * A stage.
   *
   * @param machine the command line's own account: an operator, and whoever imports
   * @param keys of requests, each call another one
   */
  ExchangeStage(
      Connection connection,
      ApiClient machine,
      DemoPeople people,
      JsonNode cast,
      Supplier<String> keys) {
    this.connection = connection;
    this.machine = machine;
    this.people = people;
    this.cast = cast;
    this.keys = keys;
  }

  /** Departments, their apps, the records in their registers, and the cases. */
  void load(List<ExchangeScene> scenes) {
    try (ProgressBar bar =
        new ProgressBar(connection.terminal(), connection.clock(), "Departments", "requests")) {
      new DemoLoader(machine.within(PATIENCE), connection.json(), connection.clock())
          .load(bar, plan(scenes));
    }
    for (ExchangeScene scene : scenes) {
      JsonNode one = scene.json().path("case");
      String path =
          ApiRequest.path(
              "v1", "tenants", one.path("tenant").asText(), "apps", one.path("app").asText());
      path += ApiRequest.path("cases", one.path("id").asText(), "assignment");
      ObjectNode body = connection.body().put("assignee", scene.json().path("clerk").asText());
      machine.send(ApiRequest.change("POST", path, keys.get(), body));
    }
  }

  private DemoPlan plan(List<ExchangeScene> scenes) {
    List<DemoPlan.Tenant> tenants = new ArrayList<>();
    for (JsonNode department : cast.path("departments")) {
      String id = department.path("id").asText();
      ObjectNode body = connection.body();
      body.set("name", department.path("name"));
      body.put("credit_code", department.path("code").asText())
          .put("division_code", CreditCode.NOWHERE)
          .put("disaster_class", "continuous")
          .put("plan", "standard")
          .putArray("contacts");
      List<DemoPlan.App> apps = new ArrayList<>();
      for (var app : department.path("apps").properties()) {
        apps.add(app(scenes, id, app.getKey(), app.getValue().asText()));
      }
      tenants.add(new DemoPlan.Tenant(id, body, DemoPlan.Fate.WORKS, apps));
    }
    return new DemoPlan(tenants);
  }

  private DemoPlan.App app(
      List<ExchangeScene> scenes, String tenant, String id, String definition) {
    ObjectNode body = connection.body().put("definition", definition);
    body.putObject("plan").put("seats", 20).put("cases", 10_000);
    List<DemoPlan.Case> cases = new ArrayList<>();
    for (ExchangeScene scene : scenes) {
      JsonNode cited = scene.json().path("case");
      if (scene.owner().equals(tenant) && scene.json().path("app").asText().equals(id)) {
        scene.json().path("records").forEach(record -> cases.add(record(scene, record)));
      } else if (cited.path("tenant").asText().equals(tenant)
          && cited.path("app").asText().equals(id)
          && cases.stream().noneMatch(one -> one.id().equals(cited.path("id").asText()))) {
        cases.add(made(cited.path("id").asText(), cited.path("body").deepCopy(), "window-clerk"));
      }
    }
    return new DemoPlan.App(id, body, "申请人", DemoPlan.Fate.WORKS, cases);
  }

  private DemoPlan.Case record(ExchangeScene scene, JsonNode record) {
    ObjectNode body = connection.body().put("title", scene.json().at("/content/title/zh").asText());
    body.putObject("applicant").put("name", "登记员").put("kind", "department");
    body.set("form", record.path("form"));
    return made(record.path("id").asText(), body, "registrar");
  }

  private static DemoPlan.Case made(String id, ObjectNode body, String role) {
    return new DemoPlan.Case(id, body, new DemoPlan.Worker("登记员", role), 0, List.of(), List.of());
  }

  /** Publishes the resource and brings the agreement into force, as far as that is not done. */
  void agree(ExchangeScene scene) {
    ApiClient consumer = officer(scene.consumer());
    ApiClient provider = officer(scene.owner());
    String shared = ApiRequest.path("v1", "sharing", "resources", scene.owner(), scene.resource());
    if (found(provider, shared).isEmpty()) {
      String own = ApiRequest.path("v1", "tenants", scene.owner(), "resources", scene.resource());
      provider.send(ApiRequest.change("PUT", own, keys.get(), scene.json().path("content")));
    }
    String own = path(scene.consumer(), scene);
    String theirs = path(scene.owner(), scene);
    if (found(consumer, own).isEmpty()) {
      consumer.send(ApiRequest.change("PUT", own, keys.get(), terms(scene)));
    }
    String any =
        ApiRequest.path("v1", "sharing", "agreements", scene.consumer(), scene.agreement());
    if (found(provider, theirs).path("status").asText().equals("suspended")) {
      // the scene was ended between suspending the agreement and letting it go on
      post(provider, theirs, "resume", null);
    }
    if (is("submitted", consumer, own)) {
      post(machine, any, "confirm", null);
    }
    if (is("checked", consumer, own)) {
      post(provider, theirs, "consent", null);
    }
    if (is("signing", consumer, own)) {
      // Who offers data without condition need not be asked.
      if (scene.json().at("/content/sharing").asText().equals("conditional")) {
        sign(provider, theirs);
      }
      sign(consumer, own);
    }
  }

  private static String path(String tenant, ExchangeScene scene) {
    return ApiRequest.path(
        "v1", "tenants", tenant, "agreements", scene.consumer(), scene.agreement());
  }

  private boolean is(String stage, ApiClient who, String agreement) {
    return found(who, agreement).at("/application/stage").asText().equals(stage);
  }

  /** People sign what they have read, each for the own department, and each once. */
  private void sign(ApiClient who, String agreement) {
    String address = found(who, agreement).at("/application/address").asText();
    try {
      post(who, agreement, "sign", connection.body().put("address", address));
    } catch (CommandFailure failure) {
      if (!failure.code().equals("AGREEMENT_SIGNER_TWICE")) {
        throw failure;
      }
    }
  }

  private ObjectNode terms(ExchangeScene scene) {
    Instant now = connection.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    int days = scene.json().at("/agreement/days").asInt(USUAL_DAYS);
    return ((ObjectNode) scene.terms().deepCopy())
        .put("valid_from", now.minusSeconds(60).toString())
        .put("valid_until", now.plus(days, ChronoUnit.DAYS).toString());
  }

  private void post(ApiClient who, String path, String action, JsonNode body) {
    who.send(ApiRequest.change("POST", path + "/" + action, keys.get(), body));
  }

  private JsonNode found(ApiClient who, String path) {
    try {
      return who.send(ApiRequest.get(path)).body();
    } catch (CommandFailure failure) {
      if (failure.problem().path("status").asInt() == 404) {
        return connection.body();
      }
      throw failure;
    }
  }

  /** The agreement as both parties see it. */
  JsonNode agreement(ExchangeScene scene) {
    return found(officer(scene.consumer()), path(scene.consumer(), scene));
  }

  private ApiClient officer(String tenant) {
    return client("demo-" + tenant + "-officer");
  }

  /** Somebody of the cast. */
  JsonNode person(String account) {
    for (JsonNode person : cast.path("people")) {
      if (person.path("account").asText().equals(account)) {
        return person;
      }
    }
    throw new IllegalStateException(account + ": not in the cast (expected: one of its people)");
  }

  /** How somebody of the cast is told of, or a person for whom the command line imports. */
  String named(JsonNode who, ExchangeScene scene) {
    if (who.isObject()) {
      return who.path("person").asText() + ", " + scene.owner() + ", " + who.path("role").asText();
    }
    JsonNode person = person(who.asText());
    String office = person.has("tenant") ? person.path("tenant").asText() + ", " : "";
    return person.path("name").asText() + ", " + office + person.path("roles").path(0).asText();
  }

  /** Everything that somebody of the cast sends. */
  ApiClient client(String account) {
    return people.as(person(account));
  }

  /** Sends as somebody of the cast, or as a person for whom the command line imports. */
  JsonNode send(JsonNode who, ApiRequest request) {
    if (who.isTextual()) {
      return client(who.asText()).send(request).body();
    }
    String acting = ActingAs.header(who.path("person").asText(), who.path("role").asText());
    return machine.send(request.withHeader(ApiRequest.ACTING_AS, acting)).body();
  }
}

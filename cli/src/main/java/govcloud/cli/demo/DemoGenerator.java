package govcloud.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.demo.DemoPlan.Fate;
import govcloud.cli.demo.DemoPlan.Step;
import govcloud.cli.demo.DemoPlan.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes the demo data. The same seed and catalogue always give the same plan. */
final class DemoGenerator {
  /** In each app. */
  static final int CASES = 24;

  private static final double OLDEST_DAYS = 45;

  private final ObjectMapper json;
  private final Map<String, JsonNode> definitions;
  private final Random random;
  private final SchemaFiller filler;
  private final CaseForms forms;
  private final People people;
  private int cases;

  /**
   * A generator.
   *
   * @param definitions newest version of each app by name, as the API serves them
   */
  DemoGenerator(ObjectMapper json, long seed, Map<String, JsonNode> definitions) {
    this.json = json;
    this.definitions = Map.copyOf(definitions);
    this.random = new Random(seed);
    this.filler = new SchemaFiller(json);
    this.people = new People(random);
    this.forms = new CaseForms(json, random, people);
  }

  /** The whole plan; call it once. */
  DemoPlan plan() {
    List<DemoPlan.Tenant> tenants = new ArrayList<>();
    List<Departments.Department> all = Departments.all();
    for (int i = 0; i < all.size(); i++) {
      tenants.add(tenant(all.get(i), i + 1));
    }
    return new DemoPlan(tenants);
  }

  private DemoPlan.Tenant tenant(Departments.Department department, int n) {
    ObjectNode body = json.createObjectNode();
    body.putObject("name").put("zh", department.zh()).put("en", department.en());
    body.put("credit_code", CreditCode.ofDepartment(n));
    body.put("division_code", CreditCode.NOWHERE);
    body.put("disaster_class", department.disasterClass());
    body.put("plan", department.plan());
    body.putArray("contacts")
        .addObject()
        .put("name", people.clerk("contact"))
        .put("role", "technical")
        .put("phone", "19900000" + (100 + n));
    List<DemoPlan.App> apps = new ArrayList<>();
    for (String app : department.apps()) {
      int equals = app.indexOf('=');
      apps.add(app(app.substring(0, equals), app.substring(equals + 1), Fate.WORKS));
    }
    if (department.id().equals("transport")) {
      apps.add(app("documents", "document-flow", Fate.WAITS));
    }
    if (department.id().equals("market")) {
      apps.add(app("receipts", "environmental-permit-receipt", Fate.REFUSED));
    }
    return new DemoPlan.Tenant(department.id(), body, department.fate(), apps);
  }

  private DemoPlan.App app(String id, String definition, Fate fate) {
    ObjectNode body = json.createObjectNode().put("definition", definition);
    body.putObject("plan").put("seats", 20).put("cases", 10_000);
    List<DemoPlan.Case> made = new ArrayList<>();
    if (fate == Fate.WORKS && definitions.containsKey(definition)) {
      for (int i = 0; i < CASES; i++) {
        made.add(oneCase(definition, i));
      }
    }
    return new DemoPlan.App(id, body, people.clerk("applicant"), fate, made);
  }

  private DemoPlan.Case oneCase(String definition, int position) {
    int n = ++cases;
    List<List<String>> ways = Walk.of(definition);
    int way = position < ways.size() ? position : random.nextInt(2);
    List<String> steps = ways.get(way);
    int length = position < ways.size() ? steps.size() : random.nextInt(steps.size() + 1);
    boolean recent = random.nextInt(5) < 2;
    double began = recent ? 0 : 1 + random.nextDouble() * OLDEST_DAYS;
    Worker creator = worker(creatorRole(definition), recent);
    List<Step> taken = new ArrayList<>();
    double at = began;
    for (String step : steps.subList(0, length)) {
      at = recent ? 0 : Math.max(0.01, at - random.nextDouble() * began / (steps.size() + 1));
      taken.add(action(definition, step, recent, at));
    }
    if (random.nextInt(3) == 0) {
      taken.add(comment(definition, recent, at));
    }
    ObjectNode body = forms.body(definition, way, n);
    boolean handsIn = definition.equals("administrative-approval") && position % 4 == 0;
    List<DemoFiles.DemoFile> files = handsIn ? DemoFiles.of("demo-" + n) : List.of();
    return new DemoPlan.Case("demo-" + n, body, creator, began, files, taken);
  }

  private static String creatorRole(String definition) {
    return switch (definition) {
      case "administrative-approval" -> "applicant";
      case "document-flow" -> "office-clerk";
      default -> "clerk";
    };
  }

  /** Only importers may say when something happened, so older steps are theirs. */
  private Worker worker(String role, boolean recent) {
    return new Worker(people.clerk(role), recent ? role : "importer");
  }

  private Step action(String definition, String step, boolean recent, double daysAgo) {
    int colon = step.indexOf(':');
    String action = step.substring(0, colon);
    ObjectNode body = json.createObjectNode();
    for (JsonNode known : definitions.get(definition).path("actions")) {
      if (known.path("action").asText().equals(action) && known.has("form")) {
        body.set("form", filler.object(known.get("form")));
      }
    }
    return new Step("actions/" + action, body, worker(step.substring(colon + 1), recent), daysAgo);
  }

  private Step comment(String definition, boolean recent, double daysAgo) {
    ObjectNode body = json.createObjectNode().put("text", "已电话联系申请人（演示数据）");
    return new Step("comments", body, worker(creatorRole(definition), recent), daysAgo);
  }
}

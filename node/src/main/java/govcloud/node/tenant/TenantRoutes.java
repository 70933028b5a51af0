package govcloud.node.tenant;

import static govcloud.node.http.Replies.ok;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.domain.catalogue.LocalText;
import govcloud.domain.tenant.Contact;
import govcloud.domain.tenant.DisasterClass;
import govcloud.domain.tenant.Plan;
import govcloud.domain.tenant.Quotas;
import govcloud.domain.tenant.Tenant;
import govcloud.domain.tenant.TenantCommand;
import govcloud.domain.tenant.TenantState;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Commands;
import govcloud.node.http.Fields;
import govcloud.node.http.Lists;
import govcloud.node.http.Problem;
import govcloud.node.http.Routes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** What can be asked of departments over HTTP. */
public final class TenantRoutes {

  private final Commands commands;
  private final Lists lists;
  private final TenantTable table;

  public TenantRoutes(Commands commands, Lists lists, TenantTable table) {
    this.commands = commands;
    this.lists = lists;
    this.table = table;
  }

  /** Adds the operations of departments. */
  public void register(Routes routes) {
    routes
        .on("listTenants", this::list)
        .on("registerTenant", this::registerTenant)
        .on("getTenant", this::get)
        .on("changeTenant", call -> change(call, TenantRoutes::changeOf))
        .on("activateTenant", call -> change(call, body -> new TenantCommand.Activate()))
        .on(
            "suspendTenant",
            call -> change(call, body -> new TenantCommand.Suspend(body.path("reason").asText())))
        .on("resumeTenant", call -> change(call, body -> new TenantCommand.Resume()))
        .on("closeTenant", call -> change(call, TenantRoutes::close));
  }

  private static String id(Call call) {
    return "tenant/" + call.path("tenant");
  }

  private CompletionStage<HttpResponse> change(
      Call call, Function<JsonNode, TenantCommand> command) {
    return commands.change(call, id(call), command.apply(call.body()));
  }

  private CompletionStage<HttpResponse> registerTenant(Call call) {
    var body = call.body();
    var command =
        new TenantCommand.Register(
            text(body.path("name")),
            body.path("credit_code").asText(),
            body.path("division_code").asText(),
            disasterClass(body),
            plan(body),
            quotas(body),
            contacts(body));
    return commands
        .<TenantState>ask(call, id(call), command)
        .thenApply(
            answer ->
                Commands.created(
                    call, id(call), answer, "/v1/tenants/" + call.path("tenant"), new Fields()));
  }

  private static TenantCommand.Close close(JsonNode body) {
    return new TenantCommand.Close(
        body.path("reason").asText(),
        body.path("retention_days").asInt(Tenant.DEFAULT_RETENTION_DAYS));
  }

  private static TenantCommand changeOf(JsonNode body) {
    var changes = new ArrayList<TenantCommand>();
    if (body.has("name")) {
      changes.add(new TenantCommand.Rename(text(body.path("name"))));
    }
    if (body.has("contacts")) {
      changes.add(new TenantCommand.ChangeContacts(contacts(body)));
    }
    if (body.has("disaster_class")) {
      changes.add(new TenantCommand.ChangeDisasterClass(disasterClass(body)));
    }
    if (body.has("plan")) {
      changes.add(new TenantCommand.ChangePlan(plan(body), quotas(body)));
    }
    if (changes.size() != 1) {
      throw Problem.of(
              BorderCode.BODY_INVALID,
              "body: "
                  + changes.size()
                  + " changes (expected: one of name, contacts, disaster_class, plan)")
          .asException();
    }
    return changes.get(0);
  }

  private static LocalText text(JsonNode node) {
    return new LocalText(node.path("zh").asText(), node.path("en").asText());
  }

  private static DisasterClass disasterClass(JsonNode body) {
    return DisasterClass.valueOf(body.path("disaster_class").asText().toUpperCase(Locale.ROOT));
  }

  private static Plan plan(JsonNode body) {
    return Plan.labelled(body.path("plan").asText()).orElseThrow();
  }

  private static Optional<Quotas> quotas(JsonNode body) {
    var node = body.path("quotas");
    return node.isMissingNode()
        ? Optional.empty()
        : Optional.of(
            new Quotas(
                node.path("app_instances").asInt(),
                node.path("active_cases").asInt(),
                node.path("requests_per_second").asInt(),
                node.path("stored_bytes").asLong()));
  }

  private static List<Contact> contacts(JsonNode body) {
    var contacts = new ArrayList<Contact>();
    for (var node : body.path("contacts")) {
      contacts.add(
          new Contact(
              node.path("name").asText(),
              node.path("role").asText(),
              node.path("phone").asText(""),
              node.path("email").asText("")));
    }
    return contacts;
  }

  private CompletionStage<HttpResponse> get(Call call) {
    return commands
        .<TenantState>read(id(call))
        .thenApply(answer -> Commands.versioned(ok(shape(call.path("tenant"), answer)), answer));
  }

  private static Map<String, Object> shape(String tenant, Answer<TenantState> answer) {
    var state = answer.state();
    return new Fields()
        .with("tenant", tenant)
        .with("name", state.name())
        .with("credit_code", state.creditCode())
        .with("division_code", state.division())
        .with("disaster_class", word(state.disasterClass()))
        .with("plan", state.plan().label())
        .with("quotas", state.quotas())
        .with("contacts", state.contacts().stream().map(TenantRoutes::shape).toList())
        .with("status", answer.status())
        .maybe("reason", state.reason())
        .with("version", answer.version())
        .maybe("registered_at", state.createdAt())
        .with("updated_at", state.updatedAt().orElse(answer.at()))
        .maybe("kept_until", state.retainUntil())
        .map();
  }

  private static Map<String, Object> shape(Contact contact) {
    return new Fields()
        .with("name", contact.name())
        .with("role", contact.role())
        .maybe("phone", contact.phone())
        .maybe("email", contact.email())
        .map();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private CompletionStage<HttpResponse> list(Call call) {
    var status =
        call.parameter("status").map(s -> TenantState.Status.valueOf(s.toUpperCase(Locale.ROOT)));
    var sort =
        call.parameter("sort").filter("updated"::equals).isPresent()
            ? TenantTable.Sort.UPDATED
            : TenantTable.Sort.TENANT;
    return lists.page(
        call, TenantView.NAME, page -> table.list(status, sort, page), TenantRoutes::shape);
  }

  private static Map<String, Object> shape(TenantRow row) {
    return new Fields()
        .with("tenant", row.tenant())
        .with("name", row.name())
        .with("status", row.statusLabel())
        .with("plan", row.plan().label())
        .with("disaster_class", word(row.disasterClass()))
        .with("division_code", row.division())
        .with("credit_code", row.creditCode())
        .with("version", row.version())
        .with("updated_at", row.updatedAt())
        .map();
  }
}

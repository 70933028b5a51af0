package govcloud.node.app;

import static govcloud.node.http.Replies.ok;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.domain.app.AppInstanceCommand;
import govcloud.domain.app.AppInstanceState;
import govcloud.domain.app.AppPlan;
import govcloud.domain.tenant.DisasterClass;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Commands;
import govcloud.node.http.Fields;
import govcloud.node.http.Lists;
import govcloud.node.http.Problem;
import govcloud.node.http.Routes;
import govcloud.node.operation.OperationStarts;
import govcloud.node.tenant.ActiveTenants;
import govcloud.node.tenant.Allowances;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** What can be asked of rented apps over HTTP. */
public final class AppInstanceRoutes {

  /** The disaster class of an app that has none of its own. */
  private static final String INHERITED = "inherited";

  private final Commands commands;
  private final Lists lists;
  private final AppTable table;
  private final ActiveTenants tenants;
  private final Allowances allowances;
  private final OperationStarts starts;

  public AppInstanceRoutes(
      Commands commands,
      Lists lists,
      AppTable table,
      ActiveTenants tenants,
      Allowances allowances,
      OperationStarts starts) {
    this.commands = commands;
    this.lists = lists;
    this.table = table;
    this.tenants = tenants;
    this.allowances = allowances;
    this.starts = starts;
  }

  /** Adds the operations of rented apps. */
  public void register(Routes routes) {
    routes
        .on("listAllApps", this::list)
        .on("listApps", this::list)
        .on("getApp", this::get)
        .on("applyForApp", this::apply)
        .on("approveApp", call -> start(call, new AppInstanceCommand.Approve()))
        .on("refuseApp", call -> change(call, AppInstanceCommand.Refuse::new))
        .on("suspendApp", call -> change(call, AppInstanceCommand.Suspend::new))
        .on("resumeApp", call -> change(call, reason -> new AppInstanceCommand.Resume()))
        .on("changeAppPlan", this::changePlan)
        .on("changeAppDisasterClass", this::changeDisasterClass)
        .on("upgradeApp", this::upgrade)
        .on("terminateApp", this::terminate);
  }

  private static String id(Call call) {
    return "app/" + call.path("tenant") + "/" + call.path("app");
  }

  private CompletionStage<HttpResponse> change(
      Call call, Function<String, AppInstanceCommand> command) {
    return commands.change(call, id(call), command.apply(call.text("reason")));
  }

  private CompletionStage<HttpResponse> start(Call call, AppInstanceCommand command) {
    return commands
        .<AppInstanceState>ask(call, id(call), command)
        .thenCompose(
            answer -> {
              var operation = answer.state().operation();
              return starts
                  .await(call.dryRun() ? "" : operation)
                  .thenApply(there -> Commands.started(call, id(call), answer, operation));
            });
  }

  private CompletionStage<HttpResponse> apply(Call call) {
    var tenant = call.path("tenant");
    var body = call.body();
    return tenants
        .require(tenant)
        .thenCombine(
            allowances.of(tenant),
            (state, allowance) -> requireRoom(tenant, allowance, state.division()))
        .thenCompose(
            area ->
                start(
                    call,
                    new AppInstanceCommand.Apply(
                        tenant,
                        body.path("definition").asText(),
                        body.has("version")
                            ? Optional.of(body.path("version").asInt())
                            : Optional.empty(),
                        plan(body),
                        area,
                        Commands.identifier("op-", call))));
  }

  private static String requireRoom(String tenant, Allowances.Allowance allowance, String area) {
    if (!allowance.anotherApp()) {
      throw Problem.of(
              BorderCode.APP_INSTANCES_EXHAUSTED,
              tenant
                  + ": "
                  + allowance.appInstances()
                  + " apps (expected: < the quota of app_instances)")
          .header("Retry-After", "60")
          .asException();
    }
    return area;
  }

  private CompletionStage<HttpResponse> changePlan(Call call) {
    return commands.change(
        call, id(call), new AppInstanceCommand.ChangePlan(plan(call.body()), ""));
  }

  private CompletionStage<HttpResponse> changeDisasterClass(Call call) {
    var word = call.text("disaster_class");
    var own =
        word.equals(INHERITED)
            ? Optional.<DisasterClass>empty()
            : Optional.of(DisasterClass.valueOf(word.toUpperCase(Locale.ROOT)));
    return commands.change(call, id(call), new AppInstanceCommand.ChangeDisasterClass(own));
  }

  private static String word(Optional<DisasterClass> disasterClass) {
    return disasterClass.map(own -> own.name().toLowerCase(Locale.ROOT)).orElse(INHERITED);
  }

  private CompletionStage<HttpResponse> upgrade(Call call) {
    return start(
        call,
        new AppInstanceCommand.Upgrade(
            call.body().path("version").asInt(), Commands.identifier("op-", call)));
  }

  private CompletionStage<HttpResponse> terminate(Call call) {
    return start(
        call,
        new AppInstanceCommand.Terminate(call.text("reason"), Commands.identifier("op-", call)));
  }

  private static AppPlan plan(JsonNode body) {
    var plan = body.path("plan");
    return new AppPlan(plan.path("seats").asInt(), plan.path("cases").asInt());
  }

  private CompletionStage<HttpResponse> get(Call call) {
    return commands
        .<AppInstanceState>read(id(call))
        .thenApply(answer -> Commands.versioned(ok(shape(call, answer)), answer));
  }

  private static Map<String, Object> shape(Call call, Answer<AppInstanceState> answer) {
    var state = answer.state();
    return new Fields()
        .with("tenant", call.path("tenant"))
        .with("app", call.path("app"))
        .with("definition", state.definition())
        .with("definition_version", state.version())
        .with("plan", state.plan())
        .with("disaster_class", word(state.disasterClass()))
        .with("status", answer.status())
        .maybe("applicant", state.applicant())
        .maybe("area", state.area())
        .maybe("reason", state.reason())
        .maybe("operation", state.operation())
        .with("last_serial", state.lastSerial())
        .with("version", answer.version())
        .maybe("created_at", state.createdAt())
        .with("updated_at", state.updatedAt().orElse(answer.at()))
        .map();
  }

  private CompletionStage<HttpResponse> list(Call call) {
    var status =
        call.parameter("status")
            .map(name -> AppInstanceState.Status.valueOf(name.toUpperCase(Locale.ROOT)));
    return lists.page(
        call,
        AppView.NAME,
        page -> table.list(status, call.parameter("tenant"), page),
        AppInstanceRoutes::shape);
  }

  private static Map<String, Object> shape(AppRow row) {
    return new Fields()
        .with("tenant", row.tenant())
        .with("app", row.app())
        .with("definition", row.definition())
        .with("definition_version", row.definitionVersion())
        .with("plan", row.plan())
        .with("disaster_class", word(row.disasterClass()))
        .with("status", row.statusLabel())
        .maybe("reason", row.reason())
        .maybe("operation", row.operation())
        .with("last_serial", row.numbers())
        .with("version", row.version())
        .with("created_at", row.createdAt())
        .with("updated_at", row.updatedAt())
        .map();
  }
}

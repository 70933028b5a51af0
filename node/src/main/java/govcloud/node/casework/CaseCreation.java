package govcloud.node.casework;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.domain.Actor;
import govcloud.domain.app.AppInstanceCommand;
import govcloud.domain.app.AppInstanceState;
import govcloud.domain.casework.Applicant;
import govcloud.domain.casework.CaseCommand;
import govcloud.domain.casework.CaseState;
import govcloud.node.app.RunningApps;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Commands;
import govcloud.node.http.Fields;
import govcloud.node.http.Foundation;
import govcloud.node.http.Problem;
import govcloud.node.tenant.ActiveTenants;
import govcloud.node.tenant.Allowances;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * Begins a case: the department must be active, its app must run, there must be room, the form must
 * fit; then it gets its number, and then it is there. Sent again, it takes the number it got.
 */
final class CaseCreation {

  private static final List<String> MAY_NUMBER = List.of(Actor.OPERATOR, Actor.IMPORTER);

  private final Commands commands;
  private final ActiveTenants tenants;
  private final RunningApps apps;
  private final Allowances allowances;
  private final CaseForms forms;
  private final SealedCases cases;

  CaseCreation(
      Commands commands,
      ActiveTenants tenants,
      RunningApps apps,
      Allowances allowances,
      CaseForms forms,
      SealedCases cases) {
    this.commands = commands;
    this.tenants = tenants;
    this.apps = apps;
    this.allowances = allowances;
    this.forms = forms;
    this.cases = cases;
  }

  /**
   * What of a new case is settled before it is asked for.
   *
   * @param app consistency token of the app that has given the number; empty: nobody has
   */
  private record Draft(String definition, int version, Optional<String> number, String app) {
    Draft(String definition, int version, Optional<String> number) {
      this(definition, version, number, "");
    }
  }

  CompletionStage<HttpResponse> create(Call call, String caseId) {
    var tenant = call.path("tenant");
    var app = call.path("app");
    var entityId = "case/" + tenant + "/" + app + "/" + caseId;
    requireMayNumber(call);
    return tenants
        .require(tenant)
        .thenCombine(apps.require(tenant, app), (department, running) -> running)
        .thenCompose(
            running ->
                commands
                    .entities()
                    .<CaseState>read(entityId)
                    .thenCombine(
                        allowances.of(tenant),
                        (present, allowance) -> draft(call, running, present, allowance)))
        .thenCompose(draft -> number(call, caseId, draft))
        .thenCompose(
            draft ->
                cases
                    .seal(entityId, command(call, draft), !call.dryRun())
                    .thenCompose(ready -> commands.<CaseState>ask(call, entityId, ready))
                    .thenApply(answer -> receipt(call, entityId, draft, answer)));
  }

  private static void requireMayNumber(Call call) {
    if (call.body().has("number") && !MAY_NUMBER.contains(call.actor().role())) {
      throw Problem.of(
              BorderCode.NUMBER_NOT_ALLOWED,
              "number: given as " + call.actor().role() + " (expected: importer or operator)")
          .asException();
    }
  }

  private Draft draft(
      Call call, AppInstanceState app, Answer<CaseState> present, Allowances.Allowance allowance) {
    var given = Optional.of(call.text("number")).filter(number -> !number.isEmpty());
    if (present.exists()) {
      var state = present.state();
      return new Draft(
          state.definition(), state.version(), given.or(() -> Optional.of(state.number())));
    }
    if (!allowance.anotherCase()) {
      throw Problem.of(
              BorderCode.ACTIVE_CASES_EXHAUSTED,
              call.path("tenant")
                  + ": "
                  + allowance.activeCases()
                  + " active cases (expected: < the quota of active_cases)")
          .header("Retry-After", "60")
          .asException();
    }
    forms.requireCaseForm(app.definition(), app.version(), call.body().path("form"));
    return new Draft(app.definition(), app.version(), given);
  }

  private CompletionStage<Draft> number(Call call, String caseId, Draft draft) {
    Entities entities = commands.entities();
    var app = "app/" + call.path("tenant") + "/" + call.path("app");
    if (draft.number().isPresent()) {
      return call.body().has("number")
          ? CompletableFuture.completedStage(draft)
          : entities
              .<AppInstanceState>read(app)
              .thenApply(answer -> numbered(draft, draft.number().get(), answer));
    }
    var allocate =
        Request.of(new AppInstanceCommand.AllocateNumber(caseId), call.actor())
            .dryRun(call.dryRun())
            .tracedBy(call.traceId());
    return entities
        .<AppInstanceState>ask(app, allocate)
        .thenApply(
            answer -> {
              if (!answer.accepted()) {
                throw Problem.of(answer.refusal()).asException();
              }
              var number = answer.state().recentNumbers().get(caseId).number();
              return numbered(draft, number, answer);
            });
  }

  private static Draft numbered(Draft draft, String number, Answer<AppInstanceState> app) {
    return new Draft(
        draft.definition(), draft.version(), Optional.of(number), app.consistencyToken());
  }

  private static CaseCommand.Create command(Call call, Draft draft) {
    var body = call.body();
    return new CaseCommand.Create(
        call.path("tenant"),
        call.path("app"),
        draft.definition(),
        draft.version(),
        draft.number().orElseThrow(),
        body.path("title").asText(),
        applicant(body.path("applicant")),
        body.path("form").toString(),
        CaseRoutes.attributes(body),
        CaseRoutes.occurredAt(body));
  }

  private static Applicant applicant(JsonNode node) {
    return new Applicant(
        node.path("name").asText(),
        node.path("kind").asText("person"),
        node.path("document_kind").asText(""),
        node.path("document_number").asText(""));
  }

  private HttpResponse receipt(Call call, String entityId, Draft draft, Answer<CaseState> answer) {
    forms.remember(entityId, answer.state());
    var location = "/v1/tenants/%s/apps/%s/cases/%s";
    var caseId = entityId.substring(entityId.lastIndexOf('/') + 1);
    var response =
        Commands.created(
            call,
            entityId,
            answer,
            location.formatted(call.path("tenant"), call.path("app"), caseId),
            new Fields().with("number", answer.state().number()));
    return draft.app().isEmpty() ? response : Foundation.also(response, draft.app());
  }
}

package govcloud.node.casework;

import static govcloud.node.http.Replies.ok;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.domain.casework.Attachment;
import govcloud.domain.casework.CaseCommand;
import govcloud.domain.casework.CaseState;
import govcloud.domain.casework.Material;
import govcloud.node.app.RunningApps;
import govcloud.node.attachment.Attachments;
import govcloud.node.http.Call;
import govcloud.node.http.Commands;
import govcloud.node.http.Lists;
import govcloud.node.http.Routes;
import govcloud.node.projection.Page;
import govcloud.node.tenant.ActiveTenants;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** What can be asked of cases over HTTP. */
public final class CaseRoutes {

  private final Commands commands;
  private final Lists lists;
  private final CaseTable table;
  private final ActiveTenants tenants;
  private final RunningApps apps;
  private final CaseForms forms;
  private final Attachments attachments;
  private final CaseCreation creation;
  private final SealedCases cases;
  private final CaseJson json;

  CaseRoutes(
      Commands commands,
      Lists lists,
      CaseTable table,
      ActiveTenants tenants,
      RunningApps apps,
      CaseForms forms,
      Attachments attachments,
      CaseCreation creation,
      SealedCases cases,
      CaseJson json) {
    this.commands = commands;
    this.lists = lists;
    this.table = table;
    this.tenants = tenants;
    this.apps = apps;
    this.forms = forms;
    this.attachments = attachments;
    this.creation = creation;
    this.cases = cases;
    this.json = json;
  }

  /** Adds the operations of cases. */
  public void register(Routes routes) {
    routes
        .on("listCases", this::list)
        .on("listWorklist", this::worklist)
        .on("createCase", call -> creation.create(call, Commands.identifier("c-", call)))
        .on("putCase", call -> creation.create(call, call.path("case")))
        .on("getCase", this::get)
        .on("actOnCase", this::act)
        .on("commentCase", call -> work(call, b -> new CaseCommand.Comment(text(b, "text"))))
        .on("assignCase", call -> work(call, b -> new CaseCommand.Assign(text(b, "assignee"))))
        .on("noteMaterial", this::material)
        .on("noteDeviation", call -> work(call, CaseRoutes::deviation));
  }

  static String id(Call call) {
    return "case/" + call.path("tenant") + "/" + call.path("app") + "/" + call.path("case");
  }

  private static String text(JsonNode body, String member) {
    return body.path(member).asText("");
  }

  private CompletionStage<Void> allowed(Call call) {
    return tenants
        .require(call.path("tenant"))
        .thenCombine(apps.require(call.path("tenant"), call.path("app")), (tenant, app) -> null);
  }

  private CompletionStage<HttpResponse> work(Call call, Function<JsonNode, CaseCommand> command) {
    return allowed(call)
        .thenCompose(yes -> commands.change(call, id(call), command.apply(call.body())));
  }

  private CompletionStage<HttpResponse> act(Call call) {
    var body = call.body();
    var command =
        new CaseCommand.TakeAction(
            call.path("action"),
            body.has("form") ? body.path("form").toString() : "",
            text(body, "comment"),
            attributes(body),
            occurredAt(body));
    return allowed(call)
        .thenCompose(
            yes -> forms.requireActionForm(id(call), call.path("action"), body.path("form")))
        .thenCompose(fits -> sealed(call, fits, command))
        .thenCompose(ready -> commands.change(call, id(call), ready));
  }

  private CompletionStage<CaseCommand.TakeAction> sealed(
      Call call, CaseForms.Fitting fits, CaseCommand.TakeAction command) {
    SealedForm.requireUnsealed(SealedForm.sealed(command.form()));
    return cases.concern(fits.sealed(), fits.action())
        ? commands
            .<CaseState>read(id(call))
            .thenCompose(
                answer ->
                    cases.seal(id(call), answer.state(), fits.action(), command, !call.dryRun()))
        : CompletableFuture.completedStage(command);
  }

  private CompletionStage<HttpResponse> material(Call call) {
    return allowed(call)
        .thenCompose(yes -> attachment(call))
        .thenCompose(
            attachment -> commands.change(call, id(call), material(call.body(), attachment)));
  }

  private CompletionStage<Optional<Attachment>> attachment(Call call) {
    var named = call.body().path("attachment");
    return named.isMissingNode()
        ? CompletableFuture.completedStage(Optional.empty())
        : attachments
            .require(call.path("tenant"), text(named, "address"), text(named, "file_name"))
            .thenApply(Optional::of);
  }

  private static CaseCommand material(JsonNode body, Optional<Attachment> attachment) {
    return new CaseCommand.RecordMaterial(
        text(body, "name"),
        Material.Kind.valueOf(body.path("kind").asText("electronic").toUpperCase(Locale.ROOT)),
        body.path("required").asBoolean(true),
        body.path("received").asBoolean(attachment.isPresent()),
        attachment);
  }

  private static CaseCommand deviation(JsonNode body) {
    return new CaseCommand.NoteDeviation(
        text(body, "activity"), text(body, "reason"), occurredAt(body), attributes(body));
  }

  static Map<String, String> attributes(JsonNode body) {
    var attributes = new LinkedHashMap<String, String>();
    body.path("attributes")
        .properties()
        .forEach(entry -> attributes.put(entry.getKey(), entry.getValue().asText()));
    return attributes;
  }

  static Optional<Instant> occurredAt(JsonNode body) {
    return body.has("occurred_at")
        ? Optional.of(OffsetDateTime.parse(body.path("occurred_at").asText()).toInstant())
        : Optional.empty();
  }

  private CompletionStage<HttpResponse> get(Call call) {
    return commands
        .<CaseState>read(id(call))
        .thenCompose(
            answer ->
                cases
                    .open(id(call), answer.state())
                    .thenApply(
                        opened ->
                            Commands.versioned(
                                ok(json.whole(call.path("case"), answer, opened, call.actor())),
                                answer)));
  }

  private CompletionStage<HttpResponse> list(Call call) {
    var sort =
        call.parameter("sort").filter("due"::equals).isPresent()
            ? CaseQuery.Sort.DUE
            : CaseQuery.Sort.UPDATED;
    return page(
        call,
        new CaseQuery(
            Optional.of(call.path("app")),
            call.parameter("state"),
            call.parameter("assignee"),
            call.instant("due_before"),
            sort));
  }

  private CompletionStage<HttpResponse> worklist(Call call) {
    return page(
        call,
        new CaseQuery(
            Optional.empty(),
            Optional.empty(),
            call.parameter("assignee"),
            call.instant("due_before"),
            CaseQuery.Sort.DUE));
  }

  private CompletionStage<HttpResponse> page(Call call, CaseQuery query) {
    return lists.page(
        call,
        CaseView.NAME,
        page ->
            table
                .list(call.path("tenant"), query, page)
                .thenCompose(
                    rows ->
                        cases
                            .openRows(rows.items())
                            .thenApply(opened -> new Page<>(opened, rows.nextPageToken()))),
        json::row);
  }
}

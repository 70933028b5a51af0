package govcloud.node.recall;

import govcloud.domain.Refusal;
import govcloud.domain.recall.RecallCommand;
import govcloud.domain.recall.RecallRefusal;
import govcloud.domain.recall.RecallState;
import govcloud.domain.recall.RecallState.Told;
import govcloud.domain.sharing.DataResource;
import govcloud.domain.sharing.ResourceState;
import govcloud.domain.sharing.ResourceState.Version;
import govcloud.node.exchange.ExchangeView;
import govcloud.node.http.Call;
import govcloud.node.http.Commands;
import govcloud.node.http.Fields;
import govcloud.node.http.Lists;
import govcloud.node.http.Problem;
import govcloud.node.http.Routes;
import govcloud.node.sharing.SharingIds;
import govcloud.node.tenant.ActiveTenants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Recalls over HTTP: the provider issues them, those who received the wrong values acknowledge. */
public final class RecallRoutes {

  private static final String NAME = RecallView.NAME;

  private final Commands commands;
  private final Lists lists;
  private final RecallTable table;
  private final Recipients recipients;
  private final ActiveTenants tenants;

  /** Routes; nothing asked yet. */
  public RecallRoutes(
      Commands commands,
      Lists lists,
      RecallTable table,
      Recipients recipients,
      ActiveTenants tenants) {
    this.commands = commands;
    this.lists = lists;
    this.table = table;
    this.recipients = recipients;
    this.tenants = tenants;
  }

  /** Adds the operations of recalls. */
  public void register(Routes routes) {
    routes
        .on("issueRecall", this::issue)
        .on("acknowledgeRecall", this::acknowledge)
        .on(
            "listRecalls",
            call ->
                lists.page(
                    call,
                    NAME,
                    page -> table.issuedBy(call.path("tenant"), page),
                    row -> shape(row, row.state().receivers(), false)))
        .on(
            "listReceivedRecalls",
            call ->
                lists.page(
                    call,
                    NAME,
                    page -> table.receivedBy(call.path("tenant"), page),
                    row -> shape(row, receivers(row, call.path("tenant")), true)))
        .on(
            "listAllRecalls",
            call ->
                lists.page(
                    call, NAME, table::all, row -> shape(row, row.state().receivers(), true)));
  }

  private CompletionStage<HttpResponse> issue(Call call) {
    var provider = call.path("tenant");
    var id = RecallView.id(provider, call.path("recall"));
    return tenants
        .require(provider)
        .thenCompose(
            active ->
                commands.<ResourceState>read(SharingIds.resource(provider, call.text("resource"))))
        .thenApply(answer -> matter(call, answer.state()))
        .thenCompose(
            matter ->
                commands.<RecallState>ask(call, id, new RecallCommand.Issue(provider, matter)))
        .thenCompose(
            answer -> {
              var response =
                  Commands.created(
                      call, id, answer, "/v1/tenants/" + provider + "/recalls", new Fields());
              return call.dryRun()
                  ? CompletableFuture.completedStage(response)
                  : told(id, answer.state()).thenApply(done -> response);
            });
  }

  /** It is issued whatever becomes of the first look: there is another one soon. */
  private CompletionStage<Void> told(String id, RecallState state) {
    return recipients
        .tell(id, state, state.matter().orElseThrow(), state.issuedAt().orElseThrow())
        .exceptionally(failure -> null);
  }

  private static RecallState.Matter matter(Call call, ResourceState resource) {
    var content = resource.newest().map(Version::content).orElseThrow();
    List<String> fields = new ArrayList<>();
    call.body().path("fields").forEach(name -> fields.add(name.asText()));
    fields.stream()
        .filter(name -> content.item(name).isEmpty())
        .findFirst()
        .ifPresent(name -> unknown(name, content));
    return new RecallState.Matter(
        content.owner(),
        content.id(),
        content.title().zh(),
        content.title().en(),
        ExchangeView.listOf(call.body().path("subject").path("number").asText()),
        fields,
        Instant.parse(call.text("since")),
        call.text("reason"));
  }

  private static void unknown(String name, DataResource content) {
    throw Problem.of(
            Refusal.of(
                RecallRefusal.RECALL_INVALID,
                "fields: %s (expected: items of %s)".formatted(name, content.id())))
        .asException();
  }

  private CompletionStage<HttpResponse> acknowledge(Call call) {
    var consumer = call.path("tenant");
    return tenants
        .require(consumer)
        .thenCompose(
            active ->
                commands.change(
                    call,
                    received(consumer, call.path("owner"), call.path("recall")),
                    new RecallCommand.Acknowledge(consumer, call.text("case"), call.text("note"))));
  }

  private static String received(String consumer, String issuer, String recall) {
    return issuer.indexOf('@') < 0
        ? RecallView.id(issuer, recall)
        : RecallView.arrived(consumer, issuer, recall);
  }

  private static List<Told> receivers(RecallRow row, String consumer) {
    return row.state().receivers().stream()
        .filter(one -> one.receiver().consumer().equals(consumer))
        .toList();
  }

  /**
   * A recall with those of its receivers that the reader may know of.
   *
   * @param names whether the reader may know which clerk asked
   */
  private static Map<String, Object> shape(RecallRow row, List<Told> receivers, boolean names) {
    return common(row)
        .with("receivers", receivers.stream().map(told -> shape(told, names)).toList())
        .map();
  }

  /** A recall for its data subject: which offices, and nobody's name. */
  public static Map<String, Object> shape(RecallRow row) {
    return common(row)
        .with(
            "offices",
            row.state().receivers().stream()
                .map(one -> one.receiver().consumer())
                .distinct()
                .toList())
        .map();
  }

  private static Fields common(RecallRow row) {
    var matter = row.state().matter().orElseThrow();
    return new Fields()
        .with("provider", row.issuer())
        .with("recall", row.name())
        .with("status", row.state().status().name().toLowerCase(Locale.ROOT))
        .with("resource", matter.resource())
        .with("name_zh", matter.nameZh())
        .with("name_en", matter.nameEn())
        .with("fields", matter.fields())
        .with("since", matter.since())
        .with("reason", matter.reason())
        .maybe("issued_at", row.state().issuedAt())
        .maybe("due", row.state().due())
        .with("escalated", row.state().escalated())
        .with("waiting", row.state().waiting());
  }

  private static Map<String, Object> shape(Told told, boolean names) {
    var one = told.receiver();
    return new Fields()
        .with("office", one.consumer())
        .with("case", one.caseId())
        .maybe("person", Optional.of(one.person()).filter(person -> names))
        .with("exchange", one.exchange())
        .with("index", one.index())
        .maybe("note", told.acknowledged().map(RecallState.Acknowledgement::note))
        .maybe("acknowledged_at", told.acknowledged().map(RecallState.Acknowledgement::at))
        .map();
  }
}

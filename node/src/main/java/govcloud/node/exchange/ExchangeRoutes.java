package govcloud.node.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.domain.sharing.CanonicalJson;
import govcloud.exchange.JsonBytes;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Fields;
import govcloud.node.http.Json;
import govcloud.node.http.Lists;
import govcloud.node.http.Problem;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Queries to other departments, and who asked for data of somebody. */
final class ExchangeRoutes {

  private static final String NOW = "now";
  private static final String CALLBACK = "callback";

  private final Optional<Gateway> gateway;
  private final Optional<Deferral> deferral;
  private final Optional<Callbacks> callbacks;
  private final Lists lists;
  private final ExchangeTable table;

  /**
   * Routes.
   *
   * @param gateway none: this cloud has no ledger, so nothing is exchanged
   * @param deferral none: likewise
   * @param callbacks none: likewise
   */
  ExchangeRoutes(
      Optional<Gateway> gateway,
      Optional<Deferral> deferral,
      Optional<Callbacks> callbacks,
      Lists lists,
      ExchangeTable table) {
    this.gateway = gateway;
    this.deferral = deferral;
    this.callbacks = callbacks;
    this.lists = lists;
    this.table = table;
  }

  void register(Routes routes) {
    routes.on("queryExchange", this::query).on("searchAccesses", this::accesses);
  }

  static RuntimeException off() {
    return Problem.of(
            BorderCode.EXCHANGE_OFF,
            "govcloud.exchange.ledger-key: none (expected: a key, so that queries can be recorded)")
        .asException();
  }

  private CompletionStage<HttpResponse> query(Call call) {
    var message = message(call);
    var delivery = call.body().path("delivery").asText(NOW);
    if (delivery.equals(NOW)) {
      return gateway
          .orElseThrow(ExchangeRoutes::off)
          .query(message)
          .thenApply(ExchangeRoutes::reply);
    }
    var asking =
        delivery.equals(CALLBACK)
            ? callbacks.orElseThrow(ExchangeRoutes::off).ask(message)
            : deferral.orElseThrow(ExchangeRoutes::off).ask(message);
    return asking.thenApply(
        asked -> asked.outcome().map(ExchangeRoutes::reply).orElseGet(() -> kept(asked)));
  }

  /** The provider is away: where it is told what became of the query. */
  private static HttpResponse kept(Deferral.Asked asked) {
    var query = asked.deferred().orElseThrow();
    return Replies.header(
        Replies.json(202, DeferredRoutes.shape(query).map()),
        "Location",
        "/v1/tenants/%s/exchange/deferred/%s".formatted(query.consumer(), query.id()));
  }

  /** What a call asks for. */
  static Message message(Call call) {
    var body = call.body();
    var cited = body.path("case");
    return new Message(
        call.path("tenant"),
        call.path("agreement"),
        call.actor(),
        cited.path("app").asText(),
        cited.path("case").asText(),
        body.path("subject").path("number").asText(),
        body.path("subject").path("kind").asText("person"),
        MessageJson.texts(body.path("fields")),
        MessageJson.claims(body.path("claims")),
        call.idempotencyKey(),
        call.nonce(),
        hash(call),
        Optional.empty(),
        false,
        false,
        Optional.empty());
  }

  private static String hash(Call call) {
    ObjectNode all = Json.mapper().createObjectNode();
    all.put("agreement", call.path("agreement"));
    all.put("person", call.actor().person());
    all.put("role", call.actor().role());
    all.set("body", call.body());
    return CanonicalJson.sha256(JsonBytes.of(all));
  }

  private static HttpResponse reply(Outcome outcome) {
    if (outcome.refusal().isPresent()) {
      throw refused(outcome);
    }
    return Replies.ok(ExchangeShape.answer(outcome));
  }

  /** The problem that says why nothing is let out. */
  static RuntimeException refused(Outcome outcome) {
    return Problem.of(outcome.refusal().orElseThrow())
        .with("explanation", ExchangeShape.explanation(outcome.explanation()))
        .with("evidence", ExchangeShape.evidence(outcome))
        .asException();
  }

  private CompletionStage<HttpResponse> accesses(Call call) {
    var subject = call.body().path("subject").asText();
    return lists.page(
        call, ExchangeView.NAME, page -> table.about(subject, page), ExchangeRoutes::shape);
  }

  private static Object shape(ExchangeRow row) {
    return new Fields()
        .with("exchange", row.id())
        .with("at", row.at())
        .with("office", row.consumer())
        .with("provider", row.provider())
        .with("role", row.role())
        .with("person", row.person())
        .with("case", row.caseId())
        .with("agreement", row.agreement())
        .with("resource", row.resource())
        .with("name_zh", row.nameZh())
        .with("name_en", row.nameEn())
        .with("purpose", row.purpose())
        .with("legal_basis", row.legalBasis())
        .with("fields", row.fields())
        .with("masked", row.masked())
        .with("outcome", row.code().isEmpty() ? "permitted" : "refused")
        .with("code", row.code())
        .with("log", row.log())
        .with("index", row.index())
        .map();
  }
}

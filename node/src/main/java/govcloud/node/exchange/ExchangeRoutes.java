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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Queries to other departments, and who asked for data of somebody. */
final class ExchangeRoutes {

  private final Optional<Gateway> gateway;
  private final Lists lists;
  private final ExchangeTable table;

  /**
   * Routes.
   *
   * @param gateway none: this cloud has no ledger, so nothing is exchanged
   */
  ExchangeRoutes(Optional<Gateway> gateway, Lists lists, ExchangeTable table) {
    this.gateway = gateway;
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
    return gateway
        .orElseThrow(ExchangeRoutes::off)
        .query(message(call))
        .thenApply(ExchangeRoutes::reply);
  }

  private static Message message(Call call) {
    var body = call.body();
    var cited = body.path("case");
    List<String> fields = new ArrayList<>();
    body.path("fields").forEach(name -> fields.add(name.asText()));
    Map<String, String> claims = new TreeMap<>();
    body.path("claims")
        .properties()
        .forEach(claim -> claims.put(claim.getKey(), claim.getValue().asText()));
    return new Message(
        call.path("tenant"),
        call.path("agreement"),
        call.actor(),
        cited.path("app").asText(),
        cited.path("case").asText(),
        body.path("subject").path("number").asText(),
        body.path("subject").path("kind").asText("person"),
        fields,
        claims,
        call.idempotencyKey(),
        call.nonce(),
        hash(call),
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
      throw Problem.of(outcome.refusal().get())
          .with("explanation", explanation(outcome))
          .with("evidence", evidence(outcome))
          .asException();
    }
    var record = outcome.record();
    return Replies.ok(
        new Fields()
            .with("agreement", record.agreement())
            .with("resource", record.resource())
            .with("purpose", record.purpose())
            .with("legal_basis", record.legalBasis())
            .with("records", outcome.records())
            .with("masked", record.masked())
            .with("explanation", explanation(outcome))
            .with("evidence", evidence(outcome))
            .with("replayed", outcome.replayed())
            .map());
  }

  private static Map<String, Object> explanation(Outcome outcome) {
    return new Fields()
        .with("zh", outcome.explanation().zh())
        .with("en", outcome.explanation().en())
        .map();
  }

  private static Map<String, Object> evidence(Outcome outcome) {
    return new Fields()
        .with("exchange", outcome.record().id())
        .with("log", outcome.record().log())
        .with("index", outcome.record().index())
        .map();
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

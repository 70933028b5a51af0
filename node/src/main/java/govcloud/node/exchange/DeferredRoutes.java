package govcloud.node.exchange;

import govcloud.node.exchange.DeferredQuery.State;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Fields;
import govcloud.node.http.Problem;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** What became of queries whose provider was away. */
final class DeferredRoutes {

  private final Optional<Deferral> deferral;

  /**
   * Routes.
   *
   * @param deferral none: this cloud has no ledger, so nothing is exchanged
   */
  DeferredRoutes(Optional<Deferral> deferral) {
    this.deferral = deferral;
  }

  void register(Routes routes) {
    routes
        .on("getDeferredQuery", this::get)
        .on("listDeferredQueries", this::list)
        .on("listUndeliveredQueries", this::undelivered);
  }

  private Deferral open() {
    return deferral.orElseThrow(ExchangeRoutes::off);
  }

  /** Whoever asked may know what came of it; for any other it is as if there were nothing. */
  private static Predicate<DeferredQuery> own(Call call) {
    return query -> query.person().equals(call.actor().person());
  }

  private CompletionStage<HttpResponse> get(Call call) {
    var id = call.path("query");
    return open()
        .find(call.path("tenant"), id)
        .thenApply(
            found ->
                found
                    .filter(one -> own(call).test(one.query()))
                    .map(one -> Replies.ok(shape(one)))
                    .orElseThrow(
                        () ->
                            Problem.of(
                                    BorderCode.NOT_FOUND,
                                    "deferred query " + id + ": none (expected: one of yours)")
                                .asException()));
  }

  private CompletionStage<HttpResponse> list(Call call) {
    return open()
        .table()
        .of(call.path("tenant"))
        .thenApply(all -> reply(all.stream().filter(own(call))));
  }

  private CompletionStage<HttpResponse> undelivered(Call call) {
    return open().table().undelivered().thenApply(all -> reply(all.stream()));
  }

  private static HttpResponse reply(Stream<DeferredQuery> queries) {
    var items = queries.map(query -> shape(query).map()).toList();
    return Replies.ok(new Fields().with("items", items).map());
  }

  /** With what came of it. */
  static Object shape(Deferral.Found found) {
    var told = found.query().state() == State.DELIVERED ? "answer" : "refusal";
    return shape(found.query()).maybe(told, found.told()).map();
  }

  /** Without what was asked and answered. */
  static Fields shape(DeferredQuery query) {
    var fields =
        new Fields()
            .with("id", query.id())
            .with("consumer", query.consumer())
            .with("agreement", query.agreement())
            .with("state", DeferredTable.word(query.state()))
            .with("accepted_at", query.acceptedAt())
            .with("until", query.until())
            .with("attempts", query.attempts())
            .maybe("code", query.code());
    return query.state() == State.WAITING ? fields.with("next_at", query.nextAt()) : fields;
  }
}

package govcloud.node.exchange;

import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Fields;
import govcloud.node.http.Problem;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Where departments want to be told, and what could not be told. */
final class CallbackRoutes {

  private final Optional<Callbacks> callbacks;

  /**
   * Routes.
   *
   * @param callbacks none: this cloud has no ledger, so nothing is exchanged
   */
  CallbackRoutes(Optional<Callbacks> callbacks) {
    this.callbacks = callbacks;
  }

  void register(Routes routes) {
    routes
        .on("declareCallback", this::declare)
        .on("getCallback", this::get)
        .on("withdrawCallback", this::withdraw)
        .on("listUndeliveredCallbacks", this::undelivered);
  }

  private Callbacks open() {
    return callbacks.orElseThrow(ExchangeRoutes::off);
  }

  private CompletionStage<HttpResponse> declare(Call call) {
    return open()
        .declare(call.path("tenant"), call.text("address"), call.actor().person())
        .thenApply(callback -> Replies.ok(shape(callback)));
  }

  private CompletionStage<HttpResponse> get(Call call) {
    return find(call).thenApply(callback -> Replies.ok(shape(callback)));
  }

  private CompletionStage<Callback> find(Call call) {
    var consumer = call.path("tenant");
    return open()
        .table()
        .find(consumer)
        .thenApply(
            found ->
                found.orElseThrow(
                    () ->
                        Problem.of(
                                BorderCode.NOT_FOUND,
                                "callback of " + consumer + ": none (expected: one declared)")
                            .asException()));
  }

  private CompletionStage<HttpResponse> withdraw(Call call) {
    return find(call)
        .thenCompose(
            callback ->
                open()
                    .table()
                    .withdraw(callback.consumer())
                    .thenApply(done -> Replies.ok(shape(callback))));
  }

  private Object shape(Callback callback) {
    return new Fields()
        .with("address", callback.address())
        .with("declared_by", callback.declaredBy())
        .with("declared_at", callback.declaredAt())
        .with("key", open().keyId())
        .map();
  }

  private CompletionStage<HttpResponse> undelivered(Call call) {
    return open()
        .table()
        .givenUp()
        .thenApply(
            all ->
                Replies.ok(
                    new Fields()
                        .with("items", all.stream().map(CallbackRoutes::shape).toList())
                        .map()));
  }

  private static Object shape(Callback.Delivery one) {
    return new Fields()
        .with("consumer", one.consumer())
        .with("kind", one.kind().name().toLowerCase(Locale.ROOT))
        .with("id", one.id())
        .with("since", one.since())
        .with("attempts", one.attempts())
        .map();
  }
}

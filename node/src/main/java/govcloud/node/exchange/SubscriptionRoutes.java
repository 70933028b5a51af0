package govcloud.node.exchange;

import govcloud.node.exchange.Subscriptions.Page;
import govcloud.node.exchange.Subscriptions.Told;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Fields;
import govcloud.node.http.Problem;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Subscriptions to changes, and the changes. */
final class SubscriptionRoutes {

  private static final Duration LOOK = Duration.ofMillis(250);

  private final Optional<Subscriptions> subscriptions;
  private final Optional<Callbacks> callbacks;
  private final Duration patience;
  private final InstantSource clock;

  /**
   * Routes.
   *
   * @param subscriptions none: this cloud has no ledger, so nothing is exchanged
   * @param callbacks none: likewise
   * @param patience how long a change may lie that nobody fetches
   */
  SubscriptionRoutes(
      Optional<Subscriptions> subscriptions,
      Optional<Callbacks> callbacks,
      Duration patience,
      InstantSource clock) {
    this.subscriptions = subscriptions;
    this.callbacks = callbacks;
    this.patience = patience;
    this.clock = clock;
  }

  void register(Routes routes) {
    routes
        .on("subscribe", this::subscribe)
        .on("listSubscriptions", this::list)
        .on("getSubscription", call -> find(call).thenApply(one -> Replies.ok(shape(one))))
        .on("endSubscription", this::end)
        .on("readChanges", this::changes)
        .on("listUnfetchedSubscriptions", this::unfetched);
  }

  private Subscriptions open() {
    return subscriptions.orElseThrow(ExchangeRoutes::off);
  }

  private CompletionStage<HttpResponse> subscribe(Call call) {
    var until = Optional.of(call.text("until")).filter(text -> !text.isEmpty()).map(Instant::parse);
    var message = ExchangeRoutes.message(call);
    var made =
        call.body().path("callback").asBoolean()
            ? callbacks.orElseThrow(ExchangeRoutes::off).subscribe(message, until)
            : open().subscribe(message, until);
    return made.thenApply(
        one ->
            Replies.header(
                Replies.json(201, shape(one)),
                "Location",
                "/v1/tenants/%s/exchange/subscriptions/%s".formatted(one.consumer(), one.id())));
  }

  /** Whoever subscribed is told; for any other it is as if there were nothing. */
  private static boolean isOwn(Call call, Subscription one) {
    return one.person().equals(call.actor().person());
  }

  private CompletionStage<Subscription> find(Call call) {
    var id = call.path("subscription");
    return open()
        .table()
        .find(call.path("tenant"), id)
        .thenApply(
            found ->
                found
                    .filter(one -> isOwn(call, one))
                    .orElseThrow(
                        () ->
                            Problem.of(
                                    BorderCode.NOT_FOUND,
                                    "subscription " + id + ": none (expected: one of yours)")
                                .asException()));
  }

  private CompletionStage<HttpResponse> list(Call call) {
    return open()
        .table()
        .of(call.path("tenant"))
        .thenApply(all -> reply(all.stream().filter(one -> isOwn(call, one)).map(this::shape)));
  }

  private CompletionStage<HttpResponse> unfetched(Call call) {
    var now = clock.instant();
    return open()
        .table()
        .behind(now.minus(patience), now)
        .thenApply(all -> reply(all.stream().map(one -> outside(one).map())));
  }

  private static HttpResponse reply(Stream<Object> subscriptions) {
    return Replies.ok(new Fields().with("items", subscriptions.toList()).map());
  }

  private CompletionStage<HttpResponse> end(Call call) {
    return find(call)
        .thenCompose(open()::end)
        .thenCompose(done -> find(call))
        .thenApply(one -> Replies.ok(shape(one)));
  }

  private CompletionStage<HttpResponse> changes(Call call) {
    var after =
        call.parameter("after")
            .map(Long::parseLong)
            .map(OptionalLong::of)
            .orElse(OptionalLong.empty());
    var wait = Duration.ofSeconds(call.parameter("wait").map(Long::parseLong).orElse(0L));
    return changes(call, after, clock.instant().plus(wait))
        .thenApply(page -> Replies.ok(shape(page)));
  }

  /** Each look goes the whole way: an agreement that ends meanwhile ends the waiting. */
  private CompletionStage<Page> changes(Call call, OptionalLong after, Instant until) {
    return find(call)
        .thenCompose(one -> open().changes(one, after, false))
        .thenCompose(
            page ->
                page.told().isEmpty() && clock.instant().isBefore(until)
                    ? later(call)
                        .thenCompose(done -> changes(call, OptionalLong.of(page.next()), until))
                    : CompletableFuture.completedStage(page));
  }

  private static CompletionStage<Void> later(Call call) {
    call.workDone().run();
    return CompletableFuture.runAsync(
        () -> {}, CompletableFuture.delayedExecutor(LOOK.toMillis(), TimeUnit.MILLISECONDS));
  }

  private Object shape(Subscription one) {
    var message = open().message(one);
    return outside(one).maybe("case", message.cited()).with("fields", message.fields()).map();
  }

  /** Without what was subscribed to. */
  private Fields outside(Subscription one) {
    return new Fields()
        .with("id", one.id())
        .with("consumer", one.consumer())
        .with("agreement", one.agreement())
        .with("provider", one.provider())
        .with("state", one.isActiveAt(clock.instant()) ? "active" : "ended")
        .with("created_at", one.createdAt())
        .with("until", one.until())
        .with("acknowledged", one.acknowledged());
  }

  static Object shape(Page page) {
    return new Fields()
        .with("changes", page.told().stream().map(SubscriptionRoutes::shape).toList())
        .with("next", page.next())
        .with("more", page.more())
        .map();
  }

  private static Object shape(Told told) {
    var outcome = told.outcome();
    var fields =
        new Fields()
            .with("sequence", told.change().sequence())
            .with("id", outcome.record().id())
            .with("at", told.change().at());
    return outcome.refusal().isPresent()
        ? fields.with("refusal", ExchangeShape.refusal(outcome)).map()
        : fields.with("answer", ExchangeShape.answer(outcome)).map();
  }
}

package govcloud.node.http;

import govcloud.domain.Actor;
import govcloud.node.http.ConcurrencyLimit.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.Connection;
import org.apache.pekko.http.javadsl.model.headers.TimeoutAccess;

/**
 * Takes every request from the socket to its endpoint: trace, door, operation, parameters, rate,
 * body; and every answer and failure back. Nothing of a request is used before it fits the
 * contract.
 */
public final class Border {

  private static final String TENANT = "{tenant}";
  private static final Connection CLOSE = Connection.create("close");

  private final ActorSystem<?> system;
  private final RequestBodies bodies;
  private final Contract contract;
  private final Routes routes;
  private final Door door;
  private final Tenancy tenancy;
  private final Threshold threshold;
  private final ConcurrencyLimits places;
  private final Witness witness;
  private final Supplier<String> traceDigits;

  /**
   * The border of a node.
   *
   * @param door lets requests in or keeps them out
   * @param threshold keeps out what comes too often or is for another host
   * @param places how many requests are worked on at the same time
   * @param witness sees every request and what became of it
   * @param traceDigits gives 80 random hexadecimal digits that nobody can guess
   */
  public Border(
      ActorSystem<?> system,
      HttpSettings settings,
      Contract contract,
      Routes routes,
      Door door,
      Tenancy tenancy,
      Threshold threshold,
      ConcurrencyLimits places,
      Witness witness,
      Supplier<String> traceDigits) {
    this.system = system;
    this.bodies = new RequestBodies(system, settings);
    this.contract = contract;
    this.routes = routes;
    this.door = door;
    this.tenancy = tenancy;
    this.threshold = threshold;
    this.places = places;
    this.witness = witness;
    this.traceDigits = traceDigits;
    routes.requireComplete(contract);
  }

  /** Answers a request; the stage never fails. */
  public CompletionStage<HttpResponse> handle(HttpRequest arrived) {
    var trace = TraceContext.of(Requests.header(arrived, "traceparent"), traceDigits);
    var path = arrived.getUri().getPathString();
    var request = Visit.begin(arrived, path, trace.traceId());
    var place = new Place();
    limitTime(request, path, trace, place);
    CompletionStage<HttpResponse> answer;
    try {
      answer = admit(request, path, trace, place);
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedStage(e);
    }
    return answer.handle(
        (response, failure) -> {
          if (failure != null || !place.isHandedOn()) {
            place.leave();
          }
          var given = failure == null ? response : refuse(request, path, failure, trace.traceId());
          witness.answered(Visit.of(request), given.status().intValue());
          return SecurityHeaders.on(given, trace);
        });
  }

  /**
   * Something came that was no request, or a connection too many.
   *
   * @param source the address from which it came
   * @param code why it was turned away
   * @param what in words; may hold what the sender wrote
   */
  void unreadable(String source, String code, String what) {
    witness.unreadable(source, code, what);
  }

  /** Pekko ends the connection behind a late answer, which has to say so as well. */
  private void limitTime(HttpRequest request, String path, TraceContext trace, Place place) {
    request
        .getHeader(TimeoutAccess.class)
        .ifPresent(
            access ->
                access
                    .timeoutAccess()
                    .updateHandler(
                        late -> {
                          place.leave();
                          return SecurityHeaders.on(
                              Replies.problem(
                                      Failures.late(late.method().name()), path, trace.traceId())
                                  .addHeader(CLOSE),
                              trace);
                        }));
  }

  private HttpResponse refuse(HttpRequest request, String path, Throwable failure, String traceId) {
    var problem = Failures.problem(failure, traceId);
    Visit.of(request).refusedFor(problem.code());
    var answer = Replies.problem(problem, path, traceId);
    return bodies.discard(request, problem) ? answer : answer.addHeader(CLOSE);
  }

  private CompletionStage<HttpResponse> admit(
      HttpRequest request, String path, TraceContext trace, Place place) {
    threshold.require(request);
    var segments = Contract.segments(path);
    var here = contract.at(segments);
    var method = request.method().name();
    var operation = here.stream().filter(o -> o.method().equals(method)).findFirst();
    operation.ifPresent(o -> Visit.of(request).asks(o.id(), o.valueOf(TENANT, segments)));
    if (operation.isPresent() && operation.get().open()) {
      return limit(
              operation.get(),
              segments,
              request,
              trace,
              place,
              (id, tenant, named) -> door.stranger(named))
          .thenApply(
              response ->
                  Visit.of(request)
                      .again()
                      .map(again -> standing(request, trace, response, again))
                      .orElse(response));
    }
    operation.ifPresent(o -> requireRoom(o, o.valueOf(TENANT, segments)));
    return door.open(request)
        .thenCompose(
            guest ->
                enter(
                    required(here, operation, path, method),
                    segments,
                    request,
                    trace,
                    place,
                    guest));
  }

  private static Operation required(
      List<Operation> here, Optional<Operation> operation, String path, String method) {
    if (here.isEmpty()) {
      throw Problem.of(BorderCode.PATH_UNKNOWN, path + ": no such path (see /openapi.yaml)")
          .asException();
    }
    return operation.orElseThrow(
        () -> {
          var allowed =
              here.stream().map(Operation::method).sorted().collect(Collectors.joining(", "));
          return Problem.of(
                  BorderCode.METHOD_NOT_ALLOWED, method + ": not here (expected: " + allowed + ")")
              .header("Allow", allowed)
              .asException();
        });
  }

  private CompletionStage<HttpResponse> enter(
      Operation operation,
      List<String> segments,
      HttpRequest request,
      TraceContext trace,
      Place place,
      Door.Guest guest) {
    var tenant = operation.valueOf(TENANT, segments);
    requirePlace(places.of(operation, tenant.isPresent()), tenant, place);
    Supplier<CompletionStage<?>> again =
        () ->
            door.again(request)
                .thenAccept(known -> known.enter(operation.id(), tenant, named(request)));
    var answer =
        limit(operation, segments, request, trace, place, guest)
            .thenApply(response -> standing(request, trace, response, again));
    return operation.streaming() == Operation.Streaming.ANSWER
        ? answer.thenApply(response -> StreamedAnswer.holding(place, response, system))
        : answer;
  }

  private HttpResponse standing(
      HttpRequest request,
      TraceContext trace,
      HttpResponse response,
      Supplier<CompletionStage<?>> again) {
    var visit = Visit.of(request);
    return new StandingAnswer(
            again, visit.path(), trace.traceId(), why -> witness.ended(visit, why.code()))
        .watched(response);
  }

  private static Optional<Actor> named(HttpRequest request) {
    return ActingAs.read(Requests.header(request, "Govcloud-Acting-As"));
  }

  /**
   * What has no place is turned away before it is asked who it is: that costs more than all the
   * rest of a refusal. Strangers take no place by it.
   */
  private void requireRoom(Operation operation, Optional<String> tenant) {
    var limit = places.of(operation, tenant.isPresent());
    if (!limit.hasRoom(tenant)) {
      throw overloaded(limit);
    }
  }

  private static void requirePlace(ConcurrencyLimit limit, Optional<String> tenant, Place place) {
    if (!place.take(limit, tenant)) {
      throw overloaded(limit);
    }
  }

  private static ProblemException overloaded(ConcurrencyLimit limit) {
    return Problem.of(
            BorderCode.OVERLOADED,
            "requests under way on this node: %d (expected: fewer than %d, and room for others)"
                .formatted(limit.underWay(), limit.limit()))
        .header("Retry-After", "1")
        .asException();
  }

  private CompletionStage<HttpResponse> limit(
      Operation operation,
      List<String> segments,
      HttpRequest request,
      TraceContext trace,
      Place place,
      Door.Guest guest) {
    var parameters = Requests.parameters(operation, segments, request);
    var actor = guest.enter(operation.id(), operation.valueOf(TENANT, segments), named(request));
    if (!operation.open()) {
      Visit.of(request).isBy(actor);
      threshold.rates().requireOfAccount(actor);
    }
    var tenant = operation.valueOf(TENANT, segments).orElse(null);
    if (tenant == null) {
      return call(operation, request, parameters, actor, trace, place);
    }
    requireOpen(operation, tenant);
    return tenancy
        .requestsPerSecond(tenant)
        .thenCompose(
            rate -> {
              var grant = threshold.rates().ofTenant(tenant, rate);
              if (!grant.allowed()) {
                tenancy.countRefused(tenant);
                throw RequestRates.tooMany("tenant", tenant, grant).asException();
              }
              tenancy.countAllowed(tenant);
              return call(operation, request, parameters, actor, trace, place)
                  .thenApply(
                      response ->
                          Replies.header(
                              Replies.header(response, "RateLimit", grant.header("tenant")),
                              "RateLimit-Policy",
                              grant.policy("tenant")));
            });
  }

  /** Strangers learn that it is closed; people of the house move it forward. */
  private void requireOpen(Operation operation, String tenant) {
    var closed = tenancy.closed(tenant);
    if (closed.isPresent()) {
      if (!operation.open()) {
        tenancy.want(tenant);
      }
      throw closed.get().asException();
    }
  }

  private CompletionStage<HttpResponse> call(
      Operation operation,
      HttpRequest arrived,
      Map<String, String> parameters,
      Actor actor,
      TraceContext trace,
      Place place) {
    var endpoint = routes.find(operation.id()).orElseThrow();
    var request = DigestCheck.of(arrived);
    return bodies
        .read(operation, request)
        .thenCompose(
            body ->
                admitted(
                    endpoint,
                    new Call(
                        operation.id(),
                        request,
                        parameters,
                        body,
                        actor,
                        trace.traceId(),
                        trace.nonce(),
                        place::leave)));
  }

  private CompletionStage<HttpResponse> admitted(Endpoint endpoint, Call call) {
    var visit = Visit.of(call.request());
    return witness
        .admit(visit)
        .thenCompose(
            written -> {
              visit.admit();
              return endpoint.answer(call);
            });
  }
}

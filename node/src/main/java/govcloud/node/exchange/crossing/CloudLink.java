package govcloud.node.exchange.crossing;

import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.node.http.Failures;
import govcloud.node.tls.NodeTls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.pattern.CircuitBreaker;

/**
 * The way to other clouds' doors. Where one node does not answer, another is asked, each time with
 * a message signed anew, since nobody takes the same one twice. A cloud that does not answer five
 * times is left alone for ten seconds.
 */
public final class CloudLink {

  /** Where queries are posted. */
  public static final String PATH = "/exchange/v1/queries";

  /** Most bytes of an answer. */
  public static final int LARGEST_ANSWER = 16 << 20;

  private static final int OK = 200;
  private static final int MOST_TRIES = 3;
  private static final int MOST_FAILURES = 5;
  private static final Duration REST = Duration.ofSeconds(10);
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final byte[] TOO_LARGE = {};

  private final ActorSystem<?> system;
  private final KnownClouds clouds;
  private final Inspection inspection;
  private final Duration patience;
  private final InstantSource clock;
  private final Map<String, Way> ways = new ConcurrentHashMap<>();

  /** What is kept of one cloud. */
  private record Way(KnownCloud cloud, HttpClient client, CircuitBreaker breaker) {}

  /**
   * The ways to all clouds, not tried yet.
   *
   * @param patience how long a cloud may take for all tries together
   */
  public CloudLink(
      ActorSystem<?> system,
      KnownClouds clouds,
      Inspection inspection,
      Duration patience,
      InstantSource clock) {
    this.system = system;
    this.clouds = clouds;
    this.inspection = inspection;
    this.patience = patience;
    this.clock = clock;
  }

  /**
   * Asks a cloud.
   *
   * @param query makes the message, anew for each try
   * @return its answer, verified; fails with {@link CrossingException} when it cannot be believed,
   *     otherwise when there is none
   */
  public CompletionStage<Answered> ask(String cloud, Supplier<SignedMessage> query, Instant until) {
    return way(cloud)
        .map(way -> way.breaker().callWithCircuitBreakerCS(() -> attempt(way, query, until, 1)))
        .orElseGet(() -> unreached(cloud));
  }

  /** Asks by itself, for nobody who waits: that it is not answered says nothing of the queries. */
  CompletionStage<Answered> look(String cloud, Supplier<SignedMessage> query, Instant until) {
    return way(cloud).map(way -> attempt(way, query, until, 1)).orElseGet(() -> unreached(cloud));
  }

  private Optional<Way> way(String cloud) {
    return clouds
        .find(cloud)
        .filter(known -> !known.addresses().isEmpty())
        .map(known -> ways.computeIfAbsent(cloud, name -> way(known)));
  }

  private static CompletionStage<Answered> unreached(String cloud) {
    return CompletableFuture.failedStage(
        new IOException(cloud + ": no address (expected: one in clouds.known)"));
  }

  /**
   * An answer that is to be believed.
   *
   * @param query to which it is the answer
   */
  public record Answered(SignedMessage query, SignedMessage answer) {}

  private Way way(KnownCloud cloud) {
    var breaker =
        CircuitBreaker.create(
            system.classicSystem().scheduler(), MOST_FAILURES, patience.plusSeconds(1), REST);
    return new Way(cloud, client(system, clouds, cloud), breaker);
  }

  /** Connections to the nodes of a cloud. */
  static HttpClient client(ActorSystem<?> system, KnownClouds clouds, KnownCloud cloud) {
    return HttpClient.newBuilder()
        .sslContext(clouds.wayTo(cloud, NodeTls.of(system).reporting(NodeTls.CLOUDS)))
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(CONNECT)
        .build();
  }

  /**
   * A message to a node of another cloud.
   *
   * @param place path and query
   * @param limit until the first line of the answer
   */
  static HttpRequest request(String address, String place, SignedMessage message, Duration limit) {
    return HttpRequest.newBuilder(URI.create("https://" + address + place))
        .timeout(limit)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofByteArray(message.toBytes()))
        .build();
  }

  private CompletionStage<Answered> attempt(
      Way way, Supplier<SignedMessage> query, Instant until, int number) {
    var left = Duration.between(clock.instant(), until);
    var addresses = way.cloud().addresses();
    var address = addresses.get((number - 1) % addresses.size());
    var message = query.get();
    var limit = Duration.ofMillis(Math.max(1, left.dividedBy(MOST_TRIES - number + 1L).toMillis()));
    return send(way.client(), request(address, PATH, message, limit), bounded(), limit)
        .thenCompose(response -> believed(response, message))
        .exceptionallyCompose(
            failure ->
                Failures.cause(failure) instanceof CrossingException
                        || number == MOST_TRIES
                        || clock.instant().isAfter(until)
                    ? CompletableFuture.failedStage(Failures.cause(failure))
                    : attempt(way, query, until, number + 1)
                        .exceptionallyCompose(later -> telling(failure, later)));
  }

  /** That a node takes no more at the moment says more than that others do not answer. */
  static <T> CompletionStage<T> telling(Throwable before, Throwable later) {
    return CompletableFuture.failedStage(
        Failures.cause(before) instanceof TooOftenException
                && !(Failures.cause(later) instanceof CrossingException)
            ? Failures.cause(before)
            : Failures.cause(later));
  }

  /**
   * Sends a message.
   *
   * @param limit until there is a body; that of the request ends with the answer's first line
   */
  static <T> CompletionStage<HttpResponse<T>> send(
      HttpClient client, HttpRequest request, BodyHandler<T> body, Duration limit) {
    var running = client.sendAsync(request, body);
    return running
        .copy()
        .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete(
            (response, failure) -> {
              if (failure != null) {
                running.cancel(true);
              }
            });
  }

  /** Reads an answer; a too large one as empty. */
  static BodyHandler<byte[]> bounded() {
    return info -> {
      var length = info.headers().firstValueAsLong("Content-Length").orElse(Long.MAX_VALUE);
      return length > LARGEST_ANSWER
          ? BodySubscribers.replacing(TOO_LARGE)
          : BodySubscribers.ofByteArray();
    };
  }

  private CompletionStage<Answered> believed(HttpResponse<byte[]> response, SignedMessage query) {
    var tooOften = TooOftenException.in(response.statusCode(), response.headers());
    if (tooOften.isPresent()) {
      return CompletableFuture.failedStage(tooOften.get());
    }
    if (response.statusCode() != OK) {
      return CompletableFuture.failedStage(
          new IOException("status " + response.statusCode() + " (expected: 200)"));
    }
    try {
      if (response.body().length == 0) {
        throw new CrossingException(
            ExchangeRefusal.EXCHANGE_CLOUD_ANSWER_WRONG,
            "answer: empty or too large (expected: at most " + LARGEST_ANSWER + " bytes)");
      }
      return CompletableFuture.completedStage(
          new Answered(query, inspection.answer(response.body(), query)));
    } catch (CrossingException e) {
      return CompletableFuture.failedStage(e);
    }
  }
}

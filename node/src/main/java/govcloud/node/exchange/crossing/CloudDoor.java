package govcloud.node.exchange.crossing;

import com.google.protobuf.ByteString;
import govcloud.domain.Refusal;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.node.http.Failures;
import govcloud.node.http.RateLimits;
import govcloud.node.tls.CloudListener;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in queries of other clouds: HTTPS with certificates on both sides, on every node. Who asks
 * more often than agreed is sent away.
 */
public final class CloudDoor {

  private static final Logger LOG = LoggerFactory.getLogger(CloudDoor.class);
  private static final Duration BODY = Duration.ofSeconds(10);
  private static final int MOST_AT_ONCE = 64;
  private static final int BURST_SECONDS = 2;
  private static final long LONGEST_LEFTOVER = 16L * SignedMessage.LARGEST;
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;

  private final ActorSystem<?> system;
  private final KnownClouds clouds;
  private final CloudReception reception;
  private final CloudReception.Way way;
  private final RateLimits rates;
  private final long perSecond;
  private final AtomicInteger atOnce = new AtomicInteger();

  /**
   * A door that is not open yet.
   *
   * @param perSecond how often each cloud may ask this node, for a while
   * @param nanoTime a clock in nanoseconds that only goes forward
   */
  public CloudDoor(
      ActorSystem<?> system,
      KnownClouds clouds,
      CloudReception reception,
      CloudReception.Way way,
      int perSecond,
      LongSupplier nanoTime) {
    this.system = system;
    this.clouds = clouds;
    this.reception = reception;
    this.way = way;
    this.perSecond = perSecond;
    this.rates = new RateLimits(BURST_SECONDS, nanoTime);
  }

  /** Begins to listen; ends with the actor system. */
  public CompletionStage<ServerBinding> open(String host, int port) {
    var tls = clouds.door();
    return CloudListener.bind(
        system, host, port, () -> tls, SignedMessage.LARGEST, BODY, this::handle);
  }

  /** More at once than a node can work on are sent to another node. */
  private CompletionStage<HttpResponse> handle(HttpRequest request) {
    if (atOnce.incrementAndGet() > MOST_AT_ONCE) {
      atOnce.decrementAndGet();
      request.discardEntityBytes(system);
      return CompletableFuture.completedStage(HttpResponse.create().withStatus(UNAVAILABLE));
    }
    return admitted(request).whenComplete((answer, failure) -> atOnce.decrementAndGet());
  }

  private CompletionStage<HttpResponse> admitted(HttpRequest request) {
    var caller = caller(request);
    if (caller.isEmpty()
        || !request.method().equals(HttpMethods.POST)
        || !request.getUri().path().equals(CloudLink.PATH)) {
      request.discardEntityBytes(system);
      return CompletableFuture.completedStage(HttpResponse.create().withStatus(NOT_FOUND));
    }
    var grant = rates.take(caller.get().name(), perSecond);
    if (!grant.allowed()) {
      request.discardEntityBytes(system);
      reception.sentAway(caller.get());
      return CompletableFuture.completedStage(tooOften(grant));
    }
    var source =
        request
            .getAttribute(AttributeKeys.remoteAddress)
            .flatMap(address -> address.getAddress())
            .map(address -> address.getHostAddress())
            .orElse("");
    if (request.entity().getContentLengthOption().orElse(0) > SignedMessage.LARGEST) {
      // Read to its end: a connection that breaks before would take the answer with it.
      request.entity().withSizeLimit(LONGEST_LEFTOVER).discardBytes(system);
      return tooLarge(caller.get(), source).exceptionally(CloudDoor::unavailable);
    }
    return request
        .entity()
        .toStrict(BODY.toMillis(), SignedMessage.LARGEST, system)
        .<CompletionStage<HttpResponse>>handle(
            (body, failure) ->
                failure == null
                    ? answer(caller.get(), body.getData().toArray(), source)
                    : unread(caller.get(), failure, source))
        .thenCompose(Function.identity())
        .exceptionally(CloudDoor::unavailable);
  }

  /** Not signed and not in the trail: whoever floods shall cost nothing. */
  private static HttpResponse tooOften(RateLimits.Grant grant) {
    return HttpResponse.create()
        .withStatus(TOO_MANY)
        .addHeader(RawHeader.create("Retry-After", Long.toString(grant.retryAfter())));
  }

  private Optional<KnownCloud> caller(HttpRequest request) {
    return CloudListener.certificate(request).flatMap(clouds::holder);
  }

  private static HttpResponse unavailable(Throwable failure) {
    LOG.warn("query of another cloud: not answered: {}", Failures.cause(failure).toString());
    return HttpResponse.create().withStatus(UNAVAILABLE);
  }

  private CompletionStage<HttpResponse> unread(
      KnownCloud caller, Throwable failure, String source) {
    if (Failures.cause(failure) instanceof EntityStreamSizeException) {
      return tooLarge(caller, source);
    }
    throw new CompletionException(failure);
  }

  private CompletionStage<HttpResponse> tooLarge(KnownCloud caller, String source) {
    return reception
        .refuse(
            caller,
            source,
            Refusal.of(
                ExchangeRefusal.EXCHANGE_CLOUD_MESSAGE_TOO_LARGE,
                "message: too large (expected: at most " + SignedMessage.LARGEST + " bytes)"))
        .thenApply(CloudDoor::reply);
  }

  private CompletionStage<HttpResponse> answer(KnownCloud caller, byte[] bytes, String source) {
    return reception
        .answer(new CloudReception.Brought(caller, ByteString.copyFrom(bytes), source), way)
        .thenApply(CloudDoor::reply);
  }

  private static HttpResponse reply(SignedMessage answer) {
    return HttpResponse.create()
        .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, answer.toBytes()));
  }
}

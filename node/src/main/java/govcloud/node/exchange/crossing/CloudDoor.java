package govcloud.node.exchange.crossing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import govcloud.domain.Refusal;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.node.http.Failures;
import govcloud.node.http.RateLimits;
import govcloud.node.http.StreamedAnswer;
import govcloud.node.tls.CloudListener;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
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
import org.apache.pekko.http.scaladsl.model.IllegalUriException;
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
  private static final int MOST_FILES_AT_ONCE = 16;
  private static final Pattern FROM = Pattern.compile("[0-9]{1,18}");
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;

  private final ActorSystem<?> system;
  private final KnownClouds clouds;
  private final CloudReception reception;
  private final Files files;
  private final CloudReception.Way way;
  private final RateLimits rates;
  private final long perSecond;
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger filesAtOnce = new AtomicInteger();

  /** Gives files that were let out before. */
  @FunctionalInterface
  public interface Files {
    /**
     * What is told of a file.
     *
     * @param from first byte that is wanted
     * @param taker gets the file; nobody does where what is told is a refusal
     */
    CompletionStage<ObjectNode> open(SignedMessage query, long from, Consumer<CloudFile> taker);
  }

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
      Files files,
      CloudReception.Way way,
      int perSecond,
      LongSupplier nanoTime) {
    this.system = system;
    this.clouds = clouds;
    this.reception = reception;
    this.files = files;
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
    return CompletableFuture.completedStage(request)
        .thenCompose(this::admitted)
        .whenComplete((answer, failure) -> atOnce.decrementAndGet());
  }

  private CompletionStage<HttpResponse> admitted(HttpRequest request) {
    var caller = caller(request);
    var from = from(request);
    if (caller.isEmpty()
        || !request.method().equals(HttpMethods.POST)
        || !(request.getUri().path().equals(CloudLink.PATH) || from.isPresent())) {
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
                    ? answer(from, brought(caller.get(), body.getData().toArray(), source))
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

  private static CloudReception.Brought brought(KnownCloud caller, byte[] bytes, String source) {
    return new CloudReception.Brought(caller, ByteString.copyFrom(bytes), source);
  }

  private CompletionStage<HttpResponse> answer(
      Optional<Long> from, CloudReception.Brought brought) {
    return from.isPresent()
        ? file(brought, from.get())
        : reception.answer(brought, way).thenApply(CloudDoor::reply);
  }

  /**
   * The first byte that is wanted of a file; empty where none is asked for in a way that is one.
   */
  private static Optional<Long> from(HttpRequest request) {
    if (!request.getUri().path().equals(CloudFiles.PATH)) {
      return Optional.empty();
    }
    try {
      return Optional.of(request.getUri().query().get(CloudFiles.FROM).orElse("0"))
          .filter(text -> FROM.matcher(text).matches())
          .map(Long::parseLong);
    } catch (IllegalUriException e) {
      return Optional.empty();
    }
  }

  /** A place is kept until the last byte has left. */
  private CompletionStage<HttpResponse> file(CloudReception.Brought brought, long from) {
    var held = new AtomicBoolean(true);
    Runnable leave = () -> filesAtOnce.addAndGet(held.getAndSet(false) ? -1 : 0);
    if (filesAtOnce.incrementAndGet() > MOST_FILES_AT_ONCE) {
      leave.run();
      return CompletableFuture.completedStage(HttpResponse.create().withStatus(UNAVAILABLE));
    }
    var given = new AtomicReference<CloudFile>();
    return CompletableFuture.completedStage(brought)
        .thenCompose(
            one -> reception.answer(one, way, query -> files.open(query, from, given::set)))
        .thenApply(
            answer ->
                StreamedAnswer.holding(
                    leave, given.get() == null ? reply(answer) : reply(given.get()), system))
        .whenComplete(
            (answer, failure) -> {
              if (failure != null) {
                leave.run();
              }
            });
  }

  private static HttpResponse reply(CloudFile file) {
    return HttpResponse.create()
        .addHeader(
            RawHeader.create(
                CloudFiles.NAME, URLEncoder.encode(file.fileName(), StandardCharsets.UTF_8)))
        .withEntity(
            StreamedAnswer.entity(
                ContentTypes.parse(file.mediaType()), file.length(), file.bytes()));
  }

  private static HttpResponse reply(SignedMessage answer) {
    return HttpResponse.create()
        .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, answer.toBytes()));
  }
}

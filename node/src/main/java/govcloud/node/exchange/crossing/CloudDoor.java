package govcloud.node.exchange.crossing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.domain.Refusal;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.node.http.Failures;
import govcloud.node.http.RateLimits;
import govcloud.node.http.StreamedAnswer;
import govcloud.node.tls.CloudListener;
import govcloud.node.tls.NodeTls;
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
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.http.scaladsl.model.IllegalUriException;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
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
  private static final int MOST_STREAMS_AT_ONCE = 16;
  private static final ContentType LINES = ContentTypes.parse(CloudStreams.LINES);
  private static final ByteString END = ByteString.fromString("\n");
  private static final Pattern FROM = Pattern.compile("[0-9]{1,18}");
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;
  private static final String RETRY_AFTER = "Retry-After";
  private static final String SOON = "1";

  /** Seconds after which a stream may have ended. */
  private static final String STREAM_SOON = "10";

  private final ActorSystem<?> system;
  private final KnownClouds clouds;
  private final CloudReception reception;
  private final Streams streams;
  private final CloudReception.Way way;
  private final RateLimits rates;
  private final long perSecond;
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger streamsAtOnce = new AtomicInteger();

  /** Gives what is too large for one answer. */
  public interface Streams {
    /**
     * What is told of a file that was let out before.
     *
     * @param from first byte that is wanted
     * @param taker gets the file; nobody does where what is told is a refusal
     */
    CompletionStage<ObjectNode> file(SignedMessage query, long from, Consumer<CloudFile> taker);

    /**
     * What is told of a batch.
     *
     * @param most answers; where there are more, the last one refuses them
     * @param taker gets what each of its answers says; nobody does where what is told is a refusal
     */
    CompletionStage<ObjectNode> batch(
        SignedMessage query, long most, Consumer<Source<ObjectNode, NotUsed>> taker);
  }

  /** Who answers what is brought to a place. */
  @FunctionalInterface
  private interface Desk {
    CompletionStage<HttpResponse> answer(CloudReception.Brought brought);
  }

  /** Opens a stream, of which the reply is made. */
  @FunctionalInterface
  private interface Opening {
    CompletionStage<ObjectNode> open(SignedMessage query, AtomicReference<HttpResponse> reply);
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
      Streams streams,
      CloudReception.Way way,
      int perSecond,
      LongSupplier nanoTime) {
    this.system = system;
    this.clouds = clouds;
    this.reception = reception;
    this.streams = streams;
    this.way = way;
    this.perSecond = perSecond;
    this.rates = new RateLimits(BURST_SECONDS, nanoTime);
  }

  /** Begins to listen; ends with the actor system. */
  public CompletionStage<ServerBinding> open(String host, int port) {
    var tls = clouds.door(NodeTls.of(system).reporting(NodeTls.CLOUDS));
    return CloudListener.bind(
        system, host, port, () -> tls, SignedMessage.LARGEST, BODY, this::handle);
  }

  /** More at once than a node can work on are sent to another node. */
  private CompletionStage<HttpResponse> handle(HttpRequest request) {
    if (atOnce.incrementAndGet() > MOST_AT_ONCE) {
      atOnce.decrementAndGet();
      request.discardEntityBytes(system);
      return CompletableFuture.completedStage(busy(SOON));
    }
    return CompletableFuture.completedStage(request)
        .thenCompose(this::admitted)
        .whenComplete((answer, failure) -> atOnce.decrementAndGet());
  }

  private CompletionStage<HttpResponse> admitted(HttpRequest request) {
    var caller = caller(request);
    var desk = desk(request);
    if (caller.isEmpty() || !request.method().equals(HttpMethods.POST) || desk.isEmpty()) {
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
                    ? desk.get().answer(brought(caller.get(), body, source))
                    : unread(caller.get(), failure, source))
        .thenCompose(Function.identity())
        .exceptionally(CloudDoor::unavailable);
  }

  /** Not signed and not in the trail: whoever floods shall cost nothing. */
  private static HttpResponse tooOften(RateLimits.Grant grant) {
    return HttpResponse.create()
        .withStatus(TOO_MANY)
        .addHeader(RawHeader.create(RETRY_AFTER, Long.toString(grant.retryAfter())));
  }

  /** Who has no place says when there may be one; without that the node cannot answer at all. */
  private static HttpResponse busy(String seconds) {
    return HttpResponse.create()
        .withStatus(UNAVAILABLE)
        .addHeader(RawHeader.create(RETRY_AFTER, seconds));
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

  private static CloudReception.Brought brought(
      KnownCloud caller, HttpEntity.Strict body, String source) {
    var bytes = com.google.protobuf.ByteString.copyFrom(body.getData().toArray());
    return new CloudReception.Brought(caller, bytes, source);
  }

  /** Who answers what is asked; empty: nobody. */
  private Optional<Desk> desk(HttpRequest request) {
    return switch (request.getUri().path()) {
      case CloudLink.PATH ->
          Optional.of(brought -> reception.answer(brought, way).thenApply(CloudDoor::reply));
      case CloudStreams.BATCHES -> Optional.of(this::batch);
      case CloudStreams.FILES -> from(request).map(from -> brought -> file(brought, from));
      default -> Optional.empty();
    };
  }

  /** The first byte that is wanted of a file; empty where it is asked for in no way that is one. */
  private static Optional<Long> from(HttpRequest request) {
    try {
      return Optional.of(request.getUri().query().get(CloudStreams.FROM).orElse("0"))
          .filter(text -> FROM.matcher(text).matches())
          .map(Long::parseLong);
    } catch (IllegalUriException e) {
      return Optional.empty();
    }
  }

  private CompletionStage<HttpResponse> file(CloudReception.Brought brought, long from) {
    return streamed(
        brought, (query, reply) -> streams.file(query, from, file -> reply.set(reply(file))));
  }

  private CompletionStage<HttpResponse> batch(CloudReception.Brought brought) {
    return streamed(
        brought,
        (query, reply) ->
            streams.batch(
                query,
                Long.MAX_VALUE,
                answers -> reply.set(reply(answers.map(one -> line(brought, query, one))))));
  }

  private ByteString line(CloudReception.Brought brought, SignedMessage query, ObjectNode body) {
    return ByteString.fromArrayUnsafe(
            reception.part(brought.caller(), query, body, CloudStreams.LARGEST_LINE))
        .concat(END);
  }

  /** A place is kept until the last byte has left. */
  private CompletionStage<HttpResponse> streamed(CloudReception.Brought brought, Opening opening) {
    var held = new AtomicBoolean(true);
    Runnable leave = () -> streamsAtOnce.addAndGet(held.getAndSet(false) ? -1 : 0);
    if (streamsAtOnce.incrementAndGet() > MOST_STREAMS_AT_ONCE) {
      leave.run();
      return CompletableFuture.completedStage(busy(STREAM_SOON));
    }
    var given = new AtomicReference<HttpResponse>();
    return CompletableFuture.completedStage(brought)
        .thenCompose(one -> reception.answer(one, way, query -> opening.open(query, given)))
        .thenApply(
            answer ->
                StreamedAnswer.holding(
                    leave, given.get() == null ? reply(answer) : given.get(), system))
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
                CloudStreams.NAME, URLEncoder.encode(file.fileName(), StandardCharsets.UTF_8)))
        .withEntity(
            StreamedAnswer.entity(
                ContentTypes.parse(file.mediaType()), file.length(), file.bytes()));
  }

  private static HttpResponse reply(Source<ByteString, NotUsed> lines) {
    return HttpResponse.create().withEntity(HttpEntities.createChunked(LINES, lines));
  }

  private static HttpResponse reply(SignedMessage answer) {
    return HttpResponse.create()
        .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, answer.toBytes()));
  }
}

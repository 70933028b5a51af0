package govcloud.node.exchange.crossing;

import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.node.exchange.crossing.CloudLink.Answered;
import govcloud.node.http.Failures;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.AsPublisher;
import org.apache.pekko.stream.javadsl.Framing;
import org.apache.pekko.stream.javadsl.FramingTruncation;
import org.apache.pekko.stream.javadsl.JavaFlowSupport;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * The way to files and batches of other clouds. Their nodes are asked one after another, each with
 * a message signed anew; what comes is read no faster than it is asked for, and what does not come
 * within a minute ends with a {@link java.util.concurrent.TimeoutException}.
 */
public final class CloudStreams {

  /** Where files are asked for that were let out before. */
  static final String FILES = "/exchange/v1/files";

  /** How the body of a query says that it asks for a batch. */
  static final String BATCH = "batch";

  /** Where batches are asked for. */
  static final String BATCHES = "/exchange/v1/batches";

  /** The parameter that names the first byte that is wanted of a file. */
  static final String FROM = "from";

  /** The header with the name of a file, as in an address. */
  static final String NAME = "Govcloud-File-Name";

  /** The type of a batch: messages, each with a line end behind it. */
  static final String LINES = "application/x-ndjson";

  /** Most bytes of one answer of a batch. */
  public static final int LARGEST_LINE = 1 << 20;

  private static final int OK = 200;

  /** Bytes of a file; no file is so large, and a sum with any place in it stays a number. */
  private static final long LONGEST = 1L << 50;

  private static final Duration BEGIN = Duration.ofSeconds(10);

  /** How long bytes of a stream may be waited for, from the first ones on. */
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private static final String TYPE = "Content-Type";

  private final ActorSystem<?> system;
  private final KnownClouds clouds;
  private final Inspection inspection;
  private final Map<String, HttpClient> clients = new ConcurrentHashMap<>();

  /** The ways to all clouds, not tried yet. */
  public CloudStreams(ActorSystem<?> system, KnownClouds clouds, Inspection inspection) {
    this.system = system;
    this.clouds = clouds;
    this.inspection = inspection;
  }

  /**
   * What another cloud gives.
   *
   * @param file none: it is refused
   * @param answer why, verified; null where there is a file
   */
  public record Fetched(Optional<CloudFile> file, SignedMessage answer) {}

  /** What came, as far as it is read. */
  private record Body(Optional<Source<ByteString, NotUsed>> stream, ByteString answer) {}

  /**
   * What a node gave.
   *
   * @param query to which it is the answer
   * @param refusal verified; null where there is a stream
   */
  private record Opened(
      SignedMessage query,
      HttpHeaders headers,
      Optional<Source<ByteString, NotUsed>> stream,
      SignedMessage refusal) {}

  /**
   * Asks for the bytes of a file, from one on.
   *
   * @param query makes the message, anew for each try
   * @return fails with {@link CrossingException} when what comes cannot be believed, with {@link
   *     TooOftenException} when a node takes no more at the moment, otherwise when none answers
   */
  public CompletionStage<Fetched> file(String cloud, Supplier<SignedMessage> query, long from) {
    return open(cloud, FILES + "?" + FROM + "=" + from, query)
        .thenCompose(
            opened -> {
              try {
                return CompletableFuture.completedStage(
                    opened.stream().isPresent()
                        ? new Fetched(Optional.of(file(opened)), null)
                        : new Fetched(Optional.empty(), opened.refusal()));
              } catch (CrossingException e) {
                return CompletableFuture.failedStage(e);
              }
            });
  }

  /**
   * Asks for a batch.
   *
   * @param query makes the message, anew for each try
   * @return its answers, each verified, or the refusal alone; fails, and they fail, like {@link
   *     #file}
   */
  public CompletionStage<Source<Answered, NotUsed>> batch(
      String cloud, Supplier<SignedMessage> query) {
    return open(cloud, BATCHES, query)
        .thenApply(
            opened ->
                opened.stream()
                    .map(bytes -> answers(bytes, opened.query()))
                    .orElseGet(
                        () -> Source.single(new Answered(opened.query(), opened.refusal()))));
  }

  private Source<Answered, NotUsed> answers(
      Source<ByteString, NotUsed> bytes, SignedMessage query) {
    return bytes
        .via(
            Framing.delimiter(
                ByteString.fromString("\n"), LARGEST_LINE, FramingTruncation.DISALLOW))
        .map(line -> new Answered(query, inspection.part(line.toArray(), query)));
  }

  private CompletionStage<Opened> open(String cloud, String place, Supplier<SignedMessage> query) {
    var addresses = clouds.find(cloud).map(KnownCloud::addresses).orElse(List.of());
    CompletionStage<Opened> opened =
        CompletableFuture.failedStage(
            new IOException(cloud + ": no address (expected: one in clouds.known)"));
    for (var address : addresses) {
      opened =
          opened.exceptionallyCompose(
              before ->
                  Failures.cause(before) instanceof CrossingException wrong
                      ? CompletableFuture.failedStage(wrong)
                      : openAt(cloud, address, place, query.get())
                          .exceptionallyCompose(later -> CloudLink.telling(before, later)));
    }
    return opened;
  }

  private CompletionStage<Opened> openAt(
      String cloud, String address, String place, SignedMessage message) {
    var request = CloudLink.request(address, place, message, BEGIN);
    var client =
        clients.computeIfAbsent(
            cloud, name -> CloudLink.client(system, clouds, clouds.find(name).orElseThrow()));
    return CloudLink.send(client, request, body(), BEGIN)
        .thenCompose(response -> opened(response, message));
  }

  private static boolean isStream(ResponseInfo info) {
    return info.statusCode() == OK
        && (info.headers().firstValue(NAME).isPresent()
            || info.headers().firstValue(TYPE).filter(LINES::equals).isPresent());
  }

  private BodyHandler<Body> body() {
    return info ->
        isStream(info)
            ? BodySubscribers.mapping(
                BodySubscribers.ofPublisher(),
                bytes ->
                    new Body(
                        Optional.of(pieces(bytes, system).via(new Awaited(SILENCE))),
                        ByteString.emptyByteString()))
            : BodySubscribers.mapping(
                CloudLink.bounded().apply(info),
                bytes -> new Body(Optional.empty(), ByteString.fromArrayUnsafe(bytes)));
  }

  private CompletionStage<Opened> opened(HttpResponse<Body> response, SignedMessage query) {
    var tooOften = TooOftenException.in(response.statusCode(), response.headers());
    if (tooOften.isPresent()) {
      return CompletableFuture.failedStage(tooOften.get());
    }
    if (response.statusCode() != OK) {
      return CompletableFuture.failedStage(
          new IOException("status " + response.statusCode() + " (expected: 200)"));
    }
    try {
      var body = response.body();
      return CompletableFuture.completedStage(
          new Opened(
              query,
              response.headers(),
              body.stream(),
              body.stream().isPresent()
                  ? null
                  : inspection.answer(body.answer().toArray(), query)));
    } catch (CrossingException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private static CloudFile file(Opened opened) throws CrossingException {
    var headers = opened.headers();
    var length = headers.firstValueAsLong("Content-Length");
    if (length.orElse(Long.MAX_VALUE) > LONGEST) {
      throw new CrossingException(
          ExchangeRefusal.EXCHANGE_CLOUD_ANSWER_WRONG,
          "file: Content-Length absent or above %d (expected: how many bytes come)"
              .formatted(LONGEST));
    }
    return new CloudFile(
        headers.firstValue(TYPE).orElse("application/octet-stream"),
        URLDecoder.decode(headers.firstValue(NAME).orElse(""), StandardCharsets.UTF_8),
        length.getAsLong(),
        opened.stream().orElseThrow());
  }

  /**
   * Reads already, a little: a body that nobody asks for within some seconds is given up, and its
   * connection with it.
   */
  static Source<ByteString, NotUsed> pieces(
      Flow.Publisher<List<ByteBuffer>> bytes, ActorSystem<?> system) {
    return Source.fromPublisher(
        JavaFlowSupport.Source.fromPublisher(bytes)
            .mapConcat(buffers -> buffers)
            .filter(ByteBuffer::hasRemaining)
            .map(ByteString::fromByteBuffer)
            .runWith(Sink.asPublisher(AsPublisher.WITHOUT_FANOUT), system));
  }
}

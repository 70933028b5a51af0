package govcloud.node.exchange.crossing;

import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.node.http.Failures;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.http.HttpClient;
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
import org.apache.pekko.stream.javadsl.JavaFlowSupport;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * The way to files of other clouds. Their nodes are asked one after another, each with a message
 * signed anew; what comes is read no faster than it is asked for.
 */
public final class CloudFiles {

  /** Where files are asked for that were let out before. */
  static final String PATH = "/exchange/v1/files";

  /** The parameter that names the first byte that is wanted. */
  static final String FROM = "from";

  /** The header with the name of a file, as in an address. */
  static final String NAME = "Govcloud-File-Name";

  private static final int OK = 200;

  /** Bytes of a file; no file is so large, and a sum with any place in it stays a number. */
  private static final long LONGEST = 1L << 50;

  private static final Duration BEGIN = Duration.ofSeconds(10);

  private final KnownClouds clouds;
  private final Inspection inspection;
  private final Map<String, HttpClient> clients = new ConcurrentHashMap<>();

  /** The ways to all clouds, not tried yet. */
  public CloudFiles(KnownClouds clouds, Inspection inspection) {
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
  private record Body(Optional<Flow.Publisher<List<ByteBuffer>>> file, ByteString answer) {}

  /**
   * Asks for the bytes of a file, from one on.
   *
   * @param query makes the message, anew for each try
   * @return fails with {@link CrossingException} when what comes cannot be believed, otherwise when
   *     no node answers
   */
  public CompletionStage<Fetched> fetch(String cloud, Supplier<SignedMessage> query, long from) {
    var addresses = clouds.find(cloud).map(KnownCloud::addresses).orElse(List.of());
    CompletionStage<Fetched> fetched =
        CompletableFuture.failedStage(
            new IOException(cloud + ": no address (expected: one in clouds.known)"));
    for (var address : addresses) {
      fetched =
          fetched.exceptionallyCompose(
              failure ->
                  Failures.cause(failure) instanceof CrossingException wrong
                      ? CompletableFuture.failedStage(wrong)
                      : fetchFrom(cloud, address, query.get(), from));
    }
    return fetched;
  }

  private CompletionStage<Fetched> fetchFrom(
      String cloud, String address, SignedMessage message, long from) {
    var request = CloudLink.request(address, PATH + "?" + FROM + "=" + from, message, BEGIN);
    return clients
        .computeIfAbsent(cloud, name -> CloudLink.client(clouds, clouds.find(name).orElseThrow()))
        .sendAsync(request, body())
        .thenCompose(response -> fetched(response, message));
  }

  private static boolean isFile(ResponseInfo info) {
    return info.statusCode() == OK && info.headers().firstValue(NAME).isPresent();
  }

  private static BodyHandler<Body> body() {
    return info ->
        isFile(info)
            ? BodySubscribers.mapping(
                BodySubscribers.ofPublisher(),
                bytes -> new Body(Optional.of(bytes), ByteString.emptyByteString()))
            : BodySubscribers.mapping(
                CloudLink.bounded().apply(info),
                bytes -> new Body(Optional.empty(), ByteString.fromArrayUnsafe(bytes)));
  }

  private CompletionStage<Fetched> fetched(HttpResponse<Body> response, SignedMessage query) {
    if (response.statusCode() != OK) {
      return CompletableFuture.failedStage(
          new IOException("status " + response.statusCode() + " (expected: 200)"));
    }
    try {
      var file = response.body().file();
      return CompletableFuture.completedStage(
          file.isPresent()
              ? new Fetched(Optional.of(file(response, file.get())), null)
              : new Fetched(
                  Optional.empty(), inspection.answer(response.body().answer().toArray(), query)));
    } catch (CrossingException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private static CloudFile file(HttpResponse<Body> response, Flow.Publisher<List<ByteBuffer>> bytes)
      throws CrossingException {
    var headers = response.headers();
    var length = headers.firstValueAsLong("Content-Length");
    if (length.orElse(Long.MAX_VALUE) > LONGEST) {
      throw new CrossingException(
          ExchangeRefusal.EXCHANGE_CLOUD_ANSWER_WRONG,
          "file: Content-Length absent or above %d (expected: how many bytes come)"
              .formatted(LONGEST));
    }
    return new CloudFile(
        headers.firstValue("Content-Type").orElse("application/octet-stream"),
        URLDecoder.decode(headers.firstValue(NAME).orElse(""), StandardCharsets.UTF_8),
        length.getAsLong(),
        pieces(bytes));
  }

  private static Source<ByteString, NotUsed> pieces(Flow.Publisher<List<ByteBuffer>> bytes) {
    return JavaFlowSupport.Source.fromPublisher(bytes)
        .mapConcat(buffers -> buffers)
        .filter(ByteBuffer::hasRemaining)
        .map(ByteString::fromByteBuffer);
  }
}

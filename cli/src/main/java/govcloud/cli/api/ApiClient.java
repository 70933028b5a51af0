package govcloud.cli.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.pki.PkiException;
import govcloud.pki.TlsContexts;
import govcloud.pki.request.ContentDigest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Sends requests to whichever node answers. 429, 502, 503, 504 and lost connections are tried again
 * with the same Idempotency-Key, on the next node, until the policy's budget is spent; everything
 * else outside 2xx is a {@link CommandFailure} at once. Safe for use by many threads.
 */
public final class ApiClient {
  private static final String JSON = "application/json, application/problem+json";
  private static final Duration LONGEST_UPLOAD = Duration.ofHours(1);

  private final ObjectMapper json;
  private final HttpClient http;
  private final Supplier<List<URI>> nodes;
  private final String token;
  private final Credentials credentials;
  private final RetryPolicy policy;
  private final Clock clock;
  private final AtomicInteger preferred = new AtomicInteger();

  /**
   * A client of one cloud.
   *
   * @param nodes base addresses; asked again for every attempt, since nodes come and go
   * @param token of a session, or a key; or the text of the file with a key that signs
   * @throws CommandFailure when that text cannot be read
   */
  public ApiClient(
      ObjectMapper json,
      HttpClient http,
      Supplier<List<URI>> nodes,
      String token,
      RetryPolicy policy,
      Clock clock) {
    this.json = json;
    this.http = http;
    this.nodes = nodes;
    this.token = token;
    this.credentials = Credentials.of(token, clock);
    this.policy = policy;
    this.clock = clock;
  }

  /**
   * A client with the usual settings of a connection.
   *
   * @param authority PEM file with the authority of the cloud's certificates; none: those that this
   *     machine takes
   * @throws CommandFailure when the file is not usable
   */
  public static HttpClient newHttpClient(Optional<Path> authority) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5));
    try {
      if (authority.isPresent()) {
        builder.sslContext(TlsContexts.client(authority.get()));
      }
      return builder.build();
    } catch (PkiException e) {
      throw new CommandFailure(ExitCode.USAGE, e.defect().name(), e.getMessage());
    }
  }

  /** The same client with other patience. */
  public ApiClient within(Duration budget) {
    return new ApiClient(json, http, nodes, token, RetryPolicy.within(budget), clock);
  }

  /** The same client with another token. */
  public ApiClient withToken(String other) {
    return new ApiClient(json, http, nodes, other, policy, clock);
  }

  /**
   * The answer to a request.
   *
   * @throws CommandFailure when the answer is a problem, or no node answers in time
   */
  public ApiAnswer send(ApiRequest request) {
    return send(base -> build(base, request));
  }

  /**
   * The answer to a request whose body is a file, however long that takes.
   *
   * @param file given anew for each attempt
   * @param digest of the file, asked for by those who sign
   * @throws CommandFailure when the answer is a problem, or no node answers in time
   */
  public ApiAnswer upload(
      ApiRequest request,
      String type,
      HttpRequest.BodyPublisher file,
      Supplier<Optional<String>> digest) {
    return send(
        base ->
            base(base, request, JSON, digest)
                .header("Content-Type", type)
                .timeout(LONGEST_UPLOAD)
                .method(request.method(), file)
                .build());
  }

  private ApiAnswer send(Function<URI, HttpRequest> request) {
    Instant deadline = clock.instant().plus(policy.budget());
    for (int attempt = 0; ; attempt++) {
      Attempt outcome = attempt(request);
      if (outcome.answer() != null) {
        return outcome.answer();
      }
      Duration pause = policy.pause(attempt, outcome.failure().retryAfter());
      boolean late = clock.instant().plus(pause).isAfter(deadline);
      if (late || !outcome.worthRepeating()) {
        throw outcome.failure();
      }
      preferred.incrementAndGet();
      sleep(pause);
    }
  }

  /** Of a node that is asked. */
  public URI address() {
    List<URI> known = nodes.get();
    if (known.isEmpty()) {
      throw new CommandFailure(
          ExitCode.UNAVAILABLE, "NOT_RUNNING", "No cloud runs here; start one with `govcloud up`.");
    }
    return known.get(Math.floorMod(preferred.get(), known.size()));
  }

  private record Attempt(ApiAnswer answer, CommandFailure failure, boolean worthRepeating) {}

  private Attempt attempt(Function<URI, HttpRequest> request) {
    URI base = address();
    try {
      HttpResponse<byte[]> response = http.send(request.apply(base), BodyHandlers.ofByteArray());
      return read(response);
    } catch (IOException e) {
      CommandFailure failure =
          new CommandFailure(
              ExitCode.UNAVAILABLE,
              "NO_ANSWER",
              "No answer from " + base + " (" + reason(e) + "); see `govcloud status`.");
      return new Attempt(null, failure, true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.INTERRUPTED, "INTERRUPTED", "Interrupted.");
    }
  }

  private static String reason(IOException problem) {
    return problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
  }

  private HttpRequest build(URI base, ApiRequest request) {
    Optional<byte[]> body = request.body().map(this::bytes);
    HttpRequest.Builder builder =
        base(base, request, JSON + ", text/event-stream", () -> body.map(ContentDigest::of))
            .timeout(policy.attemptTimeout());
    return build(builder, request, body);
  }

  private static HttpRequest build(
      HttpRequest.Builder builder, ApiRequest request, Optional<byte[]> body) {
    if (body.isEmpty()) {
      return builder.method(request.method(), BodyPublishers.noBody()).build();
    }
    builder.header("Content-Type", "application/json");
    return builder.method(request.method(), BodyPublishers.ofByteArray(body.get())).build();
  }

  private HttpRequest.Builder base(
      URI base, ApiRequest request, String accept, Supplier<Optional<String>> digest) {
    URI uri = base.resolve(request.target());
    HttpRequest.Builder builder = HttpRequest.newBuilder(uri).header("Accept", accept);
    credentials.headers(request, uri, digest).forEach(builder::header);
    request.headers().forEach(builder::header);
    return builder;
  }

  private byte[] bytes(JsonNode body) {
    try {
      return json.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree can always be written", e);
    }
  }

  private Attempt read(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    JsonNode body = parsed(response.body());
    if (status / 100 == 2) {
      return new Attempt(new ApiAnswer(status, response.headers(), body), null, false);
    }
    boolean repeat = status == 429 || status == 502 || status == 503 || status == 504;
    return new Attempt(null, failure(response, body), repeat);
  }

  private static long seconds(String text) {
    try {
      return Math.max(0, Long.parseLong(text.strip()));
    } catch (NumberFormatException e) {
      return 1;
    }
  }

  private JsonNode parsed(byte[] bytes) {
    try {
      return bytes.length == 0 ? json.createObjectNode() : json.readTree(bytes);
    } catch (IOException e) {
      return json.createObjectNode()
          .put("detail", new String(bytes, StandardCharsets.UTF_8).strip());
    }
  }

  private CommandFailure failure(HttpResponse<?> response, JsonNode body) {
    int status = response.statusCode();
    ObjectNode problem = body.isObject() ? (ObjectNode) body : json.createObjectNode();
    if (!problem.hasNonNull("code")) {
      problem.put("code", "HTTP_" + status);
    }
    if (!problem.hasNonNull("detail")) {
      problem.put("detail", problem.path("title").asText("answer: HTTP " + status));
    }
    problem.put("status", status);
    long asked = response.headers().firstValue("Retry-After").map(ApiClient::seconds).orElse(0L);
    return new CommandFailure(ExitCode.ofStatus(status), problem, Duration.ofSeconds(asked));
  }

  /**
   * Opens a stream of server-sent events on one node.
   *
   * @throws CommandFailure when the answer is a problem
   * @throws IOException when the node does not answer
   */
  public InputStream stream(ApiRequest request) throws IOException {
    return open(request, "text/event-stream, application/problem+json").body();
  }

  /**
   * Opens the body of an answer of one node.
   *
   * @throws CommandFailure when the answer is a problem
   * @throws IOException when the node does not answer
   */
  public HttpResponse<InputStream> open(ApiRequest request, String accept) throws IOException {
    List<URI> known = nodes.get();
    if (known.isEmpty()) {
      throw new IOException("no cloud runs here");
    }
    URI base = known.get(Math.floorMod(preferred.getAndIncrement(), known.size()));
    try {
      Optional<byte[]> body = request.body().map(this::bytes);
      HttpRequest open =
          build(base(base, request, accept, () -> body.map(ContentDigest::of)), request, body);
      HttpResponse<InputStream> response = http.send(open, BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        try (InputStream problem = response.body()) {
          throw failure(response, parsed(problem.readAllBytes()));
        }
      }
      return response;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.INTERRUPTED, "INTERRUPTED", "Interrupted.");
    }
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.INTERRUPTED, "INTERRUPTED", "Interrupted.");
    }
  }
}

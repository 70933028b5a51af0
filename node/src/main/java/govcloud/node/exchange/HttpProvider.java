package govcloud.node.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.exchange.gate.Agreed;
import govcloud.node.http.Json;
import govcloud.pki.request.ContentDigest;
import govcloud.pki.request.RequestSigner;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import javax.net.ssl.SSLHandshakeException;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Records from services of departments elsewhere, which are asked over HTTPS: about whom stands in
 * the body and never in the address, which stands in logs on the way, and the cloud signs each
 * request. A query changes nothing, so one that found nobody is sent again while there is time.
 */
final class HttpProvider implements Provider {

  /** Where the operator says which hosts may be inside. */
  static final String PRIVATE_HOSTS = "govcloud.exchange.providers.private-hosts";

  private static final String JSON = "application/json";
  private static final int OK = 200;
  private static final int ATTEMPTS = 3;

  /** Of a service that is overloaded, or of what stands before it. */
  private static final Set<Integer> PASSING = Set.of(502, 503, 504);

  /** Of a service that has no time now, whatever it is asked. */
  private static final Set<Integer> BUSY = Set.of(408, 429);

  private final ProviderSettings settings;
  private final OutwardLine line;
  private final RequestSigner signer;
  private final Supplier<String> nonces;
  private final ActorSystem<?> system;
  private final InstantSource clock;
  private final ConcurrentMap<String, ProviderGuard> guards = new ConcurrentHashMap<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            var thread = new Thread(work, "exchange-provider");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * A provider.
   *
   * @param signer of the cloud
   * @param nonces random digits
   */
  HttpProvider(
      ProviderSettings settings,
      RequestSigner signer,
      Supplier<String> nonces,
      ActorSystem<?> system,
      InstantSource clock) {
    this.settings = settings;
    this.line = new OutwardLine(settings.tls(), Set.copyOf(settings.privateHosts()), PRIVATE_HOSTS);
    this.signer = signer;
    this.nonces = nonces;
    this.system = system;
    this.clock = clock;
  }

  /**
   * What a service answered.
   *
   * @param fault why it is no answer; it was there, so this does not count against it
   */
  private record Answered(Found found, Optional<String> fault) {
    static Answered malformed(String what) {
      return new Answered(new Found(List.of(), Optional.empty()), Optional.of(what));
    }
  }

  /** A service answers with a status that tells nothing about anybody. */
  private static final class StatusException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    private StatusException(int status) {
      super(told(status));
      this.status = status;
    }
  }

  @Override
  public CompletionStage<Found> records(Agreed agreed, String subject, Instant until) {
    var address = agreed.resource().provider().address();
    var fault = settings.fault(address);
    return fault.isPresent()
        ? CompletableFuture.failedStage(new IOException(fault.get()))
        : guard(agreed.resource().owner(), URI.create(address))
            .call(() -> ask(agreed, subject, until))
            .thenCompose(
                answered ->
                    answered
                        .fault()
                        .<CompletionStage<Found>>map(
                            wrong ->
                                CompletableFuture.failedStage(new MalformedAnswerException(wrong)))
                        .orElseGet(() -> CompletableFuture.completedStage(answered.found())));
  }

  /** One for all resources that a department has on one machine. */
  private ProviderGuard guard(String owner, URI address) {
    return guards.computeIfAbsent(
        owner + " at " + address.getRawAuthority(),
        name -> new ProviderGuard(name, settings, system, threads));
  }

  private Answered ask(Agreed agreed, String subject, Instant until) throws IOException {
    var address = line.require(agreed.resource().provider().address());
    var message = nonces.get();
    var body = body(agreed, subject);
    var latest = clock.instant().plus(settings.timeout());
    var end = latest.isBefore(until) ? latest : until;
    for (int attempt = 1; ; attempt++) {
      try {
        return once(address, message, body, end);
      } catch (HttpAnswer.TooLargeException e) {
        return Answered.malformed(e.getMessage());
      } catch (IOException e) {
        if (attempt == ATTEMPTS || !passes(e) || left(end).isZero()) {
          throw e;
        }
      }
    }
  }

  private static boolean passes(IOException failure) {
    return failure instanceof StatusException wrong
        ? PASSING.contains(wrong.status)
        : !(failure instanceof SSLHandshakeException);
  }

  private Duration left(Instant end) {
    var left = Duration.between(clock.instant(), end);
    return left.toMillis() < 1 ? Duration.ZERO : left;
  }

  private Answered once(URI address, String message, byte[] body, Instant end) throws IOException {
    var patience = left(end);
    if (patience.isZero()) {
      throw new IOException("service: no time is left (expected: an answer by " + end + ")");
    }
    var answer =
        line.post(
            address,
            headers(address, message, body),
            body,
            patience,
            in -> HttpAnswer.read(new BufferedInputStream(in), settings.largestAnswer()));
    if (isAboutTheQuery(answer.status())) {
      return Answered.malformed(told(answer.status()));
    }
    if (answer.status() != OK) {
      throw new StatusException(answer.status());
    }
    return answer.type().equals(JSON)
        ? read(answer.body().toByteArray())
        : Answered.malformed("answer: no " + JSON + " (expected: that Content-Type)");
  }

  /** The service is there and does not answer this query; another one it may. */
  private static boolean isAboutTheQuery(int status) {
    return status / 100 == 4 && !BUSY.contains(status);
  }

  private static String told(int status) {
    return "answer: status " + status + " (expected: 200)";
  }

  private Map<String, String> headers(URI address, String message, byte[] body) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("Content-Type", JSON);
    headers.put("Accept", JSON);
    headers.put("Idempotency-Key", message);
    headers.putAll(
        signer.headers("POST", address, Map.copyOf(headers), Optional.of(ContentDigest.of(body))));
    return headers;
  }

  private static byte[] body(Agreed agreed, String subject) {
    var body =
        Json.mapper()
            .createObjectNode()
            .put("resource", agreed.resource().id())
            .put("resource_version", agreed.terms().resourceVersion())
            .put("agreement", agreed.id())
            .put("consumer", agreed.terms().consumer());
    body.putObject("subject").put("number", subject);
    try {
      return Json.mapper().writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Answered read(byte[] body) {
    JsonNode answer;
    try {
      answer = Json.mapper().readTree(body);
    } catch (IOException e) {
      return Answered.malformed("answer: no JSON (expected: an object with records)");
    }
    var records = answer.path("records");
    if (!records.isArray()) {
      return Answered.malformed("answer: no list of records (expected: \"records\": [...])");
    }
    List<ObjectNode> read = new ArrayList<>();
    for (JsonNode record : records) {
      if (!(record instanceof ObjectNode object)) {
        return Answered.malformed("record " + read.size() + ": no object (expected: one)");
      }
      read.add(object);
    }
    try {
      return new Answered(new Found(read, asOf(answer.path("as_of"))), Optional.empty());
    } catch (DateTimeException e) {
      return Answered.malformed("answer, as_of: no moment (expected: 2026-03-02T01:15:27Z)");
    }
  }

  private static Optional<Instant> asOf(JsonNode told) {
    return told.isMissingNode() || told.isNull()
        ? Optional.empty()
        : Optional.of(OffsetDateTime.parse(told.asText()).toInstant());
  }
}

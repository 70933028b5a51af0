package govcloud.node.exchange.crossing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.domain.Refusal;
import govcloud.domain.audit.AuditRecord;
import govcloud.domain.audit.AuditRecord.Outcome;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.node.http.Failures;
import govcloud.node.seen.SeenMessages;
import govcloud.node.tls.CloudListener;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in queries of other clouds: HTTPS with certificates on both sides, on every node. Each is
 * answered with a signed message, also where it is refused, and each is in the audit trail before
 * its answer leaves.
 */
public final class CloudDoor {

  /** The action, as the trail names it beside operations. */
  public static final String ACTION = "exchange-from-cloud";

  private static final Logger LOG = LoggerFactory.getLogger(CloudDoor.class);
  private static final Duration BODY = Duration.ofSeconds(10);
  private static final int MOST_AT_ONCE = 64;
  private static final long LONGEST_LEFTOVER = 16L * SignedMessage.LARGEST;
  private static final int NOT_FOUND = 404;
  private static final int UNAVAILABLE = 503;

  private final ActorSystem<?> system;
  private final KnownClouds clouds;
  private final Inspection inspection;
  private final SeenMessages seen;
  private final Function<SignedMessage, CompletionStage<ObjectNode>> desk;
  private final Function<AuditRecord, CompletionStage<Void>> trail;
  private final Supplier<String> nonces;
  private final InstantSource clock;
  private final AtomicInteger atOnce = new AtomicInteger();

  /**
   * A door that is not open yet.
   *
   * @param desk answers queries that are to be believed; what it gives has a {@code refusal}, or
   *     what is let out
   * @param trail writes an audit record; completes when it is in the journal
   * @param nonces random digits
   */
  public CloudDoor(
      ActorSystem<?> system,
      KnownClouds clouds,
      Inspection inspection,
      SeenMessages seen,
      Function<SignedMessage, CompletionStage<ObjectNode>> desk,
      Function<AuditRecord, CompletionStage<Void>> trail,
      Supplier<String> nonces,
      InstantSource clock) {
    this.system = system;
    this.clouds = clouds;
    this.inspection = inspection;
    this.seen = seen;
    this.desk = desk;
    this.trail = trail;
    this.nonces = nonces;
    this.clock = clock;
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

  private Optional<KnownCloud> caller(HttpRequest request) {
    return CloudListener.certificate(request).flatMap(clouds::holder);
  }

  private static HttpResponse unavailable(Throwable failure) {
    LOG.warn("query of another cloud: not answered: {}", Failures.cause(failure).toString());
    return HttpResponse.create().withStatus(UNAVAILABLE);
  }

  /**
   * A message on its way through the door.
   *
   * @param query what came; empty: nothing that can be read
   * @param isBelieved whether the caller has signed it, now and for this cloud
   * @param source address
   */
  private record Visit(
      KnownCloud caller, Optional<SignedMessage> query, boolean isBelieved, String source) {

    String text(String pointer) {
      return query.filter(one -> isBelieved).map(one -> one.text(pointer)).orElse("");
    }

    String head(Function<Head, String> member) {
      return query.map(SignedMessage::head).map(member).orElse("");
    }

    String hash() {
      return query.map(SignedMessage::hash).orElse("");
    }
  }

  private CompletionStage<HttpResponse> unread(
      KnownCloud caller, Throwable failure, String source) {
    if (Failures.cause(failure) instanceof EntityStreamSizeException) {
      return tooLarge(caller, source);
    }
    throw new CompletionException(failure);
  }

  private CompletionStage<HttpResponse> tooLarge(KnownCloud caller, String source) {
    return refused(
        new Visit(caller, Optional.empty(), false, source),
        Refusal.of(
            ExchangeRefusal.EXCHANGE_CLOUD_MESSAGE_TOO_LARGE,
            "message: too large (expected: at most " + SignedMessage.LARGEST + " bytes)"));
  }

  private CompletionStage<HttpResponse> answer(KnownCloud caller, byte[] bytes, String source) {
    var visit = new Visit(caller, Optional.empty(), false, source);
    try {
      var query = SignedMessage.parse(bytes);
      visit = new Visit(caller, Optional.of(query), false, source);
      inspection.query(query, caller);
      var believed = new Visit(caller, Optional.of(query), true, source);
      return seen.isFirst(query.hash(), query.head().sender())
          .thenCompose(
              first ->
                  first
                      ? desk.apply(query).thenCompose(body -> written(believed, body))
                      : refused(believed, replayed(query)));
    } catch (CrossingException e) {
      return refused(visit, e.refusal());
    }
  }

  private static Refusal replayed(SignedMessage query) {
    return Refusal.of(
        ExchangeRefusal.EXCHANGE_CLOUD_REPLAYED,
        "message: " + query.hash() + " came before (expected: one that is signed anew)");
  }

  private CompletionStage<HttpResponse> refused(Visit visit, Refusal refusal) {
    LOG.warn("query of {}: {}: {}", visit.caller().name(), refusal.code(), refusal.message());
    return written(visit, refusal(refusal));
  }

  /** How a refusal is told to another cloud. */
  public static ObjectNode refusal(Refusal refusal) {
    var body = JsonNodeFactory.instance.objectNode();
    body.putObject("refusal").put("code", refusal.code()).put("detail", refusal.message());
    return body;
  }

  private CompletionStage<HttpResponse> written(Visit visit, ObjectNode body) {
    return trail
        .apply(record(visit, body.at("/refusal/code").asText("")))
        .thenApply(
            done ->
                HttpResponse.create()
                    .withEntity(
                        HttpEntities.create(
                            ContentTypes.APPLICATION_JSON, signed(visit, body).toBytes())));
  }

  private AuditRecord record(Visit visit, String code) {
    return new AuditRecord(
        clock.instant(),
        visit.text("/person"),
        visit.text("/role"),
        "cloud:" + visit.caller().name(),
        ACTION,
        visit.caller().departments().getOrDefault(visit.text("/department"), ""),
        (visit.head(Head::agreement) + " " + visit.hash()).strip(),
        code.isEmpty() ? Outcome.ALLOWED : Outcome.DENIED,
        code,
        visit.source(),
        "",
        1);
  }

  private SignedMessage signed(Visit visit, ObjectNode body) {
    var head =
        new Head(
            Head.ANSWER,
            clouds.own(),
            visit.caller().name(),
            visit.head(Head::message),
            clock.instant().toString(),
            nonces.get(),
            visit.head(Head::agreement),
            visit.head(Head::address),
            visit.hash(),
            "");
    return SignedMessage.sign(head, body, clouds.signer().current());
  }
}

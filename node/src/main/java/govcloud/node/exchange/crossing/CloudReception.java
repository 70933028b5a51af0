package govcloud.node.exchange.crossing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import govcloud.domain.Refusal;
import govcloud.domain.audit.AuditRecord;
import govcloud.domain.audit.AuditRecord.Outcome;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.node.seen.SeenMessages;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers queries of other clouds, whichever way they came. Each is answered with a signed message,
 * also where it is refused, and each is in the audit trail before its answer is given.
 */
public final class CloudReception {

  /** The action, as the trail names it beside operations. */
  public static final String ACTION = "exchange-from-cloud";

  private static final Logger LOG = LoggerFactory.getLogger(CloudReception.class);

  private final KnownClouds clouds;
  private final Function<SignedMessage, CompletionStage<ObjectNode>> desk;
  private final Function<AuditRecord, CompletionStage<Void>> trail;
  private final BiConsumer<String, String> meter;
  private final Supplier<String> nonces;
  private final InstantSource clock;

  /**
   * A reception.
   *
   * @param desk answers queries that are to be believed; what it gives has a {@code refusal}, or
   *     what is let out
   * @param trail writes an audit record; completes when it is in the journal
   * @param meter counts a query of a cloud with the code of its answer; empty: it was permitted
   * @param nonces random digits
   */
  public CloudReception(
      KnownClouds clouds,
      Function<SignedMessage, CompletionStage<ObjectNode>> desk,
      Function<AuditRecord, CompletionStage<Void>> trail,
      BiConsumer<String, String> meter,
      Supplier<String> nonces,
      InstantSource clock) {
    this.clouds = clouds;
    this.desk = desk;
    this.trail = trail;
    this.meter = meter;
    this.nonces = nonces;
    this.clock = clock;
  }

  /**
   * One way on which queries come.
   *
   * @param inspection whom to believe, and how long a message may be on its way
   * @param seen which messages came before
   * @param largest most bytes of an answer
   */
  public record Way(Inspection inspection, SeenMessages seen, int largest) {}

  /**
   * A query and where it comes from.
   *
   * @param caller whose it is, as far as the way tells
   * @param source address, or the name of a file
   */
  record Brought(KnownCloud caller, ByteString bytes, String source) {}

  /**
   * A message that is being answered.
   *
   * @param query what came; empty: nothing that can be read
   * @param isBelieved whether the caller has signed it, now and for this cloud
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

  /** The answer; fails when nothing can be answered now. */
  CompletionStage<SignedMessage> answer(Brought brought, Way way) {
    return answer(brought, way, desk);
  }

  /** The answer of another desk. */
  CompletionStage<SignedMessage> answer(
      Brought brought, Way way, Function<SignedMessage, CompletionStage<ObjectNode>> answering) {
    var visit = new Visit(brought.caller(), Optional.empty(), false, brought.source());
    try {
      var query = SignedMessage.parse(brought.bytes().toByteArray());
      visit = new Visit(brought.caller(), Optional.of(query), false, brought.source());
      way.inspection().query(query, brought.caller());
      var believed = new Visit(brought.caller(), Optional.of(query), true, brought.source());
      return way.seen()
          .isFirst(query.hash(), query.head().sender())
          .thenCompose(
              first ->
                  first
                      ? answering
                          .apply(query)
                          .thenCompose(body -> written(believed, fitting(believed, body, way)))
                      : refused(believed, replayed(query)));
    } catch (CrossingException e) {
      return refused(visit, e.refusal());
    }
  }

  /** The last of many answers to a query that was let in. */
  SignedMessage answer(KnownCloud caller, SignedMessage query, ObjectNode body) {
    return signed(new Visit(caller, Optional.of(query), true, ""), body);
  }

  /** One of many answers to a query that was let in, as it is written. */
  byte[] part(KnownCloud caller, SignedMessage query, ObjectNode body, int largest) {
    var visit = new Visit(caller, Optional.of(query), true, "");
    var bytes = signed(visit, body).toBytes();
    return bytes.length <= largest
        ? bytes
        : signed(visit, tooLarge(bytes.length, largest)).toBytes();
  }

  /** The answer to something that is not even looked at. */
  CompletionStage<SignedMessage> refuse(KnownCloud caller, String source, Refusal refusal) {
    return refused(new Visit(caller, Optional.empty(), false, source), refusal);
  }

  /** Counts a query that was not looked at, because its cloud asks too often. */
  void sentAway(KnownCloud caller) {
    meter.accept(caller.name(), ExchangeRefusal.EXCHANGE_CLOUD_RATE.name());
  }

  private static Refusal replayed(SignedMessage query) {
    return Refusal.of(
        ExchangeRefusal.EXCHANGE_CLOUD_REPLAYED,
        "message: " + query.hash() + " came before (expected: one that is signed anew)");
  }

  private CompletionStage<SignedMessage> refused(Visit visit, Refusal refusal) {
    LOG.warn("query of {}: {}: {}", visit.caller().name(), refusal.code(), refusal.message());
    return written(visit, refusal(refusal));
  }

  /** How a refusal is told to another cloud. */
  public static ObjectNode refusal(Refusal refusal) {
    var body = JsonNodeFactory.instance.objectNode();
    body.putObject("refusal").put("code", refusal.code()).put("detail", refusal.message());
    return body;
  }

  private ObjectNode fitting(Visit visit, ObjectNode body, Way way) {
    var bytes = signed(visit, body).toBytes().length;
    return bytes <= way.largest() ? body : tooLarge(bytes, way.largest());
  }

  private static ObjectNode tooLarge(int bytes, int largest) {
    return refusal(
        Refusal.of(
            ExchangeRefusal.EXCHANGE_CLOUD_MESSAGE_TOO_LARGE,
            "answer: " + bytes + " bytes (expected: at most " + largest + ")"));
  }

  private CompletionStage<SignedMessage> written(Visit visit, ObjectNode body) {
    var code = body.at("/refusal/code").asText("");
    meter.accept(visit.caller().name(), code);
    // Looks for recalls come every few seconds and give out nothing new: they would drown the
    // trail.
    var isNoted = !code.isEmpty() || visit.query().filter(RecallLine::isLook).isEmpty();
    return (isNoted
            ? trail.apply(record(visit, code))
            : CompletableFuture.<Void>completedStage(null))
        .thenApply(done -> signed(visit, body));
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

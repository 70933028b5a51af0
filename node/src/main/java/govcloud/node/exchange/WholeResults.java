package govcloud.node.exchange;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.domain.Refusal;
import govcloud.domain.casework.Attachment;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.domain.sharing.Mode;
import govcloud.exchange.gate.Agreed;
import govcloud.node.attachment.Attachments;
import govcloud.node.exchange.Message.Given;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * Everything at once, however large: what is let out goes through the gateway piece by piece, each
 * recorded before it leaves, and no faster than the consumer reads. What the gate does not let
 * through any more stops in the middle.
 */
final class WholeResults {

  /** How often it is looked whether a running stream may go on. */
  private static final Duration LOOK = Duration.ofMillis(500);

  /** Pieces of a batch on their way through the gateway at the same time. */
  private static final int PIECES = 16;

  private final ActorSystem<?> system;
  private final Gateway gateway;
  private final Records records;
  private final WholeProvider provider;
  private final FileDigests digests;
  private final Supplier<String> nonces;

  WholeResults(
      ActorSystem<?> system,
      Gateway gateway,
      Records records,
      WholeProvider provider,
      FileDigests digests,
      Supplier<String> nonces) {
    this.system = system;
    this.gateway = gateway;
    this.records = records;
    this.provider = provider;
    this.digests = digests;
    this.nonces = nonces;
  }

  /** The answers of the gateway to the pieces of a batch, in their order, up to a refusal. */
  CompletionStage<Source<Outcome, NotUsed>> batch(Message asked) {
    var message = asked.inMode(Mode.BATCH);
    return open(message)
        .thenApply(
            agreed ->
                provider
                    .records(agreed, message.subject())
                    .orElse(Source.single(Piece.NOTHING))
                    .mapAsync(PIECES, piece -> gateway.query(part(message, piece)))
                    .mergePreferred(watch(message), true, true)
                    .takeWhile(outcome -> outcome.refusal().isEmpty(), true))
        .thenCompose(this::begun);
  }

  /** What is refused before anything was let out is a refusal like any other. */
  private CompletionStage<Source<Outcome, NotUsed>> begun(Source<Outcome, NotUsed> outcomes) {
    return outcomes
        .prefixAndTail(1)
        .runWith(Sink.head(), system)
        .thenApply(
            begun -> {
              begun.first().stream()
                  .filter(first -> first.refusal().isPresent())
                  .forEach(
                      first -> {
                        throw ExchangeRoutes.refused(first);
                      });
              return Source.from(begun.first()).concat(begun.second());
            });
  }

  /**
   * A file that is let out.
   *
   * @param digest lower-case hexadecimal SHA-256 of all of it
   * @param bytes from the wanted one on
   */
  record Let(Outcome outcome, Attachment file, String digest, Source<ByteString, NotUsed> bytes) {}

  /**
   * A file from a byte on. The same message again is the same exchange, so that a file of which a
   * part has come can be gone on with.
   */
  CompletionStage<Let> file(Message asked, long from) {
    var message = asked.inMode(Mode.FILE);
    return open(message)
        .thenCompose(
            agreed ->
                provider
                    .file(agreed, message.subject())
                    .thenCompose(found -> let(message, agreed, found, from)));
  }

  private CompletionStage<Let> let(
      Message message, Agreed agreed, Optional<Attachment> found, long from) {
    if (found.isEmpty()) {
      return refused(message, Piece.noFile(agreed.terms().provider()));
    }
    var file = found.get();
    if (from > file.length()) {
      throw Problem.of(
              BorderCode.RANGE_NOT_SATISFIABLE,
              "from: " + from + " (expected: <= " + file.length() + ")")
          .asException();
    }
    return digests
        .of(file, () -> provider.content(agreed, file))
        .handle((digest, failure) -> Optional.ofNullable(digest))
        .thenCompose(
            digest ->
                digest.isEmpty()
                    ? refused(message, Piece.away(agreed.terms().provider()).fault().get())
                    : let(message, agreed, file, digest.get(), from));
  }

  private CompletionStage<Let> let(
      Message message, Agreed agreed, Attachment file, String digest, long from) {
    return ask(
            message,
            new Given(Optional.of(Mode.FILE), List.of(named(agreed, digest)), Optional.empty()))
        .thenCompose(
            outcome ->
                provider
                    .content(agreed, file)
                    .thenApply(
                        content ->
                            new Let(
                                outcome,
                                file,
                                digest,
                                Attachments.bytes(content, from, file.length())
                                    .mergePreferred(cut(message), true, true))));
  }

  /** What a file says of each item stands in the file, whose digest names it. */
  private static ObjectNode named(Agreed agreed, String digest) {
    var record = JsonNodeFactory.instance.objectNode();
    agreed.resource().items().forEach(item -> record.put(item.name(), "sha-256:" + digest));
    return record;
  }

  private <T> CompletionStage<T> refused(Message message, Refusal why) {
    return ask(
            message, new Given(message.given().flatMap(Given::mode), List.of(), Optional.of(why)))
        .thenApply(
            outcome -> {
              throw new IllegalStateException("let out: " + outcome.record().id());
            });
  }

  /** Fails with the problem that says why not. */
  private CompletionStage<Outcome> ask(Message message, Given given) {
    return gateway
        .query(whole(message, given))
        .thenApply(
            outcome -> {
              if (outcome.refusal().isPresent()) {
                throw ExchangeRoutes.refused(outcome);
              }
              return outcome;
            });
  }

  /** What was agreed on, if the gate lets it through now; else it fails, and that is recorded. */
  private CompletionStage<Agreed> open(Message message) {
    return gateway
        .look(message)
        .thenCompose(
            look -> {
              if (look.ruling().refusal().isPresent()) {
                return refused(message, look.ruling().refusal().get());
              }
              if (look.agreed().cloud().isPresent()) {
                throw elsewhere(look.agreed());
              }
              return CompletableFuture.completedStage(look.agreed());
            });
  }

  private static RuntimeException elsewhere(Agreed agreed) {
    return Problem.of(
            Refusal.of(
                ExchangeRefusal.EXCHANGE_MODE_NOT_AGREED,
                "agreement: %s, of cloud %s (expected: one of this cloud)"
                    .formatted(agreed.id(), agreed.cloud().orElseThrow())))
        .asException();
  }

  /** Says nothing as long as the gate lets it through. */
  private Source<Outcome, NotUsed> watch(Message message) {
    return Source.tick(LOOK, LOOK, message)
        .mapMaterializedValue(timer -> NotUsed.getInstance())
        .mapAsync(1, gateway::look)
        .filter(look -> look.ruling().refusal().isPresent())
        .mapAsync(1, look -> gateway.query(whole(message, message.given().orElseThrow())))
        .filter(outcome -> outcome.refusal().isPresent());
  }

  /** Fails as soon as the gate does not let it through any more. */
  private Source<ByteString, NotUsed> cut(Message message) {
    return watch(message)
        .map(
            outcome -> {
              throw ExchangeRoutes.refused(outcome);
            });
  }

  private Message whole(Message message, Given given) {
    return message.part(standsIn(message), message.subject(), message.id(), given, nonces.get());
  }

  private Message part(Message message, Piece piece) {
    return message.part(
        standsIn(message),
        piece.subject().isEmpty() ? message.subject() : piece.subject(),
        message.id() + "/" + piece.name(),
        new Given(Optional.of(Mode.BATCH), piece.records(), piece.fault()),
        nonces.get());
  }

  private String standsIn(Message message) {
    var mode = message.given().flatMap(Given::mode).orElseThrow();
    return mode.name().toLowerCase(Locale.ROOT)
        + ":"
        + records.idOf(message.consumer(), message.id());
  }
}

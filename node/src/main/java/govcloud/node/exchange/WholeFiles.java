package govcloud.node.exchange;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.domain.Refusal;
import govcloud.domain.casework.Attachment;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.domain.sharing.CanonicalJson;
import govcloud.domain.sharing.Mode;
import govcloud.exchange.gate.Agreed;
import govcloud.node.attachment.Attachments;
import govcloud.node.exchange.Message.Given;
import govcloud.node.exchange.crossing.CloudFile;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Failures;
import govcloud.node.http.Problem;
import govcloud.node.http.ProblemException;
import govcloud.replication.statement.DamagedReplicaException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.pf.PFBuilder;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files as they are, however large: what a file is, is recorded before its first byte leaves, and
 * it goes no faster than the consumer reads. What the gate does not let through any more ends in
 * the middle.
 */
final class WholeFiles {

  private static final Logger LOG = LoggerFactory.getLogger(WholeFiles.class);
  private static final String DIGEST_OF_NOTHING =
      HexFormat.of().formatHex(CanonicalJson.sha256().digest());

  /** How long somebody who asks waits until a file is read through. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** The same of another cloud, whose gateway waits no longer and asks again. */
  private static final Duration PATIENCE_OF_CLOUDS = Duration.ofSeconds(1);

  private static final String AGAIN_SECONDS = "5";

  private final WholeGate gate;
  private final WholeProvider provider;
  private final FileDigests digests;
  private final Optional<FarStreams> far;

  /**
   * Files.
   *
   * @param far other clouds; none: no other is known
   */
  WholeFiles(
      WholeGate gate, WholeProvider provider, FileDigests digests, Optional<FarStreams> far) {
    this.gate = gate;
    this.provider = provider;
    this.digests = digests;
    this.far = far;
  }

  /**
   * A file that is let out.
   *
   * @param digest lower-case hexadecimal SHA-256 of all of it
   * @param bytes from the wanted one on
   */
  record Let(Outcome outcome, Attachment file, String digest, Source<ByteString, NotUsed> bytes) {}

  /** A file of this cloud that is recorded, and of which nothing has left. */
  private record Named(Agreed agreed, Outcome outcome, Attachment file, String digest) {}

  /**
   * A file from a byte on. The same message again is the same exchange, so that a file of which a
   * part has come can be gone on with.
   */
  CompletionStage<Let> file(Message asked, long from) {
    var message = asked.inMode(Mode.FILE);
    return gate.open(message)
        .thenCompose(
            look ->
                look.agreed().cloud().isPresent()
                    ? fromAfar(message, look, from)
                    : named(message, look.agreed(), from)
                        .thenCompose(named -> let(message, named, from)))
        .exceptionallyCompose(failure -> CompletableFuture.failedStage(told(failure)));
  }

  /** Records what a file of this cloud is; its bytes are asked for when that is known. */
  CompletionStage<Outcome> announce(Message asked) {
    var message = asked.inMode(Mode.FILE);
    return gate.open(message)
        .thenCompose(look -> named(message, look.agreed(), 0))
        .thenApply(Named::outcome)
        .exceptionallyCompose(failure -> CompletableFuture.failedStage(told(failure)));
  }

  private static Throwable told(Throwable failure) {
    return Failures.cause(failure) instanceof NotReadYetException yet
        ? Problem.of(BorderCode.EXCHANGE_FILE_BEING_READ, yet.getMessage())
            .header("Retry-After", AGAIN_SECONDS)
            .asException()
        : Failures.cause(failure);
  }

  private CompletionStage<Named> named(Message message, Agreed agreed, long from) {
    return provider
        .file(agreed, message.subject())
        .thenCompose(
            found ->
                found.isPresent()
                    ? named(message, agreed, found.get(), from)
                    : gate.refused(message, Piece.noFile(agreed.terms().provider())));
  }

  private CompletionStage<Named> named(Message message, Agreed agreed, Attachment file, long from) {
    if (from > file.length()) {
      throw Problem.of(
              BorderCode.RANGE_NOT_SATISFIABLE,
              "from: " + from + " (expected: <= " + file.length() + ")")
          .asException();
    }
    var patience = message.far().isPresent() ? PATIENCE_OF_CLOUDS : PATIENCE;
    return digests
        .of(file, () -> provider.content(agreed, file), patience)
        .exceptionallyCompose(
            failure ->
                Failures.cause(failure) instanceof NotReadYetException yet
                    ? CompletableFuture.failedStage(yet)
                    : gate.refused(message, away(agreed)))
        .thenCompose(
            digest ->
                gate.ask(message, Given.of(Mode.FILE, List.of(named(agreed, digest))))
                    .thenApply(outcome -> new Named(agreed, outcome, file, digest)));
  }

  private static Refusal away(Agreed agreed) {
    return Piece.away(agreed.terms().provider()).fault().orElseThrow();
  }

  /** What a file says of each item stands in the file, whose digest names it. */
  private static ObjectNode named(Agreed agreed, String digest) {
    var record = JsonNodeFactory.instance.objectNode();
    agreed.resource().items().forEach(item -> record.put(item.name(), FarSource.DIGEST + digest));
    return record;
  }

  private CompletionStage<Let> let(Message message, Named named, long from) {
    return provider
        .content(named.agreed(), named.file())
        .thenApply(content -> Attachments.bytes(content, from, named.file().length()))
        // Whoever reads has told the operator; whoever fetches sees a body that ends early.
        .thenApply(bytes -> bytes.onErrorComplete(DamagedReplicaException.class))
        .thenApply(
            bytes ->
                new Let(named.outcome(), named.file(), named.digest(), watched(message, bytes)));
  }

  /**
   * A file of another cloud is asked for twice under the same message: first for what it is, which
   * both clouds record, and then for its bytes.
   */
  private CompletionStage<Let> fromAfar(Message message, Gateway.Look look, long from) {
    var clouds = far.orElseThrow();
    var question = gate.question(message, look);
    return gate.ask(message, Given.nothing(Mode.FILE))
        .thenCompose(
            outcome ->
                clouds
                    .file(question, from)
                    .thenApply(
                        sent -> {
                          var digest = FarSource.digest(outcome.records()).orElseThrow();
                          requireContent(sent, from, digest);
                          var file =
                              new Attachment(
                                  "", sent.mediaType(), from + sent.length(), sent.fileName());
                          var bytes = ArrivingFile.of(sent, from, digest, message.agreement());
                          return new Let(outcome, file, digest, watched(message, bytes));
                        }));
  }

  /** What has no bytes is not compared as it arrives: it has arrived. */
  private static void requireContent(CloudFile sent, long from, String digest) {
    if (from == 0 && sent.length() == 0 && !digest.equals(DIGEST_OF_NOTHING)) {
      throw Problem.of(
              Refusal.of(
                  ExchangeRefusal.EXCHANGE_CLOUD_ANSWER_WRONG,
                  "file: empty (expected: the one with digest " + digest + ")"))
          .asException();
    }
  }

  /**
   * Ends as soon as the gate does not let it through any more; the connection is closed then, since
   * more was promised.
   */
  private Source<ByteString, NotUsed> watched(Message message, Source<ByteString, NotUsed> bytes) {
    var cut =
        gate.watch(message)
            .map(outcome -> outcome.refusal().map(Refusal::code).orElse(""))
            .recover(
                new PFBuilder<Throwable, String>()
                    .match(
                        Throwable.class,
                        failure -> Failures.cause(failure) instanceof ProblemException,
                        failure -> Failures.cause(failure).getMessage())
                    .build())
            .map(code -> cut(message, code));
    return bytes
        .map(Optional::of)
        .mergePreferred(cut, true, true)
        .takeWhile(Optional::isPresent)
        .map(Optional::get);
  }

  private static Optional<ByteString> cut(Message message, String code) {
    LOG.info("{}: a file under {} of {} is cut", code, message.agreement(), message.consumer());
    return Optional.empty();
  }
}

package govcloud.node.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.domain.casework.Attachment;
import govcloud.domain.sharing.MockRecords;
import govcloud.exchange.gate.Agreed;
import govcloud.node.attachment.Attachments;
import govcloud.node.http.Json;
import govcloud.replication.blob.BlobContent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/** Gives everything of a resource as a stream that is no faster than whoever reads it. */
final class WholeProvider {

  /** Bytes of records about nobody that are recorded together, */
  private static final int PIECE = 1 << 18;

  /** and how many records at most. */
  private static final int MOST_IN_PIECE = 200;

  private static final int MOCK_RECORDS = 1_000;

  private final ActorSystem<?> system;
  private final CaseProvider cases;
  private final Attachments attachments;
  private final Duration patience;

  /**
   * A provider.
   *
   * @param patience how long it may take to find a file
   */
  WholeProvider(
      ActorSystem<?> system, CaseProvider cases, Attachments attachments, Duration patience) {
    this.system = system;
    this.cases = cases;
    this.attachments = attachments;
    this.patience = patience;
  }

  /** The newest file about somebody, or with an empty text of all; none: there is no file. */
  CompletionStage<Optional<Attachment>> file(Agreed agreed, String subject) {
    return cases
        .files(agreed.resource(), agreed.resource().subject().isEmpty() ? "" : subject)
        .completionTimeout(patience)
        .runWith(Sink.headOption(), system);
  }

  /** The content of a file of the provider. */
  CompletionStage<BlobContent> content(Agreed agreed, Attachment file) {
    return attachments
        .find(agreed.resource().owner(), file.address())
        .thenApply(
            found ->
                found.orElseThrow(
                    () -> new IllegalStateException("file: gone (expected: in the archive)")));
  }

  /** All records about somebody, or with an empty text of all, as far as the row filter lets. */
  Source<Piece, NotUsed> records(Agreed agreed, String subject) {
    var form = new RecordForm(agreed.resource(), agreed.terms().resourceVersion());
    var about = agreed.resource().subject().isPresent();
    var pieces =
        all(agreed, form).filter(piece -> !about || subject.isEmpty() || isAbout(piece, subject));
    return about
        ? pieces
        : pieces
            .groupedWeighted(PIECE, piece -> (long) Math.max(piece.weight(), PIECE / MOST_IN_PIECE))
            .mapConcat(Piece::joined);
  }

  private static boolean isAbout(Piece piece, String subject) {
    return piece.fault().isPresent() || piece.subject().equals(subject);
  }

  private static boolean passes(Agreed agreed, ObjectNode record) {
    return agreed.filter().isEmpty() || agreed.filter().get().passes(record);
  }

  private Source<Piece, NotUsed> all(Agreed agreed, RecordForm form) {
    var pieces =
        switch (agreed.resource().provider().kind()) {
          case FILE -> lines(agreed, form);
          case APP -> cases(agreed, form);
          case MOCK -> mock(agreed, form);
          // Its resources have no such modes.
          case HTTP -> Source.<Piece>single(Piece.away(agreed.terms().provider()));
        };
    return pieces.recover(Exception.class, () -> Piece.away(agreed.terms().provider()));
  }

  private Source<Piece, NotUsed> lines(Agreed agreed, RecordForm form) {
    return Source.completionStage(file(agreed, ""))
        .mapAsync(
            1,
            found ->
                found.isPresent()
                    ? content(agreed, found.get()).thenApply(Optional::of)
                    : CompletableFuture.completedStage(Optional.<BlobContent>empty()))
        .flatMapConcat(
            found ->
                found
                    .map(
                        content ->
                            JsonLines.pieces(Attachments.bytes(content, 0, content.length()), form))
                    .orElseGet(() -> Source.single(Piece.none(agreed.terms().provider()))))
        .filter(piece -> piece.records().stream().allMatch(record -> passes(agreed, record)));
  }

  /** The filter comes first: a case that does not concern the consumer need not be complete. */
  private Source<Piece, NotUsed> cases(Agreed agreed, RecordForm form) {
    return cases
        .all(agreed.resource())
        .filter(one -> passes(agreed, one.current().record()))
        .map(one -> piece(one.name(), one.current().subject(), one.current().record(), form));
  }

  private static Source<Piece, NotUsed> mock(Agreed agreed, RecordForm form) {
    return Source.from(MockRecords.of(agreed.resource(), 1, MOCK_RECORDS))
        .map(made -> (ObjectNode) Json.mapper().valueToTree(made))
        .filter(record -> passes(agreed, record))
        .zipWithIndex()
        .map(
            made ->
                piece("mock-" + made.second(), form.subjectOf(made.first()), made.first(), form));
  }

  private static Piece piece(String name, String subject, ObjectNode record, RecordForm form) {
    return form.fault(record)
        .map(wrong -> Piece.malformed(name, "record, " + wrong))
        .orElseGet(() -> Piece.of(name, subject, record, weight(record)));
  }

  private static int weight(ObjectNode record) {
    return record.toString().getBytes(StandardCharsets.UTF_8).length;
  }
}

package govcloud.node.exchange;

import govcloud.domain.Refusal;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.domain.sharing.Mode;
import govcloud.exchange.gate.Agreed;
import govcloud.node.exchange.Source.Question;
import govcloud.node.exchange.crossing.Bundles;
import govcloud.node.exchange.crossing.CloudFile;
import govcloud.node.exchange.crossing.CloudLink.Answered;
import govcloud.node.exchange.crossing.CloudStreams;
import govcloud.node.exchange.crossing.CrossingException;
import govcloud.node.exchange.crossing.KnownClouds;
import govcloud.node.exchange.crossing.SignedMessage;
import govcloud.node.exchange.crossing.TooOftenException;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Failures;
import govcloud.node.http.Problem;
import govcloud.node.http.ProblemException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BinaryOperator;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files and batches of departments of other clouds. */
final class FarStreams {

  private static final Logger LOG = LoggerFactory.getLogger(FarStreams.class);
  private static final String AGAIN_SECONDS = "10";

  private final KnownClouds clouds;
  private final CloudStreams streams;
  private final FarSource source;
  private final Bundles bundles;
  private final BinaryOperator<String> names;

  /**
   * Streams.
   *
   * @param source makes the messages that ask for them
   * @param bundles the way to clouds that are reached through gateways
   * @param names makes a name of a department and its message, which tells neither
   */
  FarStreams(
      KnownClouds clouds,
      CloudStreams streams,
      FarSource source,
      Bundles bundles,
      BinaryOperator<String> names) {
    this.clouds = clouds;
    this.streams = streams;
    this.source = source;
    this.bundles = bundles;
    this.names = names;
  }

  /** Whether any come from where the data are: through gateways no files do. */
  boolean reach(Agreed agreed, Mode mode) {
    return agreed
        .cloud()
        .flatMap(clouds::find)
        .filter(known -> known.folders().isEmpty() || mode == Mode.BATCH)
        .isPresent();
  }

  /** The pieces of a batch, as they were let out, and at last perhaps why there are no more. */
  CompletionStage<Source<Piece, NotUsed>> batch(Question question) {
    var cloud = question.agreed().cloud().orElseThrow();
    var isByFile = clouds.find(cloud).filter(known -> known.folders().isPresent()).isPresent();
    return (isByFile ? byFile(question, cloud) : byLink(question, cloud))
        .thenApply(answers -> ArrivingBatch.of(answers, question.agreed()))
        .exceptionallyCompose(
            failure ->
                Failures.cause(failure) instanceof ProblemException notYet
                    ? CompletableFuture.failedStage(notYet)
                    : CompletableFuture.completedStage(
                        Source.single(
                            ArrivingBatch.failed(Failures.cause(failure), question.agreed()))));
  }

  private CompletionStage<Source<Answered, NotUsed>> byLink(Question question, String cloud) {
    return streams.batch(cloud, () -> source.query(question, cloud));
  }

  /**
   * The name of a query for a batch: of what is asked as well, so that another query under the same
   * message is asked for itself and refused where the data are, and not answered with what came.
   */
  static String name(Message message) {
    return message.id() + "\nbatch " + message.requestHash();
  }

  /** It is asked for once; asking again is looking whether all of it has come. */
  private CompletionStage<Source<Answered, NotUsed>> byFile(Question question, String cloud) {
    var message = question.message();
    return bundles
        .batch(
            cloud,
            names.apply(message.consumer(), name(message)),
            () -> source.query(question, cloud))
        .thenApply(answers -> answers.orElseThrow(() -> notYet(cloud)));
  }

  private static RuntimeException notYet(String cloud) {
    return Problem.of(
            BorderCode.EXCHANGE_BATCH_UNDER_WAY,
            "batch: not all of it has come from " + cloud + " (expected: asked for again later)")
        .header("Retry-After", AGAIN_SECONDS)
        .asException();
  }

  /** The bytes of a file that was let out for this message, from one on. */
  CompletionStage<CloudFile> file(Question question, long from) {
    var cloud = question.agreed().cloud().orElseThrow();
    return streams
        .file(cloud, () -> source.query(question, cloud), from)
        .thenApply(fetched -> fetched.file().orElseThrow(() -> notGiven(fetched.answer())))
        .exceptionallyCompose(
            failure -> CompletableFuture.failedStage(told(question, Failures.cause(failure))));
  }

  /** It was let out a moment ago; what is against it now is recorded over there. */
  private static RuntimeException notGiven(SignedMessage answer) {
    var code = answer.text("/refusal/code");
    var detail = answer.text("/refusal/detail");
    if (code.equals(BorderCode.RANGE_NOT_SATISFIABLE.name())) {
      return Problem.of(BorderCode.RANGE_NOT_SATISFIABLE, detail).asException();
    }
    return ExchangeRefusal.of(code)
        .<RuntimeException>map(known -> Problem.of(Refusal.of(known, detail)).asException())
        .orElseGet(() -> new CompletionException(FarSource.unanswered(answer)));
  }

  private static Throwable told(Question question, Throwable failure) {
    if (failure instanceof ProblemException || failure instanceof NotReadYetException) {
      return failure;
    }
    if (failure instanceof CrossingException wrong) {
      return Problem.of(wrong.refusal()).asException();
    }
    if (failure instanceof TooOftenException rate) {
      return Problem.of(FarSource.tooOften(question.agreed().terms().provider(), rate))
          .asException();
    }
    LOG.warn("{}: a file does not come: {}", question.agreed().id(), failure.toString());
    return Problem.of(
            Refusal.of(
                ExchangeRefusal.EXCHANGE_PROVIDER_AWAY,
                "provider: %s does not send (expected: the file that it has named)"
                    .formatted(question.agreed().terms().provider())))
        .asException();
  }
}

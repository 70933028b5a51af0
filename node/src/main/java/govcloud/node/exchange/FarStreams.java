package govcloud.node.exchange;

import govcloud.domain.Refusal;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.exchange.gate.Agreed;
import govcloud.node.exchange.Source.Question;
import govcloud.node.exchange.crossing.CloudFile;
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
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files and batches of departments of other clouds. */
final class FarStreams {

  private static final Logger LOG = LoggerFactory.getLogger(FarStreams.class);

  private final KnownClouds clouds;
  private final CloudStreams streams;
  private final FarSource source;

  /**
   * Streams.
   *
   * @param source makes the messages that ask for them
   */
  FarStreams(KnownClouds clouds, CloudStreams streams, FarSource source) {
    this.clouds = clouds;
    this.streams = streams;
    this.source = source;
  }

  /** Whether any come from where the data are: not through gateways. */
  boolean reach(Agreed agreed) {
    return agreed
        .cloud()
        .flatMap(clouds::find)
        .filter(known -> known.folders().isEmpty())
        .isPresent();
  }

  /** The pieces of a batch, as they were let out, and at last perhaps why there are no more. */
  CompletionStage<Source<Piece, NotUsed>> batch(Question question) {
    var cloud = question.agreed().cloud().orElseThrow();
    return streams
        .batch(cloud, () -> source.query(question, cloud))
        .thenApply(answers -> ArrivingBatch.of(answers, question.agreed()))
        .exceptionally(
            failure ->
                Source.single(ArrivingBatch.failed(Failures.cause(failure), question.agreed())));
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

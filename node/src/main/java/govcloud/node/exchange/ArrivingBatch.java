package govcloud.node.exchange;

import govcloud.domain.Refusal;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.domain.sharing.AgreementTerms.Field;
import govcloud.domain.sharing.Masking;
import govcloud.exchange.gate.Agreed;
import govcloud.node.exchange.crossing.CloudLink.Answered;
import govcloud.node.exchange.crossing.CrossingException;
import govcloud.node.exchange.crossing.SignedMessage;
import govcloud.node.exchange.crossing.TooOftenException;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.japi.pf.PFBuilder;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.scaladsl.Framing.FramingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A batch as it comes from another cloud: its answers one after the other, and at last how many
 * they were. Without that it does not go on to its end, whatever came.
 */
final class ArrivingBatch {

  private static final Logger LOG = LoggerFactory.getLogger(ArrivingBatch.class);

  private final Agreed agreed;
  private long answers;
  private boolean isOver;

  private ArrivingBatch(Agreed agreed) {
    this.agreed = agreed;
  }

  /**
   * What comes.
   *
   * @param fault why nothing more does; neither this nor an answer: it is over
   */
  private record Arrived(Optional<Answered> answered, Optional<Piece> fault) {
    static final Arrived NOTHING_MORE = new Arrived(Optional.empty(), Optional.empty());
  }

  /** The pieces that were let out, and if the batch is not whole, why there are no more. */
  static Source<Piece, NotUsed> of(Source<Answered, NotUsed> sent, Agreed agreed) {
    return sent.takeWhile(one -> !isEnd(one.answer()), true)
        .map(one -> new Arrived(Optional.of(one), Optional.empty()))
        .recover(
            new PFBuilder<Throwable, Arrived>()
                .matchAny(
                    failure -> new Arrived(Optional.empty(), Optional.of(failed(failure, agreed))))
                .build())
        .concat(Source.single(Arrived.NOTHING_MORE))
        .statefulMap(
            () -> new ArrivingBatch(agreed),
            (state, next) -> Pair.create(state, state.next(next)),
            state -> Optional.empty())
        .mapConcat(pieces -> pieces);
  }

  private static boolean isEnd(SignedMessage answer) {
    return answer.body().has(LeavingBatch.END);
  }

  /** Why a batch goes no further. */
  static Piece failed(Throwable failure, Agreed agreed) {
    if (failure instanceof CrossingException known) {
      return Piece.ended("wrong", known.refusal());
    }
    if (failure instanceof TooOftenException rate) {
      return Piece.ended("rate", FarSource.tooOften(agreed.terms().provider(), rate));
    }
    if (failure instanceof FramingException) {
      return wrong("answer: too long or cut off (expected: lines)");
    }
    LOG.warn("{}: a batch does not go on: {}", agreed.id(), failure.toString());
    return Piece.away(agreed.terms().provider());
  }

  private static Piece wrong(String found) {
    return Piece.ended("wrong", Refusal.of(ExchangeRefusal.EXCHANGE_CLOUD_ANSWER_WRONG, found));
  }

  private List<Piece> next(Arrived arrived) {
    if (isOver) {
      return List.of();
    }
    if (arrived.fault().isPresent()) {
      isOver = true;
      return List.of(arrived.fault().get());
    }
    return arrived
        .answered()
        .map(this::next)
        .orElseGet(() -> List.of(Piece.away(agreed.terms().provider())));
  }

  private List<Piece> next(Answered answered) {
    var answer = answered.answer();
    if (isEnd(answer)) {
      isOver = true;
      var told = answer.body().path(LeavingBatch.END).path(LeavingBatch.ANSWERS).asLong(-1);
      return told == answers && answers > 0
          ? List.of()
          : List.of(wrong("end: %d answers (expected: %d)".formatted(told, answers)));
    }
    if (!answer.text("/refusal/code").isEmpty()) {
      isOver = true;
      return List.of(Piece.sent("refused", "", answered));
    }
    answers++;
    var name = answer.text("/evidence/exchange");
    var records = answer.body().path("records").size();
    if (name.isEmpty() || (agreed.resource().subject().isPresent() && records > 1)) {
      isOver = true;
      return List.of(wrong("answer: no exchange of one person (expected: its id)"));
    }
    return List.of(Piece.sent(name, subject(answer), answered));
  }

  /** Whom a record is about, if this cloud may know it. */
  private String subject(SignedMessage answer) {
    return agreed
        .resource()
        .subject()
        .filter(item -> agreed.terms().fields().contains(new Field(item, Masking.PLAIN)))
        .map(item -> answer.body().at("/records/0").path(item).asText())
        .orElse("");
  }
}

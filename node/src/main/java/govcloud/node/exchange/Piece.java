package govcloud.node.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.domain.Refusal;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.node.exchange.crossing.CloudLink.Answered;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A piece of a batch, let out and recorded as a whole.
 *
 * @param name within the batch; the same one is the same piece
 * @param subject document number of the data subject; empty where the records are about nobody
 * @param records as the provider has them
 * @param weight about how many bytes they are
 * @param fault why the batch ends here; none: it goes on
 * @param sent what another cloud has signed of it; none: it is of this cloud
 */
record Piece(
    String name,
    String subject,
    List<ObjectNode> records,
    int weight,
    Optional<Refusal> fault,
    Optional<Answered> sent) {

  /** What is recorded of a batch without any record. */
  static final Piece NOTHING =
      new Piece("none", "", List.of(), 0, Optional.empty(), Optional.empty());

  Piece {
    records = List.copyOf(records);
  }

  /** A record. */
  static Piece of(String name, String subject, ObjectNode record, int weight) {
    return new Piece(name, subject, List.of(record), weight, Optional.empty(), Optional.empty());
  }

  /** What another cloud has let out, or why it goes no further. */
  static Piece sent(String name, String subject, Answered answered) {
    return new Piece(name, subject, List.of(), 0, Optional.empty(), Optional.of(answered));
  }

  /** The end of a batch that is not as was agreed on. */
  static Piece malformed(String name, String what) {
    return ended(name, Refusal.of(ExchangeRefusal.EXCHANGE_ANSWER_MALFORMED, what));
  }

  /** The end of a batch that its provider does not give. */
  static Piece away(String provider) {
    return ended(
        "away",
        Refusal.of(
            ExchangeRefusal.EXCHANGE_PROVIDER_AWAY,
            "provider: " + provider + " does not go on (expected: to the end)"));
  }

  /** What is told of a provider that has no file. */
  static Piece none(String provider) {
    return ended("none", noFile(provider));
  }

  /** Why a provider gives no file. */
  static Refusal noFile(String provider) {
    return Refusal.of(
        ExchangeRefusal.EXCHANGE_FILE_NONE,
        "provider: " + provider + " has no file (expected: one that is attached to a case)");
  }

  /** The end of a batch. */
  static Piece ended(String name, Refusal why) {
    return new Piece(name, "", List.of(), 0, Optional.of(why), Optional.empty());
  }

  /** The records of several pieces about nobody as one; what ends the batch stays alone. */
  static List<Piece> joined(List<Piece> pieces) {
    List<ObjectNode> records = new ArrayList<>();
    List<Piece> joined = new ArrayList<>();
    int weight = 0;
    for (Piece piece : pieces) {
      if (piece.fault().isPresent()) {
        joined.add(piece);
      } else {
        records.addAll(piece.records());
        weight += piece.weight();
      }
    }
    if (!records.isEmpty()) {
      var name = pieces.get(0).name() + "+" + records.size();
      joined.add(0, new Piece(name, "", records, weight, Optional.empty(), Optional.empty()));
    }
    return joined;
  }
}

package govcloud.node.exchange.crossing;

import govcloud.domain.exchange.ExchangeRefusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;

/** Whether a message between clouds is to be believed: signer, receiver, kind and time. */
public final class Inspection {

  private final KnownClouds clouds;
  private final Duration bound;
  private final InstantSource clock;

  /**
   * An inspection.
   *
   * @param bound how far a message's time may be from this node's, either way
   */
  public Inspection(KnownClouds clouds, Duration bound, InstantSource clock) {
    this.clouds = clouds;
    this.bound = bound;
    this.clock = clock;
  }

  /**
   * A query that a cloud brings.
   *
   * @param caller by its certificate
   * @throws CrossingException for the first thing that is wrong with it
   */
  public void query(SignedMessage message, KnownCloud caller) throws CrossingException {
    if (!message.head().sender().equals(caller.name())) {
      throw new CrossingException(
          ExchangeRefusal.EXCHANGE_CLOUD_UNKNOWN,
          "sender: "
              + message.head().sender()
              + " (expected: "
              + caller.name()
              + ", whose certificate it is)");
    }
    check(message, caller, Head.QUERY);
    inTime(message.head());
  }

  /**
   * The answer of a cloud to a query.
   *
   * @throws CrossingException with {@code EXCHANGE_CLOUD_ANSWER_WRONG} when it is none
   */
  public SignedMessage answer(byte[] bytes, SignedMessage query) throws CrossingException {
    var message = part(bytes, query);
    try {
      inTime(message.head());
      return message;
    } catch (CrossingException e) {
      throw wrongAnswer(e.getMessage());
    }
  }

  /**
   * One of many answers to a query, however slowly they are read: none is older than the query.
   *
   * @throws CrossingException with {@code EXCHANGE_CLOUD_ANSWER_WRONG} when it is none
   */
  SignedMessage part(byte[] bytes, SignedMessage query) throws CrossingException {
    try {
      var cloud = clouds.require(query.head().receiver());
      var message = SignedMessage.parse(bytes);
      check(message, cloud, Head.ANSWER);
      if (!message.head().answers().equals(query.hash())) {
        throw wrongAnswer(
            "answer: to " + message.head().answers() + " (expected: to " + query.hash() + ")");
      }
      return message;
    } catch (CrossingException e) {
      throw e.refusal().code().equals(ExchangeRefusal.EXCHANGE_CLOUD_ANSWER_WRONG.name())
          ? e
          : wrongAnswer(e.getMessage());
    }
  }

  /**
   * A message of a kind that a cloud has sent through a gateway, at whatever time.
   *
   * @throws CrossingException for the first thing that is wrong with it
   */
  void brought(SignedMessage message, KnownCloud sender, String kind) throws CrossingException {
    check(message, sender, kind);
  }

  /**
   * An agreement that a cloud has handed over for departments of this one, at whatever time.
   *
   * @throws CrossingException for the first thing that is wrong with it
   */
  public SignedMessage agreement(byte[] bytes) throws CrossingException {
    var message = SignedMessage.parse(bytes);
    check(message, clouds.require(message.head().sender()), Head.AGREEMENT);
    return message;
  }

  private static CrossingException wrongAnswer(String why) {
    return new CrossingException(ExchangeRefusal.EXCHANGE_CLOUD_ANSWER_WRONG, why);
  }

  private void check(SignedMessage message, KnownCloud signer, String kind)
      throws CrossingException {
    message.verify(signer.keys());
    var head = message.head();
    if (!head.sender().equals(signer.name())) {
      throw new CrossingException(
          ExchangeRefusal.EXCHANGE_CLOUD_SIGNATURE_WRONG,
          "sender: " + head.sender() + " (expected: " + signer.name() + ", who has signed)");
    }
    if (!head.receiver().equals(clouds.own())) {
      throw new CrossingException(
          ExchangeRefusal.EXCHANGE_CLOUD_RECEIVER_WRONG,
          "receiver: " + head.receiver() + " (expected: " + clouds.own() + ")");
    }
    if (!head.kind().equals(kind)) {
      throw new CrossingException(
          ExchangeRefusal.EXCHANGE_CLOUD_MESSAGE_MALFORMED,
          "kind: " + head.kind() + " (expected: " + kind + ")");
    }
  }

  private void inTime(Head head) throws CrossingException {
    var now = clock.instant();
    try {
      var off = Duration.between(Instant.parse(head.at()), now).abs();
      if (off.compareTo(bound) <= 0) {
        return;
      }
    } catch (DateTimeParseException | ArithmeticException e) {
      // told below like any other time that is not near
    }
    throw new CrossingException(
        ExchangeRefusal.EXCHANGE_CLOUD_CLOCK,
        "at: %s (expected: at most %d s from %s)".formatted(head.at(), bound.toSeconds(), now));
  }
}

package govcloud.node.exchange.crossing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import govcloud.domain.exchange.ExchangeRefusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * What a cloud tells another one through the gateway about itself: to which key it is to be sealed,
 * and how far it has taken in what was sent to it. The newest counts.
 *
 * @param key public half of its key, 64 hexadecimal digits
 * @param taken the last bundle that it has taken in
 * @param at when it said so
 */
record Standing(String key, Position taken, Instant at) {

  private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

  /** How the file is called. */
  static String name(String sender) {
    return sender + ".standing";
  }

  SignedMessage signed(KnownClouds own, String receiver, String nonce) {
    var body = JsonNodeFactory.instance.objectNode().put("key", key);
    body.putObject("taken")
        .put("stream", taken.stream())
        .put("number", Long.toString(taken.number()))
        .put("hash", taken.hash());
    var head =
        new Head(Head.STANDING, own.own(), receiver, "", at.toString(), nonce, "", "", "", "");
    return SignedMessage.sign(head, body, own.signer().current());
  }

  /**
   * What a message says whose signature was verified.
   *
   * @throws CrossingException when it says something else
   */
  static Standing of(SignedMessage message) throws CrossingException {
    var number = message.text("/taken/number");
    var key = message.text("/key");
    if (!KEY.matcher(key).matches() || !NUMBER.matcher(number).matches()) {
      throw malformed("key " + key + ", number " + number);
    }
    try {
      return new Standing(
          key,
          new Position(
              message.text("/taken/stream"), Long.parseLong(number), message.text("/taken/hash")),
          Instant.parse(message.head().at()));
    } catch (DateTimeException e) {
      throw malformed(e.getMessage());
    }
  }

  private static CrossingException malformed(String found) {
    return new CrossingException(
        ExchangeRefusal.EXCHANGE_CLOUD_MESSAGE_MALFORMED,
        "standing: " + found + " (expected: a key, a position and a time)");
  }

  /** Whether it says the same, whenever. */
  boolean says(Standing other) {
    return key.equals(other.key) && taken.equals(other.taken);
  }
}

package govcloud.node.exchange;

import govcloud.domain.exchange.ExchangeRecord;
import govcloud.domain.exchange.ExchangeRefusal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Which exchange a message is now. A message whose provider was away may be sent again and is
 * another exchange then, for nothing was decided about the data; who waits for an answer is told
 * 503, after which programs send the same again.
 *
 * @param id of the exchange
 * @param before what became of it, if anything
 */
record Turn(String id, Optional<ExchangeRecord> before) {

  private static final int MOST = 32;

  /** The turn of a message. */
  static CompletionStage<Turn> of(Message message, Records records) {
    return of(message, records, 0);
  }

  private static CompletionStage<Turn> of(Message message, Records records, int number) {
    var name = number == 0 ? message.id() : message.id() + "\nagain " + number;
    var id = records.idOf(message.consumer(), name);
    return records
        .find(message.consumer(), id)
        .thenCompose(
            found ->
                number < MOST && found.filter(record -> wasAway(record, message)).isPresent()
                    ? of(message, records, number + 1)
                    : CompletableFuture.completedStage(new Turn(id, found)));
  }

  /**
   * What this cloud sends again by itself is told what it was told before. Behind what comes from
   * another cloud somebody may ask again, as at home.
   */
  private static boolean wasAway(ExchangeRecord record, Message message) {
    return !record.permit()
        && record.code().equals(ExchangeRefusal.EXCHANGE_PROVIDER_AWAY.name())
        && record.requestHash().equals(message.requestHash())
        && !message.waits()
        && !message.byItself()
        && message.given().isEmpty();
  }
}

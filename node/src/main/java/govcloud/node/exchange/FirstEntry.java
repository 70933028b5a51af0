package govcloud.node.exchange;

import govcloud.domain.exchange.LedgerEvent;
import govcloud.node.feed.EntityHistory;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.stream.javadsl.Sink;

/** How a ledger began, as the journal has it: that never changes. */
final class FirstEntry {

  private final EntityHistory history;
  private final ClassicActorSystemProvider system;

  FirstEntry(EntityHistory history, ClassicActorSystemProvider system) {
    this.history = history;
    this.system = system;
  }

  /** The bytes of entry 0; fails if the ledger has not begun. */
  CompletionStage<byte[]> of(String entity) {
    return history
        .of(entity, 1)
        .take(1)
        .mapConcat(entry -> List.copyOf(entry.commit().events()))
        .filter(LedgerEvent.Appended.class::isInstance)
        .map(event -> Base64.getDecoder().decode(((LedgerEvent.Appended) event).leaves().get(0)))
        .runWith(Sink.head(), system);
  }
}

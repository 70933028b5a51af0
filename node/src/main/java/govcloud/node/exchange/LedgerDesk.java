package govcloud.node.exchange;

import govcloud.domain.Actor;
import govcloud.domain.exchange.LedgerCommand;
import govcloud.domain.exchange.LedgerEvent;
import govcloud.domain.exchange.LedgerState;
import govcloud.ledger.leaf.Entry;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.feed.EntityHistory;
import govcloud.node.http.Problem;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.stream.javadsl.Sink;

/**
 * Brings entries of this node into the ledger, many at once: while a batch is on its way the next
 * one fills up. One entity decides on the order for the whole cloud, so two nodes never give two
 * entries one place.
 */
final class LedgerDesk {

  private final Entities entities;
  private final EntityHistory history;
  private final ClassicActorSystemProvider system;
  private final LedgerKey key;
  private final LedgerShelf shelf;
  private final String life;
  private final Supplier<CompletionStage<Boolean>> begun;

  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private boolean underWay;
  private long batches;

  /**
   * Nothing recorded yet.
   *
   * @param shelf says whether the ledger is the one that was signed here
   * @param life names this life of the node; no other life has the same
   * @param begun completes when entries may be recorded
   */
  LedgerDesk(
      Entities entities,
      EntityHistory history,
      ClassicActorSystemProvider system,
      LedgerKey key,
      LedgerShelf shelf,
      String life,
      Supplier<CompletionStage<Boolean>> begun) {
    this.entities = entities;
    this.history = history;
    this.system = system;
    this.key = key;
    this.shelf = shelf;
    this.life = life;
    this.begun = begun;
  }

  private record Waiting(String leaf, CompletableFuture<Long> index) {}

  /**
   * Records an entry.
   *
   * @return its index, when it is stored for good; fails when that is not known
   */
  CompletionStage<Long> append(Entry entry) {
    if (shelf.trouble().isPresent()) {
      return CompletableFuture.failedStage(shelf.trouble().get());
    }
    var leaf = Base64.getEncoder().encodeToString(entry.toBytes());
    var one = new Waiting(leaf, new CompletableFuture<>());
    synchronized (this) {
      waiting.add(one);
    }
    flush();
    return one.index();
  }

  private void flush() {
    List<Waiting> batch;
    String name;
    synchronized (this) {
      if (underWay || waiting.isEmpty()) {
        return;
      }
      batch = LeafBatch.next(waiting, Waiting::leaf);
      underWay = true;
      name = life + "-" + ++batches;
    }
    CompletableFuture.completedStage(true)
        .thenCompose(start -> begun.get())
        .thenCompose(ready -> send(batch, name))
        .whenComplete(
            (first, failure) -> {
              synchronized (this) {
                underWay = false;
              }
              settle(batch, first, failure);
              flush();
            });
  }

  private static void settle(List<Waiting> batch, Long first, Throwable failure) {
    for (int i = 0; i < batch.size(); i++) {
      if (failure == null) {
        batch.get(i).index().complete(first + i);
      } else {
        batch.get(i).index().completeExceptionally(failure);
      }
    }
  }

  private CompletionStage<Long> send(List<Waiting> batch, String name) {
    var leaves = batch.stream().map(Waiting::leaf).toList();
    var request =
        Request.of(new LedgerCommand.Append(key.text(), key.siteEpoch(), leaves), Actor.platform())
            .withKey(name, name);
    return entities
        .<LedgerState>ask(key.entity(), request)
        .thenCompose(answer -> first(answer, leaves.size()));
  }

  private CompletionStage<Long> first(Answer<LedgerState> answer, int count) {
    if (!answer.accepted()) {
      return CompletableFuture.failedStage(Problem.of(answer.refusal()).asException());
    }
    if (!answer.replayed()) {
      return CompletableFuture.completedStage(answer.state().size() - count);
    }
    // The answer to the first try was lost: the state may be a later one, the record is not.
    return history
        .of(key.entity(), answer.version())
        .take(1)
        .mapConcat(entry -> List.copyOf(entry.commit().events()))
        .filter(LedgerEvent.Appended.class::isInstance)
        .map(event -> ((LedgerEvent.Appended) event).first())
        .runWith(Sink.head(), system);
  }
}

package govcloud.node.exchange;

import govcloud.domain.Actor;
import govcloud.domain.exchange.LedgerCommand;
import govcloud.domain.exchange.LedgerState;
import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import govcloud.ledger.log.FolderStore;
import govcloud.ledger.log.Mirror;
import govcloud.ledger.note.CheckedCheckpoint;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.note.VerifierKey;
import govcloud.ledger.witness.Seen;
import govcloud.ledger.witness.Shipment;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.feed.EntityHistory;
import govcloud.node.replication.ReplicationThreads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * The copy of one ledger of the sibling, on one node. Its entries are in this cloud's journal, in
 * an entity that has each place once; so whichever node is asked, only one history is ever
 * cosigned.
 */
final class MirrorShelf {

  /** The copy of another cloud's ledger stays right wherever this cloud is. */
  private static final int NO_SITE = 0;

  private final Entities entities;
  private final VerifierKey log;
  private final String entity;
  private final ReplicationThreads thread;
  private final Mirror mirror;
  private final LedgerFollower follower;
  private CompletionStage<?> last = CompletableFuture.completedStage(true);

  /**
   * Opens the copy, or begins it.
   *
   * @param thread a single one, on which files are written
   * @param folder of this node and this log alone
   */
  MirrorShelf(
      ActorSystem<?> system,
      Entities entities,
      EntityHistory history,
      VerifierKey log,
      ReplicationThreads thread,
      Path folder)
      throws LedgerException, IOException {
    var store = new FolderStore(folder);
    this.entities = entities;
    this.log = log;
    this.entity = LedgerKey.entity(log);
    this.thread = thread;
    this.mirror = Mirror.open(store, TrustPolicy.of(log));
    this.follower =
        new LedgerFollower(system, entities, history, entity, store, new Copied(mirror, thread));
  }

  private record Copied(Mirror mirror, ReplicationThreads thread) implements LedgerFollower.Files {

    @Override
    public long size() {
      return mirror.size();
    }

    @Override
    public long settled() {
      return mirror.published();
    }

    @Override
    public byte[] entry(long index) throws LedgerException {
      return mirror.entry(index);
    }

    @Override
    public CompletionStage<?> append(List<byte[]> leaves) {
      return thread.run(
          false,
          () -> {
            mirror.append(leaves);
            return true;
          });
    }
  }

  /** Why nothing more is taken in. */
  Optional<LedgerException> trouble() {
    return follower.trouble();
  }

  /** What is here. */
  CompletionStage<Seen> seen() {
    return inTurn(
        () ->
            follower
                .catchUp()
                .thenCompose(
                    size -> thread.run(true, () -> new Seen(mirror.size(), mirror.newest()))));
  }

  /**
   * Takes in a shipment, if it goes on from what is here.
   *
   * @param state its state, verified
   * @param cosign makes the witness's line
   * @return the line
   */
  CompletionStage<String> take(
      Shipment shipment, CheckedCheckpoint state, Function<CheckedCheckpoint, String> cosign) {
    return inTurn(
        () ->
            follower
                .catchUp()
                .thenCompose(size -> thread.run(false, () -> fresh(shipment, state)))
                .thenCompose(this::record)
                .thenCompose(recorded -> recorded ? follower.catchUp() : size())
                .thenCompose(size -> thread.run(false, () -> published(state, cosign))));
  }

  /** Completes when a state can be the last one of this log, with which another one begins. */
  CompletionStage<Boolean> requireLast(CheckedCheckpoint state) {
    return inTurn(
        () ->
            follower
                .catchUp()
                .thenCompose(
                    size ->
                        thread.run(
                            false,
                            () -> {
                              mirror.requireLast(state);
                              return true;
                            })));
  }

  private CompletionStage<Long> size() {
    return CompletableFuture.completedStage(mirror.size());
  }

  private synchronized <T> CompletionStage<T> inTurn(
      java.util.function.Supplier<CompletionStage<T>> work) {
    var next = last.handle((done, failure) -> true).thenCompose(done -> work.get());
    last = next;
    return next;
  }

  /** The entries that are not here yet; all of it agrees with what is here. */
  private Queue<String> fresh(Shipment shipment, CheckedCheckpoint state) throws LedgerException {
    var size = mirror.size();
    if (shipment.first() > size) {
      throw new LedgerException(
          LedgerDefect.LEDGER_MISSING,
          log.name(),
          "entry " + size + " (expected: no gap before entry " + shipment.first() + ")");
    }
    var known = (int) Math.min(size - shipment.first(), shipment.leaves().size());
    for (int i = 0; i < known; i++) {
      mirror.requireSame(shipment.first() + i, shipment.leaves().get(i));
    }
    var more = shipment.leaves().subList(known, shipment.leaves().size());
    mirror.require(state, more);
    Queue<String> leaves = new ArrayDeque<>();
    more.forEach(leaf -> leaves.add(Base64.getEncoder().encodeToString(leaf)));
    return leaves;
  }

  private CompletionStage<Boolean> record(Queue<String> leaves) {
    if (leaves.isEmpty()) {
      return CompletableFuture.completedStage(false);
    }
    return entities
        .<LedgerState>read(entity)
        .thenCompose(
            answer ->
                answer.state().size() == mirror.size()
                    ? record(leaves, answer.version())
                    : CompletableFuture.failedStage(busy()));
  }

  private CompletionStage<Boolean> record(Queue<String> leaves, long version) {
    var request =
        Request.of(
                new LedgerCommand.Append(
                    log.toString(), NO_SITE, LeafBatch.next(leaves, Function.identity())),
                Actor.platform())
            .expecting(version);
    return entities
        .<LedgerState>ask(entity, request)
        .thenCompose(
            (Answer<LedgerState> answer) ->
                !answer.accepted()
                    ? CompletableFuture.failedStage(busy())
                    : leaves.isEmpty()
                        ? CompletableFuture.completedStage(true)
                        : record(leaves, answer.version()));
  }

  private LedgerException busy() {
    return new LedgerException(
        LedgerDefect.LEDGER_UNAVAILABLE, log.name(), "another node takes it in (try again)");
  }

  private String published(CheckedCheckpoint state, Function<CheckedCheckpoint, String> cosign)
      throws LedgerException {
    mirror.require(state, List.of());
    var line = cosign.apply(state);
    mirror.publish(state, line);
    follower.settle();
    return line;
  }
}

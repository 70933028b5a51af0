package govcloud.node.exchange;

import govcloud.domain.exchange.LedgerEvent;
import govcloud.domain.exchange.LedgerState;
import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import govcloud.ledger.leaf.Leaf;
import govcloud.ledger.log.FolderStore;
import govcloud.ledger.log.LedgerFiles;
import govcloud.ledger.log.LedgerLog;
import govcloud.ledger.log.Receipt;
import govcloud.ledger.log.TileReader;
import govcloud.ledger.note.Checkpoint;
import govcloud.ledger.note.LogProof;
import govcloud.ledger.note.SignedNote;
import govcloud.ledger.tree.TileName;
import govcloud.ledger.tree.TreeProofs;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.feed.EntityHistory;
import govcloud.node.http.Failures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;

/**
 * The ledger's files on one node, as any web server can serve them: made from the ledger's history
 * in the journal, and signed. Every node follows the same history, and signing is deterministic, so
 * states signed by different nodes are states of one log. If the journal has less than was signed
 * here, or something else, it was put back or forked, and nothing more is signed.
 */
final class LedgerShelf implements AutoCloseable {

  /** The version of the ledger's entity that was followed last; not to be served. */
  private static final String FOLLOWED = "sequencer/followed";

  private static final int LARGEST_BATCH = 16;

  private final ActorSystem<?> system;
  private final Entities entities;
  private final EntityHistory history;
  private final String entity;
  private final FolderStore store;
  private final LedgerLog log;

  private CompletableFuture<Long> underWay = CompletableFuture.completedFuture(0L);
  private CompletionStage<Long> following;
  private volatile LedgerException trouble;
  private long sequence;

  /** The index behind the last entry that was handed to the log; of one stream at a time. */
  private long next;

  private LedgerShelf(
      ActorSystem<?> system,
      Entities entities,
      EntityHistory history,
      String entity,
      FolderStore store,
      LedgerLog log,
      long sequence) {
    this.system = system;
    this.entities = entities;
    this.history = history;
    this.entity = entity;
    this.store = store;
    this.log = log;
    this.sequence = sequence;
  }

  /**
   * Opens the files, or begins them.
   *
   * @param folder of this node alone
   * @throws IllegalArgumentException when they cannot be used, beginning with the setting's name
   */
  static LedgerShelf open(
      ActorSystem<?> system, Entities entities, EntityHistory history, LedgerKey key, Path folder) {
    var store = new FolderStore(folder);
    try {
      var log =
          store.read(LedgerFiles.SIGNED).isPresent()
              ? LedgerLog.open(store, key.signer(), List.of())
              : LedgerLog.create(store, key.signer());
      return new LedgerShelf(system, entities, history, key.entity(), store, log, followed(store));
    } catch (IOException | LedgerException e) {
      throw ExchangeSettings.wrong(
          "ledger-folder", folder + ": " + e.getMessage(), "the files of this ledger or none");
    }
  }

  private static long followed(FolderStore store) throws IOException {
    return store
        .read(FOLLOWED)
        .map(file -> new String(file, StandardCharsets.US_ASCII).strip())
        .filter(text -> text.matches("[1-9][0-9]{0,17}"))
        .map(Long::parseLong)
        .orElse(1L);
  }

  /** Why nothing more is signed here. */
  Optional<LedgerException> trouble() {
    return Optional.ofNullable(trouble);
  }

  /** Takes in what the ledger has by now; completes with the number of entries then. */
  synchronized CompletionStage<Long> catchUp() {
    if (trouble != null) {
      return CompletableFuture.failedStage(trouble);
    }
    if (following != null) {
      return following;
    }
    if (underWay.isDone()) {
      return begin();
    }
    // What is under way may have looked before the caller's entry was there.
    var later = new CompletableFuture<Long>();
    following = later;
    var unused =
        underWay
            .handle((size, failure) -> size)
            .thenCompose(size -> next())
            .whenComplete(
                (now, failure) -> {
                  if (failure == null) {
                    later.complete(now);
                  } else {
                    later.completeExceptionally(failure);
                  }
                });
    return later;
  }

  private synchronized CompletionStage<Long> next() {
    following = null;
    return begin();
  }

  private CompletionStage<Long> begin() {
    underWay =
        entities
            .<LedgerState>read(entity)
            .thenCompose(this::follow)
            .whenComplete((size, failure) -> note(failure))
            .toCompletableFuture();
    return underWay;
  }

  private void note(Throwable failure) {
    if (Failures.cause(failure) instanceof LedgerException ledger && trouble == null) {
      trouble = ledger;
      system.log().error("ledger {}: nothing more is signed: {}", entity, ledger.getMessage());
    }
  }

  private CompletionStage<Long> follow(Answer<LedgerState> answer) {
    var signed = size();
    if (answer.state().size() < signed) {
      return CompletableFuture.failedStage(
          new LedgerException(
              LedgerDefect.LEDGER_ROLLED_BACK,
              entity,
              answer.state().size() + " entries (expected: >= " + signed + ", which were signed)"));
    }
    if (answer.state().size() == signed) {
      return CompletableFuture.completedStage(signed);
    }
    return history
        .of(entity, sequence)
        .mapAsync(LARGEST_BATCH, this::take)
        .runWith(Sink.lastOption(), system)
        .thenApply(last -> remembered(last.orElse(sequence)));
  }

  /** Entries that are there are compared, the others are put behind them. */
  private CompletionStage<Long> take(EntityHistory.Entry record) {
    CompletionStage<Receipt> last = null;
    try {
      for (var event : record.commit().events()) {
        if (event instanceof LedgerEvent.Appended appended) {
          last = take(appended);
        }
      }
    } catch (LedgerException e) {
      return CompletableFuture.failedStage(e);
    }
    var version = record.sequence();
    return last == null
        ? CompletableFuture.completedStage(version)
        : last.thenApply(receipt -> version);
  }

  private CompletionStage<Receipt> take(LedgerEvent.Appended appended) throws LedgerException {
    var there = Math.max(size(), next);
    CompletionStage<Receipt> last = null;
    for (int i = 0; i < appended.leaves().size(); i++) {
      var index = appended.first() + i;
      var leaf = Base64.getDecoder().decode(appended.leaves().get(i));
      if (index > there) {
        throw new LedgerException(
            LedgerDefect.LEDGER_MISSING, entity, "entry " + there + " (expected: in the journal)");
      } else if (index == there) {
        last = log.append(Leaf.parse(leaf, "entry " + index));
        there++;
      } else if (index < size()) {
        requireSame(index, leaf);
      }
    }
    next = there;
    return last;
  }

  private void requireSame(long index, byte[] leaf) throws LedgerException {
    if (!Arrays.equals(new TileReader(store, size()).entry(index), leaf)) {
      throw new LedgerException(
          LedgerDefect.LEDGER_FORKED,
          entity,
          "entry " + index + ": another one than was signed (expected: the same for ever)");
    }
  }

  private long remembered(long version) {
    try {
      sequence = version;
      store.replace(FOLLOWED, (version + "\n").getBytes(StandardCharsets.US_ASCII));
      return size();
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  private long size() {
    return state().size();
  }

  private Checkpoint state() {
    try {
      return Checkpoint.parse(log.checkpoint().text(), LedgerFiles.CHECKPOINT);
    } catch (LedgerException e) {
      throw new IllegalStateException("checkpoint: not one (expected: as it was signed)", e);
    }
  }

  /** The newest state that is signed. */
  SignedNote checkpoint() {
    return log.checkpoint();
  }

  /** A tile or a bundle of entries, if the ledger has come that far. */
  Optional<byte[]> tile(String path) throws IOException {
    return TileName.parse(path).isPresent() ? store.read(path) : Optional.empty();
  }

  /** The proof that an entry is in the newest signed state. */
  Optional<byte[]> proof(long index) throws LedgerException {
    var note = log.checkpoint();
    var size = Checkpoint.parse(note.text(), LedgerFiles.CHECKPOINT).size();
    if (index >= size) {
      return Optional.empty();
    }
    var reader = new TileReader(store, size);
    var proof =
        new LogProof(
            Optional.of(reader.entry(index)),
            index,
            new TreeProofs(reader).inclusion(index, size),
            new String(note.toBytes(), StandardCharsets.UTF_8));
    return Optional.of(proof.toBytes());
  }

  @Override
  public void close() {
    log.close();
  }
}

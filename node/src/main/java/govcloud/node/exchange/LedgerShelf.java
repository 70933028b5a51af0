package govcloud.node.exchange;

import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import govcloud.ledger.leaf.Leaf;
import govcloud.ledger.log.FolderStore;
import govcloud.ledger.log.LedgerFiles;
import govcloud.ledger.log.LedgerLog;
import govcloud.ledger.log.Receipt;
import govcloud.ledger.log.TileReader;
import govcloud.ledger.note.CheckedCheckpoint;
import govcloud.ledger.note.Checkpoint;
import govcloud.ledger.note.LogProof;
import govcloud.ledger.note.SignedNote;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.tree.Hash;
import govcloud.ledger.tree.TileName;
import govcloud.ledger.tree.TreeProofs;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.feed.EntityHistory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * The ledger's files on one node, as any web server can serve them: made from the ledger's history
 * in the journal, and signed. Every node follows the same history, and signing is deterministic, so
 * states signed by different nodes are states of one log. With a witness, nothing is signed after a
 * start before it was heard what the witness has seen.
 */
final class LedgerShelf implements AutoCloseable {

  private final FolderStore store;
  private final LedgerLog log;
  private final LedgerFollower follower;
  private volatile boolean open;

  private LedgerShelf(
      ActorSystem<?> system,
      Entities entities,
      EntityHistory history,
      String entity,
      FolderStore store,
      LedgerLog log,
      boolean open)
      throws IOException {
    this.store = store;
    this.log = log;
    this.open = open;
    this.follower =
        new LedgerFollower(system, entities, history, entity, store, new Signed(store, log));
  }

  /** What is signed is there. */
  private record Signed(FolderStore store, LedgerLog log) implements LedgerFollower.Files {

    @Override
    public long size() {
      return sizeOf(log.checkpoint());
    }

    @Override
    public long settled() {
      return size();
    }

    @Override
    public byte[] entry(long index) throws LedgerException {
      return new TileReader(store, size()).entry(index);
    }

    @Override
    public CompletionStage<?> append(List<byte[]> leaves) throws LedgerException {
      CompletableFuture<Receipt> last = null;
      for (byte[] leaf : leaves) {
        last = log.append(Leaf.parse(leaf, "entry"));
      }
      return last;
    }
  }

  /**
   * Opens the files, or begins them.
   *
   * @param folder of this node alone
   * @param hasWitness nothing is signed before the witness was heard
   * @throws IllegalArgumentException when they cannot be used, beginning with the setting's name
   */
  static LedgerShelf open(
      ActorSystem<?> system,
      Entities entities,
      EntityHistory history,
      LedgerKey key,
      Path folder,
      boolean hasWitness) {
    var store = new FolderStore(folder);
    try {
      var log =
          store.read(LedgerFiles.SIGNED).isPresent()
              ? LedgerLog.open(store, key.signer(), List.of())
              : LedgerLog.create(store, key.signer());
      return new LedgerShelf(system, entities, history, key.entity(), store, log, !hasWitness);
    } catch (IOException | LedgerException e) {
      throw ExchangeSettings.wrong(
          "ledger-folder", folder + ": " + e.getMessage(), "the files of this ledger or none");
    }
  }

  /** Why nothing more is signed here. */
  Optional<LedgerException> trouble() {
    return follower.trouble();
  }

  /** Whether states are signed: the witness was heard, or there is none. */
  boolean isOpen() {
    return open;
  }

  /** Signs nothing more, for a reason that was seen elsewhere. */
  void stop(LedgerException reason) {
    follower.stop(reason);
  }

  /**
   * Takes in what the ledger has by now, if states may be signed, or else only looks whether it
   * still has what was signed; completes with the number of entries that are signed then.
   */
  CompletionStage<Long> catchUp() {
    return open ? follower.catchUp() : follower.look();
  }

  /**
   * Heeds what the witness has seen of this ledger.
   *
   * @param seen entries that its copy has, though the node that says so may have no state yet
   * @param state the newest state that it cosigned, if any
   * @param there entries in the journal by now
   * @throws LedgerException when the files cannot be read now
   */
  void heard(long seen, Optional<CheckedCheckpoint> state, long there) throws LedgerException {
    try {
      var most = Math.max(seen, state.map(CheckedCheckpoint::size).orElse(0L));
      if (most > there) {
        throw new LedgerException(
            LedgerDefect.LEDGER_ROLLED_BACK,
            Checkpoint.parse(checkpoint().text(), LedgerFiles.CHECKPOINT).origin(),
            there + " entries (expected: >= " + most + ", which the witness has)");
      }
      if (state.isPresent()) {
        log.know(state.get());
      }
      open = true;
    } catch (LedgerException e) {
      if (e.defect() == LedgerDefect.LEDGER_UNAVAILABLE) {
        throw e;
      }
      stop(e);
    }
  }

  /** The signed state of as many entries as now, or fewer. */
  SignedNote at(long size) throws LedgerException {
    return log.at(size);
  }

  /** Entries, as they were recorded. */
  List<byte[]> entries(long from, long to) throws LedgerException {
    var reader = new TileReader(store, size());
    List<byte[]> entries = new ArrayList<>();
    for (long index = from; index < to; index++) {
      entries.add(reader.entry(index));
    }
    return entries;
  }

  /** Proves that a signed state continues an older one. */
  List<Hash> consistency(long from, long to) throws LedgerException {
    return new TreeProofs(new TileReader(store, size())).consistency(from, to);
  }

  /** Publishes what witnesses answered. */
  CheckedCheckpoint cosigned(SignedNote state, List<String> lines, TrustPolicy policy)
      throws LedgerException {
    return log.cosigned(state, lines, policy);
  }

  /** The newest state that a witness cosigned. */
  Optional<byte[]> cosigned() throws IOException {
    return store.read(LedgerFiles.COSIGNED);
  }

  /** How many entries are signed. */
  long size() {
    return sizeOf(log.checkpoint());
  }

  private static long sizeOf(SignedNote note) {
    try {
      return Checkpoint.parse(note.text(), LedgerFiles.CHECKPOINT).size();
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

  /** The proof that an entry is in a signed state: in the cosigned one, or else the newest. */
  Optional<byte[]> proof(long index) throws LedgerException, IOException {
    var file = cosigned();
    var cosigned =
        file.isPresent() ? SignedNote.parse(file.get(), LedgerFiles.COSIGNED) : log.checkpoint();
    var note = index < sizeOf(cosigned) ? cosigned : log.checkpoint();
    var size = sizeOf(note);
    if (index >= size) {
      return Optional.empty();
    }
    // Of the newest state, whose last tiles are there; those of a state between are not.
    var reader = new TileReader(store, size());
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

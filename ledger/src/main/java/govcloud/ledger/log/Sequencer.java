package govcloud.ledger.log;

import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import govcloud.ledger.leaf.Leaf;
import govcloud.ledger.note.CheckedCheckpoint;
import govcloud.ledger.note.Checkpoint;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.SignedNote;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.tree.Hash;
import govcloud.ledger.tree.ProofCheck;
import govcloud.ledger.tree.TreeProofs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Puts batches of entries into a log, one after another. What it has signed is on the disk before
 * anybody can see it. After a failure it does nothing more: what the disk holds is known only when
 * the log is opened anew. One thread alone appends.
 */
final class Sequencer {
  private final LedgerStore store;
  private final NoteSigner signer;
  private final TileWriter tiles;
  private SignedNote signed;
  private long signedSize;
  private CheckedCheckpoint known;
  private boolean stopped;

  private Sequencer(
      LedgerStore store, NoteSigner signer, TileWriter tiles, SignedNote signed, long signedSize) {
    this.store = store;
    this.signer = signer;
    this.tiles = tiles;
    this.signed = signed;
    this.signedSize = signedSize;
  }

  /** Begins a log where none was; with these entries if there are any. */
  static Sequencer create(LedgerStore store, NoteSigner signer, List<byte[]> first)
      throws LedgerException {
    try {
      for (String name :
          List.of(LedgerFiles.SIGNED, LedgerFiles.CHECKPOINT, LedgerFiles.COSIGNED)) {
        if (store.read(name).isPresent()) {
          throw new LedgerException(
              LedgerDefect.LEDGER_FORKED, name, "there is a log (expected: an empty place)");
        }
      }
      Sequencer sequencer = new Sequencer(store, signer, TileWriter.begin(store), null, 0);
      sequencer.commit(first);
      return sequencer;
    } catch (IOException e) {
      throw TileReader.unavailable(LedgerFiles.SIGNED, e);
    }
  }

  /**
   * Goes on with a log. Files of a batch that was not signed are deleted.
   *
   * @param known states of this log that others hold, such as its witnesses
   */
  static Sequencer open(LedgerStore store, NoteSigner signer, List<byte[]> known)
      throws LedgerException {
    TrustPolicy policy = TrustPolicy.of(signer.key());
    try {
      byte[] file =
          store
              .read(LedgerFiles.SIGNED)
              .orElseThrow(
                  () ->
                      new LedgerException(
                          LedgerDefect.LEDGER_MISSING, LedgerFiles.SIGNED, "(expected: a log)"));
      CheckedCheckpoint signed = policy.check(file, LedgerFiles.SIGNED);
      TileReader reader = new TileReader(store, signed.size());
      TileWriter tiles = TileWriter.open(store, signed, LedgerFiles.SIGNED);
      Optional<byte[]> published = store.read(LedgerFiles.CHECKPOINT);
      List<byte[]> all = new ArrayList<>(known);
      published.ifPresent(all::add);
      store.read(LedgerFiles.COSIGNED).ifPresent(all::add);
      for (byte[] other : all) {
        requireContinues(policy.check(other, "known checkpoint"), signed.size(), reader);
      }
      tiles.repair();
      if (published.isEmpty() || !Arrays.equals(published.get(), signed.note().toBytes())) {
        store.replace(LedgerFiles.CHECKPOINT, signed.note().toBytes());
      }
      return new Sequencer(store, signer, tiles, signed.note(), signed.size());
    } catch (IOException e) {
      throw TileReader.unavailable(LedgerFiles.SIGNED, e);
    }
  }

  private static void requireContinues(CheckedCheckpoint known, long size, TileReader reader)
      throws LedgerException {
    if (known.size() > size) {
      throw new LedgerException(
          LedgerDefect.LEDGER_ROLLED_BACK,
          LedgerFiles.SIGNED,
          "size " + size + " (expected: >= " + known.size() + ", which was signed)");
    }
    Hash root = new TreeProofs(reader).root(known.size());
    if (!root.equals(known.root())) {
      throw new LedgerException(
          LedgerDefect.LEDGER_FORKED,
          LedgerFiles.SIGNED,
          "root of " + known.size() + ": " + root + " (expected: " + known.root() + ")");
    }
  }

  long size() {
    return tiles.size();
  }

  /**
   * Heeds a state of this log that others hold. What was signed has to agree with it; if it is
   * further than that, nothing is signed until all its entries are there and have its root.
   */
  synchronized void know(CheckedCheckpoint state) throws LedgerException {
    if (!state.checkpoint().origin().equals(signer.key().name())) {
      throw new LedgerException(
          LedgerDefect.LEDGER_ORIGIN_WRONG, "known checkpoint", state.checkpoint().origin());
    }
    long there = tiles.size();
    if (state.size() <= there) {
      requireContinues(state, there, new TileReader(store, there));
    } else if (known == null || state.size() > known.size()) {
      known = state;
    }
  }

  /** The state of as many entries as are signed, or of fewer; only ever of this one history. */
  synchronized SignedNote at(long size) throws LedgerException {
    if (size == signedSize) {
      return signed;
    }
    TreeProofs tree = new TreeProofs(new TileReader(store, signedSize));
    Hash root = tree.root(size);
    Hash whole = Checkpoint.parse(signed.text(), LedgerFiles.SIGNED).root();
    // Nobody has looked at the tiles since they were written; a root of rotten ones is not signed.
    if (!ProofCheck.continues(size, root, signedSize, whole, tree.consistency(size, signedSize))) {
      throw new LedgerException(
          LedgerDefect.LEDGER_TILE_WRONG,
          "root of " + size,
          root + " (expected: one that " + whole + " of " + signedSize + " continues)");
    }
    return SignedNote.parse(note(new Checkpoint(signer.key().name(), size, root)), "checkpoint");
  }

  private byte[] note(Checkpoint state) {
    return SignedNote.of(state.text(), signer).getBytes(StandardCharsets.UTF_8);
  }

  /** The newest state that is on the disk. */
  SignedNote signed() {
    return signed;
  }

  /**
   * Appends entries; when it returns they are on the disk, and the state that has them unless one
   * that others hold is further.
   */
  synchronized void commit(List<byte[]> leaves) throws LedgerException {
    if (stopped) {
      throw new LedgerException(
          LedgerDefect.LEDGER_STOPPED, signer.key().name(), "after a failure (expected: opened)");
    }
    for (byte[] leaf : leaves) {
      if (leaf.length > Leaf.LARGEST) {
        throw new IllegalArgumentException(
            "leaf: " + leaf.length + " bytes (expected: <= " + Leaf.LARGEST + ")");
      }
    }
    stopped = true;
    try {
      write(leaves);
    } catch (IOException e) {
      throw TileReader.unavailable(signer.key().name(), e);
    }
    stopped = false;
  }

  private void write(List<byte[]> leaves) throws IOException, LedgerException {
    List<byte[]> rest = leaves;
    if (known != null) {
      int known = (int) Math.min(leaves.size(), this.known.size() - size());
      tiles.write(leaves.subList(0, known));
      if (size() < this.known.size()) {
        return;
      }
      requireKnown();
      rest = leaves.subList(known, leaves.size());
    }
    tiles.write(rest);
    byte[] note = note(new Checkpoint(signer.key().name(), size(), tiles.root()));
    store.replace(LedgerFiles.SIGNED, note);
    signed = SignedNote.parse(note, LedgerFiles.SIGNED);
    signedSize = size();
    store.replace(LedgerFiles.CHECKPOINT, note);
    tiles.tidy();
  }

  private void requireKnown() throws LedgerException {
    if (!tiles.root().equals(known.root())) {
      throw new LedgerException(
          LedgerDefect.LEDGER_FORKED,
          signer.key().name(),
          "root of " + size() + ": " + tiles.root() + " (expected: " + known.root() + ")");
    }
    known = null;
  }

  /**
   * Publishes cosignatures of a state that this log signed, unless a newer one is there or fewer
   * witnesses than the policy asks for would take the place of enough. Of the same state what other
   * witnesses said before stays. For several threads.
   *
   * @param lines signature lines as witnesses answer them
   * @return what is published now
   */
  synchronized CheckedCheckpoint cosigned(SignedNote state, List<String> lines, TrustPolicy policy)
      throws LedgerException {
    SignedNote note = state.with(lines);
    CheckedCheckpoint next = policy.check(note.toBytes(), LedgerFiles.COSIGNED);
    if (!next.checkpoint().origin().equals(signer.key().name())) {
      throw new LedgerException(
          LedgerDefect.LEDGER_ORIGIN_WRONG, LedgerFiles.COSIGNED, next.checkpoint().origin());
    }
    try {
      Optional<byte[]> file = store.read(LedgerFiles.COSIGNED);
      if (file.isPresent()) {
        CheckedCheckpoint before = policy.check(file.get(), LedgerFiles.COSIGNED);
        if (before.size() > next.size() || (before.enough() && !next.enough())) {
          return before;
        }
        next = policy.check(note.withOthersOf(before.note()).toBytes(), LedgerFiles.COSIGNED);
      }
      store.replace(LedgerFiles.COSIGNED, next.note().toBytes());
      return next;
    } catch (IOException e) {
      throw TileReader.unavailable(LedgerFiles.COSIGNED, e);
    }
  }
}

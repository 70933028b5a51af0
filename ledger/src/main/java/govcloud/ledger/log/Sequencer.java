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
import govcloud.ledger.tree.TileName;
import govcloud.ledger.tree.TreeProofs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Puts batches of entries into a log, one after another. What it has signed is on the disk before
 * anybody can see it. After a failure it does nothing more: what the disk holds is known only when
 * the log is opened anew. Not for several threads.
 */
final class Sequencer {
  private final LedgerStore store;
  private final NoteSigner signer;
  private final OpenTiles open;
  private final TreeSet<String> partial = new TreeSet<>();
  private SignedNote signed;
  private boolean stopped;

  private Sequencer(LedgerStore store, NoteSigner signer, OpenTiles open, SignedNote signed) {
    this.store = store;
    this.signer = signer;
    this.open = open;
    this.signed = signed;
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
      store.delete(store.tiles());
      Sequencer sequencer = new Sequencer(store, signer, new OpenTiles(), null);
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
      OpenTiles open = OpenTiles.read(reader, signed.size());
      if (!open.root().equals(signed.root())) {
        throw new LedgerException(
            LedgerDefect.LEDGER_ROOT_WRONG,
            LedgerFiles.SIGNED,
            open.root() + " (expected: " + signed.root() + ")");
      }
      Optional<byte[]> published = store.read(LedgerFiles.CHECKPOINT);
      List<byte[]> all = new ArrayList<>(known);
      published.ifPresent(all::add);
      store.read(LedgerFiles.COSIGNED).ifPresent(all::add);
      for (byte[] other : all) {
        requireContinues(policy.check(other, "known checkpoint"), signed, reader);
      }
      Sequencer sequencer = new Sequencer(store, signer, open, signed.note());
      sequencer.repair(published);
      return sequencer;
    } catch (IOException e) {
      throw TileReader.unavailable(LedgerFiles.SIGNED, e);
    }
  }

  private static void requireContinues(
      CheckedCheckpoint known, CheckedCheckpoint signed, TileReader reader) throws LedgerException {
    if (known.size() > signed.size()) {
      throw new LedgerException(
          LedgerDefect.LEDGER_ROLLED_BACK,
          LedgerFiles.SIGNED,
          "size " + signed.size() + " (expected: >= " + known.size() + ", which was signed)");
    }
    Hash root = new TreeProofs(reader).root(known.size());
    if (!root.equals(known.root())) {
      throw new LedgerException(
          LedgerDefect.LEDGER_FORKED,
          LedgerFiles.SIGNED,
          "root of " + known.size() + ": " + root + " (expected: " + known.root() + ")");
    }
  }

  private void repair(Optional<byte[]> published) throws IOException {
    List<String> torn = new ArrayList<>();
    for (String path : store.tiles()) {
      Optional<TileName> name = TileName.parse(path);
      if (name.isPresent() && !name.get().isWithin(size())) {
        torn.add(path);
      } else if (name.isPresent() && name.get().isPartial()) {
        partial.add(path);
      }
    }
    store.delete(torn);
    if (published.isEmpty() || !Arrays.equals(published.get(), signed.toBytes())) {
      store.replace(LedgerFiles.CHECKPOINT, signed.toBytes());
    }
  }

  long size() {
    return open.size();
  }

  /** The newest state that is on the disk. */
  SignedNote signed() {
    return signed;
  }

  /** Appends entries; when it returns they and the state that has them are on the disk. */
  void commit(List<byte[]> leaves) throws LedgerException {
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
    long before = size();
    Map<String, byte[]> files = new LinkedHashMap<>();
    leaves.forEach(leaf -> open.add(leaf, files));
    open.partial(before, files);
    store.write(files);
    Checkpoint next = new Checkpoint(signer.key().name(), size(), open.root());
    byte[] note = SignedNote.of(next.text(), signer).getBytes(StandardCharsets.UTF_8);
    store.replace(LedgerFiles.SIGNED, note);
    signed = SignedNote.parse(note, LedgerFiles.SIGNED);
    store.replace(LedgerFiles.CHECKPOINT, note);
    files.keySet().stream().filter(path -> path.contains(".p/")).forEach(partial::add);
    deleteReplaced(files);
  }

  /** A partial tile may go as soon as the full one is there. */
  private void deleteReplaced(Map<String, byte[]> files) throws IOException {
    List<String> replaced = new ArrayList<>();
    for (String full : files.keySet()) {
      if (!full.contains(".p/")) {
        replaced.addAll(partial.subSet(full + ".p/", full + ".p0"));
      }
    }
    store.delete(replaced);
    replaced.forEach(partial::remove);
  }

  /**
   * Publishes cosignatures of a state that this log signed, unless a newer one is there or fewer
   * witnesses than the policy asks for would take the place of enough. For several threads.
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
      }
      store.replace(LedgerFiles.COSIGNED, note.toBytes());
      return next;
    } catch (IOException e) {
      throw TileReader.unavailable(LedgerFiles.COSIGNED, e);
    }
  }
}

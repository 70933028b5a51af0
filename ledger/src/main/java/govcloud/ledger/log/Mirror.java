package govcloud.ledger.log;

import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import govcloud.ledger.note.CheckedCheckpoint;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.tree.Hash;
import govcloud.ledger.tree.TreeProofs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The copy of a log that a witness keeps: all its entries, and the newest state that the log signed
 * and the witness cosigned. Any program can check it as it can check the log. One thread alone
 * appends and publishes; others may read.
 */
public final class Mirror {
  private final LedgerStore store;
  private final TileWriter tiles;
  private volatile long size;
  private volatile long published;
  private volatile long cosigned;
  private volatile boolean broken;

  private Mirror(LedgerStore store, TileWriter tiles, long cosigned) {
    this.store = store;
    this.tiles = tiles;
    this.size = tiles.size();
    this.published = tiles.size();
    this.cosigned = cosigned;
  }

  /**
   * Opens a copy, or begins it. Entries that no published state covers are not there any more.
   *
   * @param log knows the log
   */
  public static Mirror open(LedgerStore store, TrustPolicy log) throws LedgerException {
    try {
      Optional<byte[]> state = store.read(LedgerFiles.CHECKPOINT);
      if (state.isEmpty()) {
        return new Mirror(store, TileWriter.begin(store), 0);
      }
      TileWriter tiles =
          TileWriter.open(
              store, log.check(state.get(), LedgerFiles.CHECKPOINT), LedgerFiles.CHECKPOINT);
      tiles.repair();
      Optional<byte[]> last = store.read(LedgerFiles.COSIGNED);
      return new Mirror(
          store, tiles, last.isEmpty() ? 0 : log.check(last.get(), LedgerFiles.COSIGNED).size());
    } catch (IOException e) {
      throw TileReader.unavailable(LedgerFiles.CHECKPOINT, e);
    }
  }

  /** How many entries are here. */
  public long size() {
    return size;
  }

  /** How many entries the newest published state has. */
  public long published() {
    return published;
  }

  /** The bytes of an entry. */
  public byte[] entry(long index) throws LedgerException {
    return new TileReader(store, size).entry(index);
  }

  /** The newest state, with the witness's line. */
  public Optional<byte[]> newest() throws IOException {
    return store.read(LedgerFiles.COSIGNED);
  }

  /**
   * Requires that a state is what the entries here lead to.
   *
   * @param more entries that are not here yet
   */
  public void require(CheckedCheckpoint state, List<byte[]> more) throws LedgerException {
    String name = state.checkpoint().origin();
    if (state.size() < size) {
      throw new LedgerException(
          LedgerDefect.LEDGER_ROLLED_BACK,
          name,
          "size " + state.size() + " (expected: >= " + size + ", which were seen)");
    }
    if (state.size() != size + more.size()) {
      throw new LedgerException(
          LedgerDefect.LEDGER_MISSING,
          name,
          "entries to " + (size + more.size()) + " (expected: to " + state.size() + ")");
    }
    Hash root = tiles.rootWith(more);
    if (!root.equals(state.root())) {
      throw new LedgerException(
          LedgerDefect.LEDGER_FORKED,
          name,
          "root of " + state.size() + ": " + state.root() + " (expected: " + root + ")");
    }
  }

  /** Requires that an entry that comes again is the one that is here. */
  public void requireSame(long index, byte[] leaf) throws LedgerException {
    if (!Arrays.equals(entry(index), leaf)) {
      throw new LedgerException(
          LedgerDefect.LEDGER_FORKED,
          "entry " + index,
          "another one than was seen (expected: the same for ever)");
    }
  }

  /**
   * Requires that a state can be the last one of this log, with which another one begins: not less
   * than what was cosigned here, and what the entries here lead to, as far as they go. A state of
   * which the line was not written down before a crash was cosigned for nobody.
   */
  public void requireLast(CheckedCheckpoint state) throws LedgerException {
    String name = state.checkpoint().origin();
    if (state.size() < cosigned) {
      throw new LedgerException(
          LedgerDefect.LEDGER_ROLLED_BACK,
          name,
          "followed at " + state.size() + " (expected: at " + cosigned + ", cosigned here)");
    }
    if (state.size() <= size) {
      Hash root = new TreeProofs(new TileReader(store, size)).root(state.size());
      if (!root.equals(state.root())) {
        throw new LedgerException(
            LedgerDefect.LEDGER_FORKED,
            name,
            "root of " + state.size() + ": " + state.root() + " (expected: " + root + ")");
      }
    }
  }

  /**
   * Puts entries behind those that are here; when it returns they are on the disk. After trouble
   * with the disk nobody knows what of them is there: nothing more is taken until the copy was
   * opened again.
   */
  public void append(List<byte[]> leaves) throws LedgerException {
    if (broken) {
      throw new LedgerException(
          LedgerDefect.LEDGER_UNAVAILABLE, "mirror", "trouble before (expected: opened again)");
    }
    try {
      tiles.write(leaves);
      size = tiles.size();
    } catch (IOException e) {
      broken = true;
      throw TileReader.unavailable("mirror", e);
    }
  }

  /**
   * Publishes a state of all the entries that are here.
   *
   * @param line the witness's cosignature of it
   */
  public void publish(CheckedCheckpoint state, String line) throws LedgerException {
    require(state, List.of());
    try {
      byte[] note = state.note().toBytes();
      store.replace(LedgerFiles.CHECKPOINT, note);
      String withLine = new String(note, StandardCharsets.UTF_8) + line;
      store.replace(LedgerFiles.COSIGNED, withLine.getBytes(StandardCharsets.UTF_8));
      cosigned = state.size();
      tiles.tidy();
      published = state.size();
    } catch (IOException e) {
      throw TileReader.unavailable(LedgerFiles.CHECKPOINT, e);
    }
  }
}

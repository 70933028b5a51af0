package govcloud.ledger.log;

import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import govcloud.ledger.note.CheckedCheckpoint;
import govcloud.ledger.tree.Hash;
import govcloud.ledger.tree.TileName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Writes entries, and the hashes above them, behind those that are there. What no state covers yet
 * counts for nothing. Not for several threads.
 */
final class TileWriter {
  private final LedgerStore store;
  private final OpenTiles open;
  private final TreeSet<String> partial = new TreeSet<>();
  private final List<String> replaced = new ArrayList<>();

  private TileWriter(LedgerStore store, OpenTiles open) {
    this.store = store;
    this.open = open;
  }

  /** Begins where nothing counts. */
  static TileWriter begin(LedgerStore store) throws IOException {
    store.delete(store.tiles());
    return new TileWriter(store, new OpenTiles());
  }

  /**
   * Goes on behind a state, whose root the files must have.
   *
   * @param name of the state in findings
   */
  static TileWriter open(LedgerStore store, CheckedCheckpoint state, String name)
      throws LedgerException {
    OpenTiles open = OpenTiles.read(new TileReader(store, state.size()), state.size());
    if (!open.root().equals(state.root())) {
      throw new LedgerException(
          LedgerDefect.LEDGER_ROOT_WRONG, name, open.root() + " (expected: " + state.root() + ")");
    }
    return new TileWriter(store, open);
  }

  /** Deletes what lies behind, of a batch that a crash ended. */
  void repair() throws IOException {
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
  }

  long size() {
    return open.size();
  }

  Hash root() {
    return open.root();
  }

  /** The root if these entries were there as well. */
  Hash rootWith(List<byte[]> leaves) {
    return open.rootWith(leaves);
  }

  /** Writes entries; when it returns they are on the disk. */
  void write(List<byte[]> leaves) throws IOException {
    long before = size();
    Map<String, byte[]> files = new LinkedHashMap<>();
    leaves.forEach(leaf -> open.add(leaf, files));
    open.partial(before, files);
    store.write(files);
    for (String path : files.keySet()) {
      if (path.contains(".p/")) {
        partial.add(path);
      } else {
        replaced.addAll(partial.subSet(path + ".p/", path + ".p0"));
      }
    }
  }

  /** Deletes partial tiles in whose place full ones are; not before a state covers those. */
  void tidy() throws IOException {
    store.delete(replaced);
    partial.removeAll(replaced);
    replaced.clear();
  }
}

package govcloud.ledger.log;

import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import govcloud.ledger.tree.CompactTree;
import govcloud.ledger.tree.Hash;
import govcloud.ledger.tree.TileName;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The right edge of a log: what its next entries are written behind. */
final class OpenTiles {
  private final CompactTree tree = new CompactTree();
  private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
  private final List<ByteArrayOutputStream> levels = new ArrayList<>();

  OpenTiles() {
    for (int level = 0; level < 8; level++) {
      levels.add(new ByteArrayOutputStream());
    }
  }

  /** The edge of a log as its files hold it. */
  static OpenTiles read(TileReader reader, long size) throws LedgerException {
    OpenTiles open = new OpenTiles();
    for (int level = 7; level >= 0; level--) {
      var edge = TileName.edge(level, size);
      if (edge.isPresent()) {
        byte[] hashes = reader.hashes(edge.get());
        if (hashes.length != edge.get().width() * Hash.LENGTH) {
          throw new LedgerException(
              LedgerDefect.LEDGER_TILE_WRONG, edge.get().path(), hashes.length + " bytes");
        }
        open.levels.get(level).writeBytes(hashes);
        for (int at = 0; at < hashes.length; at += Hash.LENGTH) {
          open.tree.add(8 * level, Hash.at(hashes, at));
        }
      }
    }
    var edge = TileName.edge(TileName.ENTRIES, size);
    if (edge.isPresent()) {
      open.readEntries(reader, edge.get());
    }
    return open;
  }

  private void readEntries(TileReader reader, TileName name) throws LedgerException {
    byte[] file = reader.file(name);
    byte[] hashes = levels.get(0).toByteArray();
    List<EntryBundle.Place> places = EntryBundle.prefix(file, name.width());
    for (int i = 0; i < name.width(); i++) {
      if (i >= places.size()
          || !Hash.ofLeaf(file, places.get(i).from(), places.get(i).to() - places.get(i).from())
              .equals(Hash.at(hashes, i * Hash.LENGTH))) {
        throw new LedgerException(
            LedgerDefect.LEDGER_ENTRIES_WRONG,
            name.path(),
            "entry " + (name.index() * TileName.WIDTH + i));
      }
    }
    entries.write(file, 0, places.get(places.size() - 1).to());
  }

  long size() {
    return tree.size();
  }

  Hash root() {
    return tree.root();
  }

  /** The root if these entries were there as well. */
  Hash rootWith(List<byte[]> more) {
    CompactTree next = new CompactTree(tree);
    more.forEach(entry -> next.add(Hash.ofLeaf(entry)));
    return next.root();
  }

  /**
   * Adds an entry.
   *
   * @param files takes what has become full
   */
  void add(byte[] entry, Map<String, byte[]> files) {
    entries.writeBytes(EntryBundle.framed(entry));
    long index = tree.size();
    Hash hash = Hash.ofLeaf(entry);
    tree.add(hash);
    if (tree.size() % TileName.WIDTH == 0) {
      TileName full = TileName.full(TileName.ENTRIES, index / TileName.WIDTH);
      files.put(full.path(), entries.toByteArray());
      entries.reset();
    }
    add(0, index, hash, files);
  }

  private void add(int level, long index, Hash hash, Map<String, byte[]> files) {
    ByteArrayOutputStream tile = levels.get(level);
    tile.writeBytes(hash.toBytes());
    if (tile.size() == TileName.WIDTH * Hash.LENGTH) {
      byte[] hashes = tile.toByteArray();
      tile.reset();
      files.put(TileName.full(level, index / TileName.WIDTH).path(), hashes);
      add(level + 1, index / TileName.WIDTH, CompactTree.rootOf(hashes), files);
    }
  }

  /** What has grown since a size and is not full. */
  void partial(long before, Map<String, byte[]> files) {
    TileName.edge(TileName.ENTRIES, size())
        .ifPresent(name -> files.put(name.path(), entries.toByteArray()));
    for (int level = 0; level < 8; level++) {
      if (TileName.count(level, before) < TileName.count(level, size())) {
        byte[] hashes = levels.get(level).toByteArray();
        TileName.edge(level, size()).ifPresent(name -> files.put(name.path(), hashes));
      }
    }
  }
}

package govcloud.ledger.log;

import govcloud.ledger.Finding;
import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import govcloud.ledger.tree.CompactTree;
import govcloud.ledger.tree.Hash;
import govcloud.ledger.tree.TileName;
import govcloud.ledger.tree.TreeHashes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a log of a size from its files. What it reads is only as right as the files are. */
public final class TileReader implements TreeHashes {
  private static final int CACHED = 512;

  private final LedgerStore store;
  private final long size;
  private final Map<TileName, byte[]> cache =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TileName, byte[]> eldest) {
          return size() > CACHED;
        }
      };

  /**
   * Reads a log.
   *
   * @param size as a checkpoint gives it
   */
  public TileReader(LedgerStore store, long size) {
    this.store = store;
    this.size = size;
  }

  @Override
  public Hash of(int height, long index) throws LedgerException {
    int level = height / 8;
    long first = index << (height % 8);
    int count = 1 << (height % 8);
    TileName name = tile(level, first / TileName.WIDTH);
    byte[] tile = hashes(name);
    int from = (int) (first % TileName.WIDTH) * Hash.LENGTH;
    int to = from + count * Hash.LENGTH;
    if (to > tile.length) {
      throw new LedgerException(
          LedgerDefect.LEDGER_TILE_WRONG,
          name.path(),
          tile.length + " bytes (expected: >= " + to + ")");
    }
    return CompactTree.rootOf(Arrays.copyOfRange(tile, from, to));
  }

  /** The hashes of a tile, or of as many of a full one as the name says. */
  byte[] hashes(TileName name) throws LedgerException {
    byte[] cached = cache.get(name);
    if (cached == null) {
      cached = file(name);
      if (name.isPartial()) {
        cached = Arrays.copyOf(cached, Math.min(cached.length, name.width() * Hash.LENGTH));
      }
      cache.put(name, cached);
    }
    return cached;
  }

  /** The bytes of an entry. */
  public byte[] entry(long index) throws LedgerException {
    if (index < 0 || index >= size) {
      throw new LedgerException(
          LedgerDefect.LEDGER_MISSING, "entry " + index, "(expected: 0 to " + (size - 1) + ")");
    }
    TileName name = tile(TileName.ENTRIES, index / TileName.WIDTH);
    byte[] file = file(name);
    int place = (int) (index % TileName.WIDTH);
    List<EntryBundle.Place> places = EntryBundle.prefix(file, place + 1);
    if (places.size() <= place) {
      throw new LedgerException(
          LedgerDefect.LEDGER_ENTRIES_WRONG, name.path(), "ends before entry " + index);
    }
    return Arrays.copyOfRange(file, places.get(place).from(), places.get(place).to());
  }

  private TileName tile(int level, long index) {
    return TileName.edge(level, size)
        .filter(edge -> edge.index() == index)
        .orElse(TileName.full(level, index));
  }

  /** A file, or the full one that has taken its place. */
  byte[] file(TileName name) throws LedgerException {
    try {
      return store
          .read(name.path())
          .or(() -> fullOf(name))
          .orElseThrow(
              () ->
                  new LedgerException(
                      LedgerDefect.LEDGER_MISSING, name.path(), "(expected: a file)"));
    } catch (IOException | UncheckedIOException e) {
      throw unavailable(name.path(), e);
    }
  }

  private Optional<byte[]> fullOf(TileName name) {
    try {
      return store.read(TileName.full(name.level(), name.index()).path());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static LedgerException unavailable(String name, Exception cause) {
    return new LedgerException(
        Finding.of(LedgerDefect.LEDGER_UNAVAILABLE, name, String.valueOf(cause.getMessage())),
        cause);
  }
}

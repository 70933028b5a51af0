package govcloud.ledger.verify;

import govcloud.ledger.Finding;
import govcloud.ledger.LedgerDefect;
import govcloud.ledger.log.EntryBundle;
import govcloud.ledger.log.LedgerStore;
import govcloud.ledger.tree.CompactTree;
import govcloud.ledger.tree.Hash;
import govcloud.ledger.tree.TileName;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The entries of one tile and their hashes, which say the same of them unless one is damaged. */
final class TilePair {
  private final TileName entriesName;
  private final TileName hashesName;
  private final Optional<byte[]> bundle;
  private final Optional<byte[]> tile;
  private final Optional<List<EntryBundle.Place>> places;

  /** The hashes of the entries as they are there. */
  private final Optional<byte[]> derived;

  /** The hashes as they are there. */
  private final Optional<byte[]> stored;

  private TilePair(LedgerStore store, long index, int width) throws IOException {
    entriesName = new TileName(TileName.ENTRIES, index, width);
    hashesName = new TileName(0, index, width);
    bundle = entries(store, entriesName);
    places = bundle.flatMap(file -> EntryBundle.places(file, width));
    derived = places.map(all -> EntryBundle.hashes(bundle.orElseThrow(), all));
    tile = hashes(store, hashesName);
    stored = tile.filter(file -> file.length == width * Hash.LENGTH);
  }

  static TilePair read(LedgerStore store, long index, int width) throws IOException {
    return new TilePair(store, index, width);
  }

  private static Optional<byte[]> entries(LedgerStore store, TileName name) throws IOException {
    Optional<byte[]> file = store.read(name.path());
    if (file.isPresent() || !name.isPartial()) {
      return file;
    }
    Optional<byte[]> full = store.read(TileName.full(name.level(), name.index()).path());
    return full.map(bytes -> Arrays.copyOf(bytes, EntryBundle.end(bytes, name.width())));
  }

  /** A tile of hashes, or the beginning of the full one that has taken its place. */
  static Optional<byte[]> hashes(LedgerStore store, TileName name) throws IOException {
    Optional<byte[]> file = store.read(name.path());
    if (file.isPresent() || !name.isPartial()) {
      return file;
    }
    Optional<byte[]> full = store.read(TileName.full(name.level(), name.index()).path());
    int length = name.width() * Hash.LENGTH;
    return full.map(bytes -> Arrays.copyOf(bytes, Math.min(length, bytes.length)));
  }

  Optional<byte[]> derived() {
    return derived;
  }

  Optional<byte[]> stored() {
    return stored;
  }

  boolean agrees() {
    return derived.isPresent() && stored.isPresent() && Arrays.equals(derived.get(), stored.get());
  }

  /**
   * The root that is right as far as can be seen from here: if neither fits, that of the entries.
   */
  Optional<Hash> likely(Optional<Hash> above) {
    Optional<Hash> ofEntries = derived.map(CompactTree::rootOf);
    if (agrees() || (ofEntries.isPresent() && ofEntries.equals(above))) {
      return ofEntries;
    }
    Optional<Hash> ofTile = stored.map(CompactTree::rootOf);
    return ofTile.isPresent() && ofTile.equals(above) ? ofTile : ofEntries.or(() -> ofTile);
  }

  /** Those of the hashes that have a root. */
  Optional<byte[]> withRoot(Hash root) {
    return derived
        .filter(hashes -> CompactTree.rootOf(hashes).equals(root))
        .or(() -> stored.filter(hashes -> CompactTree.rootOf(hashes).equals(root)));
  }

  /** Tells what differs from the truth, if that is known. */
  void judge(Optional<byte[]> truth, Consumer<Finding> findings) {
    if (derived.isEmpty() || truth.isEmpty() || !Arrays.equals(derived.get(), truth.get())) {
      findings.accept(wrongEntries(truth));
    }
    tileFinding(hashesName, tile, truth).ifPresent(findings);
  }

  private Finding wrongEntries(Optional<byte[]> truth) {
    if (bundle.isEmpty()) {
      return Finding.of(LedgerDefect.LEDGER_MISSING, entriesName.path(), "(expected: entries)");
    }
    if (derived.isEmpty()) {
      return Finding.of(
          LedgerDefect.LEDGER_ENTRIES_WRONG,
          entriesName.path(),
          "lengths (expected: " + entriesName.width() + " entries to the end)");
    }
    if (truth.isEmpty()) {
      return Finding.of(
          LedgerDefect.LEDGER_ENTRIES_WRONG, entriesName.path(), "not what was signed");
    }
    int first = -1;
    int last = 0;
    for (int i = 0; i < entriesName.width(); i++) {
      int at = i * Hash.LENGTH;
      if (!Hash.at(derived.get(), at).equals(Hash.at(truth.get(), at))) {
        first = first < 0 ? i : first;
        last = i;
      }
    }
    long number = entriesName.index() * TileName.WIDTH;
    return new Finding(
        LedgerDefect.LEDGER_ENTRIES_WRONG,
        entriesName.path(),
        places.orElseThrow().get(first).from(),
        places.orElseThrow().get(last).to(),
        "entries " + (number + first) + " to " + (number + last));
  }

  /** What differs in a tile of hashes. */
  static Optional<Finding> tileFinding(
      TileName name, Optional<byte[]> tile, Optional<byte[]> truth) {
    if (tile.isEmpty()) {
      return Optional.of(
          Finding.of(LedgerDefect.LEDGER_MISSING, name.path(), "(expected: hashes)"));
    }
    int expected = name.width() * Hash.LENGTH;
    if (tile.get().length != expected || truth.isEmpty()) {
      return Optional.of(
          Finding.of(
              LedgerDefect.LEDGER_TILE_WRONG,
              name.path(),
              tile.get().length + " bytes (expected: " + expected + " that were signed)"));
    }
    int first = Arrays.mismatch(tile.get(), truth.get());
    if (first < 0) {
      return Optional.empty();
    }
    int last = expected - 1;
    while (tile.get()[last] == truth.get()[last]) {
      last--;
    }
    return Optional.of(
        new Finding(
            LedgerDefect.LEDGER_TILE_WRONG, name.path(), first, last + 1, "not what was signed"));
  }

  TileName entriesName() {
    return entriesName;
  }

  /** Where the entries lie; only if they can be read. */
  List<EntryBundle.Place> places() {
    return places.orElse(List.of());
  }

  byte[] entry(EntryBundle.Place place) {
    return Arrays.copyOfRange(bundle.orElseThrow(), place.from(), place.to());
  }
}

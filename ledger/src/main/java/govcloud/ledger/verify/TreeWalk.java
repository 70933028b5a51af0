package govcloud.ledger.verify;

import govcloud.ledger.Finding;
import govcloud.ledger.LedgerDefect;
import govcloud.ledger.log.LedgerFiles;
import govcloud.ledger.log.LedgerStore;
import govcloud.ledger.note.CheckedCheckpoint;
import govcloud.ledger.tree.CompactTree;
import govcloud.ledger.tree.Hash;
import govcloud.ledger.tree.TileName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Reads all entries and hashes of a log and finds which of them were signed. Entries, their hashes
 * and the hashes above say the same thing three times; what leads to the signed root is the truth,
 * and whatever differs from it is damaged.
 */
final class TreeWalk {
  /** Pairs that are looked at before their findings are told. */
  private static final int AT_ONCE = 256;

  private final LedgerStore store;
  private final CheckedCheckpoint signed;
  private final Consumer<Finding> findings;
  private final int full;
  private final int rest;

  /** The roots of the full tiles: as they follow from below, and as they are written above. */
  private final List<Optional<Hash>> own = new ArrayList<>();

  private List<Optional<Hash>> above;

  /** Tiles of which entries and hashes do not say the same. */
  private final Map<Integer, TilePair> suspects = new TreeMap<>();

  private Optional<TilePair> last = Optional.empty();
  private Optional<List<Hash>> truth = Optional.empty();
  private byte[] lastTruth = new byte[0];

  TreeWalk(LedgerStore store, CheckedCheckpoint signed, Consumer<Finding> findings) {
    this.store = store;
    this.signed = signed;
    this.findings = findings;
    this.full = (int) (signed.size() / TileName.WIDTH);
    this.rest = (int) (signed.size() % TileName.WIDTH);
  }

  /**
   * Does it.
   *
   * @param leaves says what is wrong in a pair whose entries and hashes agree; of several pairs at
   *     the same time
   */
  void walk(Function<TilePair, List<Finding>> leaves) throws IOException {
    above = readAbove();
    for (int first = 0; first < full; first += AT_ONCE) {
      for (Look look : looks(first, Math.min(full, first + AT_ONCE), leaves)) {
        look.suspect().ifPresent(pair -> suspects.put(own.size(), pair));
        own.add(look.root());
        look.found().forEach(findings);
      }
    }
    if (rest > 0) {
      TilePair pair = TilePair.read(store, full, rest);
      last = Optional.of(pair);
      look(pair, Optional.empty(), leaves).found().forEach(findings);
    }
    findTruth();
    judge();
  }

  /**
   * What was seen of a pair.
   *
   * @param root as likely as can be told from here
   * @param suspect the pair, if its entries and hashes do not say the same
   */
  private record Look(Optional<Hash> root, Optional<TilePair> suspect, List<Finding> found) {}

  /** Pairs do not depend on each other: they are looked at with all processors, in their order. */
  private List<Look> looks(int first, int end, Function<TilePair, List<Finding>> leaves)
      throws IOException {
    try {
      return IntStream.range(first, end)
          .parallel()
          .mapToObj(i -> look(read(i), above.get(i), leaves))
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private TilePair read(int index) {
    try {
      return TilePair.read(store, index, TileName.WIDTH);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Look look(
      TilePair pair, Optional<Hash> above, Function<TilePair, List<Finding>> leaves) {
    return pair.agrees()
        ? new Look(pair.likely(above), Optional.empty(), leaves.apply(pair))
        : new Look(pair.likely(above), Optional.of(pair), List.of());
  }

  private List<Optional<Hash>> readAbove() throws IOException {
    List<Optional<Hash>> hashes = new ArrayList<>();
    for (int i = 0; i < full; i += TileName.WIDTH) {
      int width = Math.min(TileName.WIDTH, full - i);
      Optional<byte[]> tile =
          TilePair.hashes(store, new TileName(1, i / TileName.WIDTH, width))
              .filter(file -> file.length == width * Hash.LENGTH);
      for (int k = 0; k < width; k++) {
        int at = k * Hash.LENGTH;
        hashes.add(tile.map(file -> Hash.at(file, at)));
      }
    }
    return hashes;
  }

  private void findTruth() {
    for (List<Optional<Hash>> roots : List.of(own, above)) {
      if (roots.stream().allMatch(Optional::isPresent)) {
        List<Hash> hashes = roots.stream().map(Optional::orElseThrow).toList();
        for (byte[] tail : tails()) {
          if (truth.isEmpty() && root(hashes, hashes.size(), tail).equals(signed.root())) {
            truth = Optional.of(hashes);
            lastTruth = tail;
          }
        }
      }
    }
  }

  private List<byte[]> tails() {
    if (last.isEmpty()) {
      return List.of(new byte[0]);
    }
    List<byte[]> tails = new ArrayList<>();
    last.get().derived().ifPresent(tails::add);
    last.get().stored().ifPresent(tails::add);
    return tails;
  }

  private static Hash root(List<Hash> hashes, int count, byte[] tail) {
    CompactTree tree = new CompactTree();
    hashes.subList(0, count).forEach(hash -> tree.add(8, hash));
    for (int at = 0; at < tail.length; at += Hash.LENGTH) {
      tree.add(Hash.at(tail, at));
    }
    return tree.root();
  }

  private void judge() throws IOException {
    if (truth.isEmpty()) {
      findings.accept(
          Finding.of(
              LedgerDefect.LEDGER_ROOT_WRONG,
              LedgerFiles.CHECKPOINT,
              "nothing that is there leads to " + signed.root()));
      suspects.values().forEach(pair -> pair.judge(Optional.empty(), findings));
      last.filter(pair -> !pair.agrees()).ifPresent(pair -> pair.judge(Optional.empty(), findings));
      return;
    }
    List<Hash> hashes = truth.get();
    for (int i = 0; i < full; i++) {
      TilePair pair = suspects.get(i);
      if (pair == null && !own.get(i).equals(Optional.of(hashes.get(i)))) {
        pair = TilePair.read(store, i, TileName.WIDTH);
      }
      if (pair != null) {
        pair.judge(pair.withRoot(hashes.get(i)), findings);
      }
    }
    last.ifPresent(pair -> pair.judge(Optional.of(lastTruth), findings));
    for (int level = 1; TileName.count(level, signed.size()) > 0; level++) {
      judgeLevel(level);
    }
  }

  private void judgeLevel(int level) throws IOException {
    long count = TileName.count(level, signed.size());
    for (long first = 0; first < count; first += TileName.WIDTH) {
      int width = (int) Math.min(TileName.WIDTH, count - first);
      TileName name = new TileName(level, first / TileName.WIDTH, width);
      TilePair.tileFinding(name, TilePair.hashes(store, name), hashes(name)).ifPresent(findings);
    }
  }

  /** Whether it is known what was signed. */
  boolean isKnown() {
    return truth.isPresent();
  }

  /** The hashes of a tile as they were signed, or empty if that cannot be told any more. */
  Optional<byte[]> hashes(TileName name) throws IOException {
    if (truth.isEmpty()) {
      return Optional.empty();
    }
    Optional<byte[]> hashes;
    if (name.level() > 0) {
      hashes = Optional.of(upper(name.level(), (int) name.index()));
    } else if (name.index() == full) {
      hashes = Optional.of(lastTruth);
    } else {
      Hash root = truth.get().get((int) name.index());
      hashes = TilePair.read(store, name.index(), TileName.WIDTH).withRoot(root);
    }
    return hashes.map(all -> Arrays.copyOf(all, name.width() * Hash.LENGTH));
  }

  private byte[] upper(int level, int index) {
    List<Hash> hashes = truth.orElseThrow();
    for (int at = 1; at < level; at++) {
      List<Hash> next = new ArrayList<>();
      for (int i = 0; i + TileName.WIDTH <= hashes.size(); i += TileName.WIDTH) {
        next.add(CompactTree.rootOf(packed(hashes.subList(i, i + TileName.WIDTH))));
      }
      hashes = next;
    }
    int from = index * TileName.WIDTH;
    return packed(hashes.subList(from, Math.min(from + TileName.WIDTH, hashes.size())));
  }

  private static byte[] packed(List<Hash> hashes) {
    byte[] bytes = new byte[hashes.size() * Hash.LENGTH];
    for (int i = 0; i < hashes.size(); i++) {
      hashes.get(i).copyTo(bytes, i * Hash.LENGTH);
    }
    return bytes;
  }

  /** The root that an older state must have had, or empty if that cannot be told any more. */
  Optional<Hash> rootAt(long size) throws IOException {
    int count = (int) (size / TileName.WIDTH);
    int width = (int) (size % TileName.WIDTH);
    if (truth.isEmpty()) {
      return Optional.empty();
    }
    if (width == 0) {
      return Optional.of(root(truth.get(), count, new byte[0]));
    }
    return hashes(new TileName(0, count, width)).map(tail -> root(truth.get(), count, tail));
  }
}

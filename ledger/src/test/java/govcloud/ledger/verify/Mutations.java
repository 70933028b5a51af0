package govcloud.ledger.verify;

import govcloud.ledger.LedgerException;
import govcloud.ledger.log.EntryBundle;
import govcloud.ledger.log.LedgerFiles;
import govcloud.ledger.log.MemoryStore;
import govcloud.ledger.log.TestLedger;
import govcloud.ledger.note.Checkpoint;
import govcloud.ledger.note.SignedNote;
import govcloud.ledger.tree.CompactTree;
import govcloud.ledger.tree.Hash;
import govcloud.ledger.tree.TileName;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Damages a sound ledger; each seed gives one damage that changes what was signed. */
final class Mutations {
  /** Ways of damage. */
  enum Way {
    FLIP,
    TRUNCATE,
    APPEND,
    DELETE,
    SWAP_FILES,
    ZERO,
    INSERT,
    REMOVE_BYTE,
    SWAP_ENTRIES,
    DUPLICATE_ENTRY,
    REMOVE_ENTRY,
    STRANGE_FILE,
    ENTRY_WITH_ITS_HASH,
    ROLL_BACK,
    FORK
  }

  /**
   * What was done.
   *
   * @param changes new contents, empty for a file that is gone
   */
  record Mutation(Way way, Map<String, Optional<byte[]>> changes) {}

  private final int size;
  private final MemoryStore sound;

  Mutations(int size) throws LedgerException {
    this.size = size;
    this.sound = TestLedger.of(size);
  }

  MemoryStore sound() {
    return sound;
  }

  /** Checkpoints that somebody kept. */
  Map<String, byte[]> known() {
    return Map.of("kept", sound.files().get(LedgerFiles.CHECKPOINT));
  }

  MemoryStore apply(Mutation mutation) {
    MemoryStore damaged = sound.copy();
    mutation
        .changes()
        .forEach(
            (name, content) -> {
              if (content.isPresent()) {
                damaged.files().put(name, content.get());
              } else {
                damaged.files().remove(name);
              }
            });
    return damaged;
  }

  /** A damage; never none. */
  Mutation of(long seed) throws LedgerException {
    Random random = new Random(seed);
    while (true) {
      Way way = Way.values()[random.nextInt(Way.values().length)];
      Map<String, Optional<byte[]>> changes = change(way, random);
      boolean changed =
          changes.entrySet().stream()
              .anyMatch(
                  entry ->
                      !Arrays.equals(
                          sound.files().get(entry.getKey()), entry.getValue().orElse(null)));
      if (changed) {
        return new Mutation(way, changes);
      }
    }
  }

  private Map<String, Optional<byte[]>> change(Way way, Random random) throws LedgerException {
    return switch (way) {
      case DELETE -> delete(pick(needed(), random));
      case SWAP_FILES -> {
        String one = pick(names(), random);
        String two = pick(names(), random);
        yield one.equals(two) ? Map.of() : Map.of(one, file(two), two, file(one));
      }
      case STRANGE_FILE -> one("tile/0/x00" + random.nextInt(10), new byte[] {1});
      case SWAP_ENTRIES, DUPLICATE_ENTRY, REMOVE_ENTRY -> entries(way, random);
      case ENTRY_WITH_ITS_HASH -> entryWithItsHash(random);
      case ROLL_BACK -> rollBack();
      case FORK -> fork(random);
      default -> {
        String name = pick(names(), random);
        yield one(name, bytes(way, sound.files().get(name), random));
      }
    };
  }

  private static Map<String, Optional<byte[]>> one(String name, byte[] content) {
    return Map.of(name, Optional.of(content));
  }

  private static Map<String, Optional<byte[]>> delete(String name) {
    return Map.of(name, Optional.empty());
  }

  private Optional<byte[]> file(String name) {
    return Optional.of(sound.files().get(name));
  }

  private List<String> names() {
    return sound.files().keySet().stream().filter(name -> !name.startsWith("sequencer")).toList();
  }

  /** Older partial files may be deleted; these may not. */
  private List<String> needed() {
    return names().stream()
        .filter(
            name -> {
              Optional<TileName> tile = TileName.parse(name);
              return tile.isEmpty()
                  || !tile.get().isPartial()
                  || TileName.edge(tile.get().level(), size).equals(tile);
            })
        .toList();
  }

  private static String pick(List<String> names, Random random) {
    return names.get(random.nextInt(names.size()));
  }

  private static byte[] bytes(Way way, byte[] file, Random random) {
    int at = random.nextInt(file.length);
    byte[] changed = file.clone();
    switch (way) {
      case FLIP -> changed[at] ^= (byte) (1 << random.nextInt(8));
      case TRUNCATE -> changed = Arrays.copyOf(file, at);
      case APPEND -> changed = Arrays.copyOf(file, file.length + 1 + random.nextInt(40));
      case ZERO -> Arrays.fill(changed, at, Math.min(file.length, at + 64), (byte) 0);
      case INSERT -> {
        changed = Arrays.copyOf(file, file.length + 1);
        System.arraycopy(file, at, changed, at + 1, file.length - at);
        changed[at] = (byte) random.nextInt(256);
      }
      case REMOVE_BYTE -> {
        changed = Arrays.copyOf(file, file.length - 1);
        System.arraycopy(file, at + 1, changed, at, file.length - at - 1);
      }
      default -> throw new IllegalArgumentException(way.name());
    }
    return changed;
  }

  private Map<String, Optional<byte[]>> entries(Way way, Random random) {
    String name = bundle(random);
    List<byte[]> entries = read(name);
    int at = random.nextInt(entries.size());
    switch (way) {
      case SWAP_ENTRIES -> Collections.swap(entries, at, random.nextInt(entries.size()));
      case DUPLICATE_ENTRY -> entries.add(at, entries.get(at));
      default -> entries.remove(at);
    }
    return one(name, bundle(entries));
  }

  private String bundle(Random random) {
    return pick(names().stream().filter(n -> n.startsWith("tile/entries")).toList(), random);
  }

  private List<byte[]> read(String name) {
    byte[] file = sound.files().get(name);
    int width = TileName.parse(name).orElseThrow().width();
    List<byte[]> entries = new ArrayList<>();
    for (EntryBundle.Place place : EntryBundle.places(file, width).orElseThrow()) {
      entries.add(Arrays.copyOfRange(file, place.from(), place.to()));
    }
    return entries;
  }

  private static byte[] bundle(List<byte[]> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] entry : entries) {
      bytes.write(entry.length >> 8);
      bytes.write(entry.length);
      bytes.writeBytes(entry);
    }
    return bytes.toByteArray();
  }

  /** Whoever changes an entry changes its hash too. */
  private Map<String, Optional<byte[]>> entryWithItsHash(Random random) {
    TileName name =
        TileName.parse(
                pick(needed().stream().filter(n -> n.startsWith("tile/entries")).toList(), random))
            .orElseThrow();
    List<byte[]> entries = read(name.path());
    int at = random.nextInt(entries.size());
    entries.set(at, TestLedger.entry(5_000_000 + random.nextInt(1000)).toBytes());
    TileName hashes = new TileName(0, name.index(), name.width());
    byte[] tile = sound.files().get(hashes.path()).clone();
    Hash.ofLeaf(entries.get(at)).copyTo(tile, at * Hash.LENGTH);
    return Map.of(name.path(), Optional.of(bundle(entries)), hashes.path(), Optional.of(tile));
  }

  /** The state that was cosigned, as if it were the newest one. */
  private Map<String, Optional<byte[]>> rollBack() {
    return one(LedgerFiles.CHECKPOINT, sound.files().get(LedgerFiles.COSIGNED));
  }

  /** A whole other log under the same key, of the same size. */
  private Map<String, Optional<byte[]>> fork(Random random) throws LedgerException {
    Map<String, Optional<byte[]>> changes = new TreeMap<>();
    List<byte[]> leaves = TestLedger.leaves(0, size);
    leaves.set(random.nextInt(size), TestLedger.entry(6_000_000).toBytes());
    CompactTree tree = new CompactTree();
    leaves.forEach(leaf -> tree.add(Hash.ofLeaf(leaf)));
    Checkpoint other = new Checkpoint(TestLedger.ORIGIN, size, tree.root());
    changes.put(
        LedgerFiles.CHECKPOINT,
        Optional.of(
            SignedNote.of(other.text(), TestLedger.log(TestLedger.ORIGIN))
                .getBytes(StandardCharsets.UTF_8)));
    return changes;
  }
}

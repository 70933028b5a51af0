package govcloud.node.replication.audit;

import govcloud.journal.Slices;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The entities of one slice that had chunks when an audit began, as hashes, since there may be
 * millions: eight bytes each. A chunk is made of records that are in the log before it, so the log,
 * read afterwards, must know each of them.
 */
final class StoredEntities {
  private static final int FIRST = 64;

  /** Goes through all entities that have chunks. */
  @FunctionalInterface
  interface Source {
    /** Tells each once. */
    void tell(Consumer<String> listener);
  }

  private final Source source;
  private final int slice;
  private final int slices;
  private long[] hashes = new long[FIRST];
  private int count;

  private StoredEntities(Source source, int slice, int slices) {
    this.source = source;
    this.slice = slice;
    this.slices = slices;
  }

  /** Those that have chunks now. */
  static StoredEntities of(Source source, int slice, int slices) {
    StoredEntities entities = new StoredEntities(source, slice, slices);
    source.tell(entities::add);
    return entities;
  }

  private void add(String entity) {
    if (Slices.of(entity, slices) == slice) {
      if (count == hashes.length) {
        hashes = Arrays.copyOf(hashes, 2 * count);
      }
      hashes[count++] = hash(entity);
    }
  }

  /** Those that are not among the known ones; their names are looked for where there are any. */
  List<String> unknown(Collection<String> known) {
    long[] sorted = known.stream().mapToLong(StoredEntities::hash).sorted().toArray();
    long[] unknown =
        Arrays.stream(hashes, 0, count)
            .filter(hash -> Arrays.binarySearch(sorted, hash) < 0)
            .sorted()
            .toArray();
    TreeSet<String> names = new TreeSet<>();
    if (unknown.length > 0) {
      source.tell(
          entity -> {
            if (Slices.of(entity, slices) == slice
                && Arrays.binarySearch(unknown, hash(entity)) >= 0) {
              names.add(entity);
            }
          });
    }
    return List.copyOf(names);
  }

  private static long hash(String entity) {
    long hash = 1125899906842597L;
    for (int i = 0; i < entity.length(); i++) {
      hash = 31 * hash + entity.charAt(i);
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    return hash ^ (hash >>> 33);
  }
}

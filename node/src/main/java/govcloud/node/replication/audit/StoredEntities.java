package govcloud.node.replication.audit;

import govcloud.journal.Slices;
import govcloud.node.replication.Pace;
import govcloud.replication.archive.ArchiveStoreException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The entities that had chunks when an audit began, slice by slice, as hashes, since there may be
 * millions: eight bytes each. A chunk is made of records that are in the log before it, so the log,
 * read afterwards, must know each of them. Cassandra is asked for all of them at once, because it
 * knows no slices of chunks.
 */
final class StoredEntities {
  private static final int FIRST = 64;

  /** What Cassandra reads for a key, about; keys are rested for together. */
  private static final int KEY_BYTES = 256;

  private static final int TOGETHER = 1_000;

  private final Supplier<Iterable<String>> source;
  private final Pace pace;
  private final long[][] hashes;
  private final int[] counts;

  private StoredEntities(Supplier<Iterable<String>> source, int slices, Pace pace) {
    this.source = source;
    this.pace = pace;
    this.hashes = new long[slices][FIRST];
    this.counts = new int[slices];
  }

  /**
   * Those that have chunks now.
   *
   * @param source gives all entities that have chunks, each once
   * @param pace of reading
   */
  static StoredEntities of(Supplier<Iterable<String>> source, int slices, Pace pace)
      throws ArchiveStoreException {
    StoredEntities entities = new StoredEntities(source, slices, pace);
    entities.scan(entities::add);
    return entities;
  }

  private void scan(Consumer<String> listener) throws ArchiveStoreException {
    int read = 0;
    for (String entity : source.get()) {
      listener.accept(entity);
      if (++read == TOGETHER) {
        pace.took((long) read * KEY_BYTES);
        read = 0;
      }
    }
    pace.took((long) read * KEY_BYTES);
  }

  private void add(String entity) {
    int slice = Slices.of(entity, counts.length);
    if (counts[slice] == hashes[slice].length) {
      hashes[slice] = Arrays.copyOf(hashes[slice], 2 * counts[slice]);
    }
    hashes[slice][counts[slice]++] = hash(entity);
  }

  /**
   * Those of a slice that are not among the known ones; their names are looked for where there are
   * any.
   */
  List<String> unknown(int slice, Collection<String> known) throws ArchiveStoreException {
    long[] sorted = known.stream().mapToLong(StoredEntities::hash).sorted().toArray();
    long[] unknown =
        Arrays.stream(hashes[slice], 0, counts[slice])
            .filter(hash -> Arrays.binarySearch(sorted, hash) < 0)
            .sorted()
            .toArray();
    TreeSet<String> names = new TreeSet<>();
    if (unknown.length > 0) {
      scan(
          entity -> {
            if (Slices.of(entity, counts.length) == slice
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

package govcloud.journal.schema;

import static govcloud.journal.schema.SchemaException.Code.SCHEMA_CHANGED;
import static govcloud.journal.schema.SchemaException.Code.SCHEMA_GAP;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares the files with what was applied. Versions are dense within ten; a module begins its own
 * row of tens, so that modules can add files without waiting for each other.
 */
final class MigrationPlan {
  private static final int BLOCK = 10;

  private final TreeMap<Integer, Migration> files = new TreeMap<>();

  MigrationPlan(List<Migration> migrations) {
    for (Migration migration : migrations) {
      Migration other = files.put(migration.version(), migration);
      if (other != null) {
        throw new SchemaException(
            SCHEMA_GAP,
            "migrations %s and %s: the same version (expected: one file for each version)"
                .formatted(other.fileName(), migration.fileName()));
      }
    }
    for (Migration migration : files.values()) {
      requirePredecessor(migration, files.keySet(), "among the files");
    }
  }

  /**
   * What is to be applied, in order.
   *
   * @param applied checksum by version. Versions without a file are of a newer release and ignored,
   *     so that an older node can be restarted during a rolling upgrade.
   */
  List<Migration> pending(Map<Integer, String> applied) {
    for (Migration migration : files.values()) {
      String checksum = applied.get(migration.version());
      if (checksum != null && !checksum.equals(migration.checksum())) {
        throw new SchemaException(
            SCHEMA_CHANGED,
            "migration %s: checksum %s (expected: %s, as applied; write a new file instead of changing this one)"
                .formatted(migration.fileName(), migration.checksum(), checksum));
      }
      if (checksum != null) {
        requirePredecessor(migration, applied.keySet(), "among the applied ones");
      }
    }
    return files.values().stream()
        .filter(migration -> !applied.containsKey(migration.version()))
        .sorted(Comparator.comparingInt(Migration::version))
        .toList();
  }

  private static void requirePredecessor(Migration migration, Set<Integer> versions, String where) {
    int version = migration.version();
    if (version % BLOCK > (version < BLOCK ? 1 : 0) && !versions.contains(version - 1)) {
      throw new SchemaException(
          SCHEMA_GAP,
          "migration %s: no version %03d %s (expected: no gap)"
              .formatted(migration.fileName(), version - 1, where));
    }
  }
}

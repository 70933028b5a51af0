package govcloud.node.replication.audit;

import govcloud.journal.cassandra.StoredJournal;
import govcloud.journal.cassandra.StoredJournal.ChunkRow;
import govcloud.journal.cassandra.StoredJournal.LogRow;
import govcloud.journal.core.Batch;
import govcloud.journal.core.Entry;
import govcloud.node.replication.Pace;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.keys.KeyException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Compares the log of one slice with the archive, row by row, and the chunks of its entities with
 * both; rebuilds chunks. Memory holds where the entities of the slice end, and those under
 * suspicion. Blocks; for one thread.
 */
final class SliceAudit {
  private final int slice;
  private final SliceLog log;
  private final StoredJournal journal;
  private final Pace pace;
  private final StoredEntities stored;
  private final Consumer<AuditFinding> found;
  private final Map<String, EntityEnd> ends = new HashMap<>();
  private final Set<String> disputed = new HashSet<>();
  private boolean incomplete;
  private long behind;

  /**
   * An audit; nothing is read yet.
   *
   * @param stored entities that had chunks before the log is read
   */
  SliceAudit(
      int slice,
      SliceLog log,
      StoredJournal journal,
      StoredEntities stored,
      Pace pace,
      Consumer<AuditFinding> found) {
    this.slice = slice;
    this.log = log;
    this.journal = journal;
    this.stored = stored;
    this.pace = pace;
    this.found = found;
  }

  /** Compares everything. */
  void run() throws ArchiveStoreException, KeyException {
    // In this order: what is below the watermark now is in chunks when they are read.
    long watermark = journal.watermark(slice);
    log.walk(
        (offset, archived, stored) -> {
          compare(watermark, offset, archived, stored);
          behind = offset + 1;
          return true;
        });
    if (behind < watermark) {
      // What chunks were made of is not there: nothing shows whether they are right.
      incomplete = true;
      tell(
          AuditDefect.AUDIT_LOG_ROW_MISSING,
          "slice " + slice + ", offset " + behind,
          "neither log nor archive goes on (expected: up to the watermark, "
              + watermark
              + "); chunks are not compared");
    }
    if (incomplete) {
      return;
    }
    stored.unknown(slice, ends.keySet()).forEach(this::unknown);
    Suspects suspects = new Suspects();
    for (Map.Entry<String, EntityEnd> one : ends.entrySet()) {
      List<ChunkRow> rows = journal.chunks(one.getKey());
      pace.took(rows.stream().mapToLong(ChunkRow::bytes).sum());
      EntityEnd.Look look = one.getValue().look(one.getKey(), rows);
      if (look != EntityEnd.Look.RIGHT) {
        suspects.add(one.getKey(), rows, look == EntityEnd.Look.GREW);
      }
    }
    suspects.further().ifPresent(more -> tell(AuditDefect.AUDIT_MORE, "slice " + slice, more));
    if (!suspects.isEmpty()) {
      lookClosely(suspects.rows());
    }
  }

  private void unknown(String entity) {
    tell(
        AuditDefect.AUDIT_ENTITY_UNKNOWN,
        "entity " + entity,
        "has chunks, and the log of slice " + slice + " knows no record of it; left");
  }

  private void compare(
      long watermark, long offset, Optional<Batch> archived, Optional<LogRow> stored) {
    Optional<Batch> row = stored.flatMap(LogRow::batch);
    boolean isSame = archived.isEmpty() || row.map(Batch::hash).equals(archived.map(Batch::hash));
    if (!isSame) {
      differs(offset, archived.get(), stored);
    } else if (archived.isEmpty() && (row.isEmpty() || row.get().trimmedRecords() > 0)) {
      // Neither has the records: what is wrong with the segment is told elsewhere.
      incomplete = true;
    }
    for (Entry entry : SliceLog.entries(archived, stored)) {
      take(entry, offset, offset < watermark);
    }
  }

  private void differs(long offset, Batch archived, Optional<LogRow> stored) {
    Optional<Batch> row = stored.flatMap(LogRow::batch);
    List<Entry> there = row.map(Batch::entries).orElse(List.of());
    archived.entries().forEach(entry -> disputed.add(entry.entityId()));
    there.forEach(entry -> disputed.add(entry.entityId()));
    int at = 0;
    while (at < Math.min(there.size(), archived.entries().size())
        && there.get(at).hash().equals(archived.entries().get(at).hash())) {
      at++;
    }
    String place = "slice " + slice + ", offset " + offset;
    if (at < archived.entries().size()) {
      Entry first = archived.entries().get(at);
      place += ", entity " + first.entityId() + ", sequence " + first.sequence();
    }
    if (stored.isEmpty()) {
      tell(AuditDefect.AUDIT_LOG_ROW_MISSING, place, "no row (expected: the archive's batch)");
    } else {
      tell(
          AuditDefect.AUDIT_LOG_ROW_DIFFERENT,
          place,
          (row.isEmpty() ? "unreadable" : "another batch") + " (expected: the archive's)");
    }
  }

  private void take(Entry entry, long offset, boolean isInChunks) {
    EntityEnd end = ends.computeIfAbsent(entry.entityId(), id -> new EntityEnd());
    if (!end.isFollowedBy(entry) && !incomplete) {
      disputed.add(entry.entityId());
      tell(
          AuditDefect.AUDIT_CHAIN_BROKEN,
          "entity " + entry.entityId() + ", sequence " + entry.sequence(),
          "slice "
              + slice
              + ", offset "
              + offset
              + ": does not follow (expected: sequence "
              + (end.sequence() + 1)
              + " with the hash of the one before)");
    }
    end.take(entry, isInChunks);
  }

  /** The log is read again, so it has every record that a chunk read before can have. */
  private void lookClosely(Map<String, List<ChunkRow>> suspects)
      throws ArchiveStoreException, KeyException {
    Map<String, List<Entry>> records = new HashMap<>();
    suspects.keySet().forEach(entity -> records.put(entity, new ArrayList<>()));
    log.walk(
        (offset, archived, stored) -> {
          for (Entry entry : SliceLog.entries(archived, stored)) {
            List<Entry> of = records.get(entry.entityId());
            if (of != null) {
              of.add(entry);
            }
          }
          return true;
        });
    suspects.forEach(
        (entity, rows) -> {
          List<Entry> its = records.get(entity);
          boolean isSure = !disputed.contains(entity);
          // Fewer than in the first reading: part of it could not be read now.
          if (!isSure || its.size() >= ends.get(entity).sequence()) {
            new ChunkRepair(entity, its, isSure, journal, found)
                .run(rows, ends.get(entity).inChunks());
          }
        });
  }

  private void tell(AuditDefect defect, String place, String detail) {
    found.accept(new AuditFinding(defect, place, detail));
  }
}

package govcloud.node.replication.audit;

import com.google.protobuf.ByteString;
import govcloud.journal.RecordHash;
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
import java.util.TreeMap;
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
  private final Map<String, End> ends = new HashMap<>();
  private final Set<String> disputed = new HashSet<>();
  private boolean incomplete;
  private long behind;

  /** Where an entity ends, in the log and below the watermark. */
  private static final class End {
    private long sequence;
    private ByteString hash = RecordHash.NONE;
    private long inChunks;
    private ByteString hashInChunks = RecordHash.NONE;
  }

  /**
   * An audit; nothing is read yet.
   *
   * @param stored entities of the slice that had chunks before the log is read
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
    stored.unknown(ends.keySet()).forEach(this::unknown);
    Suspects suspects = new Suspects();
    for (Map.Entry<String, End> one : ends.entrySet()) {
      List<ChunkRow> rows = journal.chunks(one.getKey());
      pace.took(rows.stream().mapToLong(ChunkRow::bytes).sum());
      if (!isRight(one.getKey(), one.getValue(), rows)) {
        suspects.add(one.getKey(), rows);
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
    End end = ends.computeIfAbsent(entry.entityId(), id -> new End());
    boolean follows =
        entry.sequence() == end.sequence + 1 && entry.record().getPreviousHash().equals(end.hash);
    if (!follows && !incomplete) {
      disputed.add(entry.entityId());
      tell(
          AuditDefect.AUDIT_CHAIN_BROKEN,
          "entity " + entry.entityId() + ", sequence " + entry.sequence(),
          "slice "
              + slice
              + ", offset "
              + offset
              + ": does not follow (expected: sequence "
              + (end.sequence + 1)
              + " with the hash of the one before)");
    }
    end.sequence = entry.sequence();
    end.hash = entry.hash();
    if (isInChunks) {
      end.inChunks = end.sequence;
      end.hashInChunks = end.hash;
    }
  }

  /** Whether chunks alone show that they are those of the log; false: the log has to be asked. */
  private static boolean isRight(String entity, End end, List<ChunkRow> rows) {
    TreeMap<Long, Entry> records = new TreeMap<>();
    for (ChunkRow row : rows) {
      if (!isWhole(entity, row)) {
        return false;
      }
      for (Entry entry : row.chunk().orElseThrow().entries()) {
        Entry other = records.putIfAbsent(entry.sequence(), entry);
        if (other != null && !other.hash().equals(entry.hash())) {
          return false;
        }
      }
    }
    long sequence = 0;
    ByteString hash = RecordHash.NONE;
    for (Entry entry : records.values()) {
      if (entry.sequence() != ++sequence || !entry.record().getPreviousHash().equals(hash)) {
        return false;
      }
      hash = entry.hash();
      if (sequence == end.inChunks && !hash.equals(end.hashInChunks)) {
        return false;
      }
    }
    return sequence == end.inChunks || (sequence == end.sequence && hash.equals(end.hash));
  }

  /** Whether a row is a chunk of the entity with the ends that its key says. */
  private static boolean isWhole(String entity, ChunkRow row) {
    if (row.chunk().isEmpty()) {
      return false;
    }
    List<Entry> entries = row.chunk().get().entries();
    for (int i = 0; i < entries.size(); i++) {
      if (!entries.get(i).entityId().equals(entity)
          || entries.get(i).sequence() != row.fromSequence() + i) {
        return false;
      }
    }
    return row.chunk().get().entityId().equals(entity)
        && row.fromSequence() + entries.size() - 1 == row.toSequence();
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
          if (!isSure || its.size() >= ends.get(entity).sequence) {
            new ChunkRepair(entity, its, isSure, journal, found)
                .run(rows, ends.get(entity).inChunks);
          }
        });
  }

  private void tell(AuditDefect defect, String place, String detail) {
    found.accept(new AuditFinding(defect, place, detail));
  }
}

package govcloud.node.replication.audit;

import com.google.protobuf.ByteString;
import govcloud.journal.RecordHash;
import govcloud.journal.cassandra.StoredJournal.ChunkRow;
import govcloud.journal.core.Entry;
import java.util.List;
import java.util.TreeMap;

/**
 * Where an entity ends, in the log and below the watermark: a chunk's records name each other's
 * hashes, so the last hash proves them all.
 */
final class EntityEnd {
  private long sequence;
  private ByteString hash = RecordHash.NONE;
  private long inChunks;
  private ByteString hashInChunks = RecordHash.NONE;

  /** What chunks alone show. */
  enum Look {
    /** They are those of the log. */
    RIGHT,
    /**
     * They are those of the log as far as they must be there, and go on behind it: as they do where
     * an entity grew after the log was read. Only a newer reading of the log can prove it.
     */
    GREW,
    /** Something is damaged, missing or other than in the log. */
    WRONG
  }

  /** The last sequence in the log; 0: none. */
  long sequence() {
    return sequence;
  }

  /** The last sequence that must be in a chunk; 0: none. */
  long inChunks() {
    return inChunks;
  }

  /** Whether a record continues the chain. */
  boolean isFollowedBy(Entry entry) {
    return entry.sequence() == sequence + 1 && entry.record().getPreviousHash().equals(hash);
  }

  /** The next record of the log. */
  void take(Entry entry, boolean isInChunks) {
    sequence = entry.sequence();
    hash = entry.hash();
    if (isInChunks) {
      inChunks = sequence;
      hashInChunks = hash;
    }
  }

  /** Looks at all chunks of the entity. */
  Look look(String entity, List<ChunkRow> rows) {
    TreeMap<Long, Entry> records = new TreeMap<>();
    for (ChunkRow row : rows) {
      if (!isWhole(entity, row)) {
        return Look.WRONG;
      }
      for (Entry entry : row.chunk().orElseThrow().entries()) {
        Entry other = records.putIfAbsent(entry.sequence(), entry);
        if (other != null && !other.hash().equals(entry.hash())) {
          return Look.WRONG;
        }
      }
    }
    EntityEnd chunked = new EntityEnd();
    for (Entry entry : records.values()) {
      if (!chunked.isFollowedBy(entry) || contradicts(entry)) {
        return Look.WRONG;
      }
      chunked.take(entry, false);
    }
    if (chunked.sequence < inChunks) {
      return Look.WRONG;
    }
    return chunked.sequence == inChunks || chunked.sequence == sequence ? Look.RIGHT : Look.GREW;
  }

  private boolean contradicts(Entry entry) {
    return (entry.sequence() == inChunks && !entry.hash().equals(hashInChunks))
        || (entry.sequence() == sequence && !entry.hash().equals(hash));
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
}

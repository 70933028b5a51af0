package govcloud.journal.core;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import govcloud.protobuf.journal.v1.EntityChunk;
import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive records of one entity, derived from the log.
 *
 * @param entityId whose records
 * @param entries at least one, sequences without gap
 */
public record Chunk(String entityId, List<Entry> entries) {

  /** Refuses a chunk without records. */
  public Chunk {
    entries = List.copyOf(entries);
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("chunk of " + entityId + ": empty (expected: records)");
    }
  }

  /** Sequence of the first record. */
  public long fromSequence() {
    return entries.get(0).sequence();
  }

  /** Sequence of the last record. */
  public long toSequence() {
    return entries.get(entries.size() - 1).sequence();
  }

  /** The end of the entity as far as this chunk goes. */
  Head head() {
    return entries.get(entries.size() - 1).head();
  }

  /** The bytes to store. */
  public ByteString toBytes() {
    EntityChunk.Builder chunk =
        EntityChunk.newBuilder().setEntityId(entityId).setFromSequence(fromSequence());
    entries.forEach(entry -> chunk.addRecord(entry.bytes()));
    return chunk.build().toByteString();
  }

  /** A chunk that was stored. */
  public static Chunk parse(ByteString bytes) throws InvalidProtocolBufferException {
    EntityChunk chunk = EntityChunk.parseFrom(bytes);
    List<Entry> entries = new ArrayList<>(chunk.getRecordCount());
    for (ByteString record : chunk.getRecordList()) {
      entries.add(Entry.parse(record));
    }
    if (entries.isEmpty()) {
      throw new InvalidProtocolBufferException("records: 0 (expected: at least 1)");
    }
    return new Chunk(chunk.getEntityId(), entries);
  }
}

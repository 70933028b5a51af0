package govcloud.recovery.prove;

import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import govcloud.protobuf.journal.v1.EntityChunk;
import govcloud.protobuf.journal.v1.Record;
import govcloud.replication.statement.ReplicaHash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads an entity as a node will: from its chunks. Compares with the log, and replays. */
final class EntityCheck {
  private final ProofFindings findings;
  private final boolean served;

  /**
   * Nothing checked yet.
   *
   * @param served whether nodes may have written more records since
   */
  EntityCheck(ProofFindings findings, boolean served) {
    this.findings = findings;
    this.served = served;
  }

  /**
   * Checks an entity.
   *
   * @param chunks all that are stored of it
   * @return the digest of its state; empty where something is wrong
   */
  Optional<byte[]> check(String entity, EntityEnd end, List<Row> chunks) {
    TreeMap<Long, ByteString> records = new TreeMap<>();
    boolean right = true;
    for (Row row : chunks) {
      right &= read(entity, end, row, records);
    }
    return right && complete(entity, end, records)
        ? chained(entity, end, records.values()).flatMap(all -> replay(entity, end, all))
        : Optional.empty();
  }

  private boolean read(String entity, EntityEnd end, Row row, Map<Long, ByteString> records) {
    try {
      EntityChunk chunk = EntityChunk.parseFrom(StoredRows.unpacked(row, "records"));
      long sequence = chunk.getFromSequence();
      boolean right = chunk.getRecordCount() > 0 && chunk.getEntityId().equals(entity);
      for (ByteString record : chunk.getRecordList()) {
        ByteString other = records.putIfAbsent(sequence++, record);
        right &= other == null || other.equals(record);
      }
      return right || different(entity, end, "a chunk from " + chunk.getFromSequence());
    } catch (InvalidProtocolBufferException e) {
      return different(entity, end, "an unreadable chunk");
    }
  }

  private boolean complete(String entity, EntityEnd end, SortedMap<Long, ByteString> records) {
    long expected = 1;
    for (Map.Entry<Long, ByteString> record : records.entrySet()) {
      if (record.getKey() != expected) {
        break;
      }
      expected++;
    }
    if (expected <= end.sequence()) {
      findings.add(
          ProofDefect.PROOF_CHUNK_MISSING,
          end.tenant(),
          entity + ", sequence " + expected,
          "in no chunk (expected: 1 to " + end.sequence() + ")");
      return false;
    }
    return served
        || records.lastKey() == end.sequence()
        || different(entity, end, "records up to " + records.lastKey());
  }

  /** The records that were lost; empty where one does not follow the one before. */
  private Optional<List<Record>> chained(
      String entity, EntityEnd end, Collection<ByteString> stored) {
    List<Record> records = new ArrayList<>(stored.size());
    ByteString previous = ByteString.EMPTY;
    boolean right = true;
    try {
      for (ByteString bytes : stored) {
        Record record = Record.parseFrom(bytes);
        records.add(record);
        right &=
            record.getPreviousHash().equals(previous)
                && record.getSequence() == records.size()
                && record.getEntityId().equals(entity);
        previous = ReplicaHash.of(bytes);
        right &= records.size() != end.sequence() || previous.equals(end.hash());
      }
    } catch (InvalidProtocolBufferException e) {
      right = false;
    }
    return right || different(entity, end, "records with other hashes")
        ? Optional.of(records.subList(0, (int) Math.min(records.size(), end.sequence())))
        : Optional.empty();
  }

  private boolean different(String entity, EntityEnd end, String found) {
    findings.add(
        ProofDefect.PROOF_CHUNK_DIFFERENT,
        end.tenant(),
        entity,
        found + " (expected: the log's records, 1 to " + end.sequence() + ")");
    return false;
  }

  private Optional<byte[]> replay(String entity, EntityEnd end, List<Record> records) {
    try {
      return Optional.of(new StateDigest().of(Replay.state(records)));
    } catch (RuntimeException e) {
      findings.add(
          ProofDefect.PROOF_REPLAY_FAILED, end.tenant(), entity, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}

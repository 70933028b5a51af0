package govcloud.recovery.prove;

import com.google.protobuf.ByteString;
import govcloud.protobuf.journal.v1.Record;
import govcloud.replication.statement.ReplicaHash;
import java.util.HashMap;
import java.util.Map;

/** Where entities end, as a log is read record by record. For one thread. */
final class EntityEnds {
  private final Map<String, EntityEnd> ends;

  /** One name for all entities of a tenant: each record brings another copy of it. */
  private final Map<String, String> tenants = new HashMap<>();

  /** Those that were known before. */
  EntityEnds(Map<String, EntityEnd> known) {
    this.ends = new HashMap<>(known);
  }

  /**
   * Takes the next record in.
   *
   * @return whether it follows the one before of its entity
   */
  boolean take(Record record, ByteString bytes) {
    EntityEnd before = ends.get(record.getEntityId());
    long sequence = before == null ? 0 : before.sequence();
    ByteString hash = before == null ? ByteString.EMPTY : before.hash();
    ends.put(
        record.getEntityId(),
        new EntityEnd(
            tenants.computeIfAbsent(record.getTenant(), name -> name),
            record.getSequence(),
            ReplicaHash.of(bytes)));
    return record.getSequence() == sequence + 1 && record.getPreviousHash().equals(hash);
  }

  /** All of them; changes when more is taken in. */
  Map<String, EntityEnd> all() {
    return ends;
  }
}

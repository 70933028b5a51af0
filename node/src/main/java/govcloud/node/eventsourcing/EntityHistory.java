package govcloud.node.eventsourcing;

import com.google.protobuf.ByteString;
import govcloud.domain.Commit;
import govcloud.journal.RecordHash;
import govcloud.protobuf.journal.v1.Record;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Turns accepted commands of one entity into chained records, and records back into state. */
final class EntityHistory<C, E, S> {

  private static final Set<String> OF_THE_PLATFORM =
      Set.of("operation", "account", "audit", "ledger", "alarms", "source");

  private final String entityId;
  private final String tenant;
  private final AggregateType<C, E, S> type;

  EntityHistory(String entityId, AggregateType<C, E, S> type) {
    this.entityId = entityId;
    this.type = type;
    this.tenant = tenantOf(entityId);
  }

  /** Whose the entity is; empty: the cloud's own. */
  String tenant() {
    return tenant;
  }

  /** A record and the state that it leads to. */
  record Step<S>(Record stored, EntityState<S> next) {}

  /** The record that an accepted command leaves behind. */
  Step<S> append(
      EntityState<S> before, Request<C> request, List<E> events, Instant now, long clock) {
    var commit =
        new Commit<>(now, request.actor(), request.idempotencyKey(), request.requestHash(), events);
    var stored =
        Record.newBuilder()
            .setTenant(tenant)
            .setEntityType(type.name())
            .setEntityId(entityId)
            .setSequence(before.version() + 1)
            .setHybridClock(clock)
            .setPreviousHash(ByteString.copyFrom(HexFormat.of().parseHex(before.headHash())))
            .setCausationId(request.traceId())
            .setSchemaVersion(type.codec().schemaVersion())
            .setManifest(type.codec().manifest())
            .setPayload(ByteString.copyFrom(type.codec().encode(commit)))
            .build();
    return new Step<>(stored, after(before, stored, commit));
  }

  /** The state after a stored record; checks that it follows from the one before. */
  EntityState<S> replay(EntityState<S> before, Record stored) {
    var expected = before.version() + 1;
    if (stored.getSequence() != expected) {
      throw damaged(expected, "sequence " + stored.getSequence() + " (expected: " + expected + ")");
    }
    if (!stored.getEntityId().equals(entityId)) {
      throw damaged(expected, "a record of " + stored.getEntityId());
    }
    if (!hex(stored.getPreviousHash()).equals(before.headHash())) {
      throw damaged(expected, "previous hash is not that of record " + before.version());
    }
    try {
      return after(before, stored, decode(stored));
    } catch (RuntimeException e) {
      throw new DamagedRecordException(entityId, expected, e.toString(), e);
    }
  }

  private Commit<E> decode(Record stored) {
    if (!stored.getManifest().equals(type.codec().manifest())) {
      throw new IllegalArgumentException(
          "manifest: "
              + stored.getManifest()
              + " (expected: "
              + type.codec().manifest()
              + "; was the record written by a newer program?)");
    }
    return type.codec().decode(stored.getPayload().toByteArray());
  }

  private EntityState<S> after(EntityState<S> before, Record stored, Commit<E> commit) {
    var state = evolve(before.state(), commit.events());
    var version = stored.getSequence();
    var receipt =
        new EntityState.Receipt(
            commit.idempotencyKey(),
            commit.requestHash(),
            version,
            type.aggregate().status(state),
            commit.at());
    return new EntityState<>(
        state,
        version,
        hex(RecordHash.of(stored)),
        stored.getHybridClock(),
        commit.at(),
        before.receiptsWith(receipt));
  }

  /** The aggregate's state after some events. */
  S evolve(S state, List<E> events) {
    var evolved = state;
    for (var event : events) {
      evolved = type.aggregate().evolve(evolved, event);
    }
    return evolved;
  }

  private DamagedRecordException damaged(long sequence, String found) {
    return new DamagedRecordException(entityId, sequence, found, null);
  }

  /** The tenant in an entity id: its second part; kinds that belong to the platform have none. */
  static String tenantOf(String entityId) {
    var parts = entityId.split("/", -1);
    return OF_THE_PLATFORM.contains(parts[0]) || parts.length < 2 ? "" : parts[1];
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}

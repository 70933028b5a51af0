package govcloud.recovery.plan;

import govcloud.domain.Commit;
import govcloud.journal.HybridClock;
import govcloud.journal.core.Entry;
import govcloud.protobuf.journal.CodecException;
import govcloud.protobuf.journal.CommitCodecs;
import govcloud.protobuf.journal.v1.Record;
import govcloud.protobuf.replica.v1.CutSlice;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.replica.DepartmentRecords;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.replica.RecoveryPoint.Copied;
import govcloud.recovery.replica.Replica;
import govcloud.replication.archive.Segment;
import govcloud.replication.cut.KeyedArchive;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads what a department did after a moment: only segments behind the last cut before it, and of
 * those only the department's part.
 */
public final class DiffScan {
  private final Replica replica;
  private final RecoveryPoint then;
  private final RecoveryPoint now;
  private final Map<String, OfEntity> entities = new HashMap<>();

  /** One entity so far. */
  private static final class OfEntity {
    private final SortedMap<String, Long> events = new TreeMap<>();
    private final SortedSet<String> people = new TreeSet<>();
    private boolean isNew;
    private long records;
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;
  }

  /**
   * A scan.
   *
   * @param then the department at the moment
   * @param now everything that the sibling has
   */
  public DiffScan(Replica replica, RecoveryPoint then, RecoveryPoint now) {
    this.replica = replica;
    this.then = then;
    this.now = now;
  }

  /**
   * Reads it.
   *
   * @throws RecoveryException when a segment is missing, damaged or cannot be opened
   */
  public DepartmentDiff run() throws RecoveryException {
    Map<Integer, Long> known = new HashMap<>();
    then.cut()
        .ifPresent(
            cut -> {
              for (CutSlice slice : cut.statement().getSliceList()) {
                known.put(slice.getSlice(), slice.getSegment());
              }
            });
    Copied all = now.of(copied().tenant()).copied().orElseThrow();
    try (KeyedArchive archive = replica.open()) {
      for (Map.Entry<Integer, Long> slice : now.lastSegments().entrySet()) {
        DepartmentRecords records = new DepartmentRecords(archive, slice.getKey(), all);
        records.skipTo(known.getOrDefault(slice.getKey(), 0L));
        records.read(slice.getValue(), new Later());
      }
    }
    return diff();
  }

  private Copied copied() {
    return then.copied().orElseThrow();
  }

  /** Takes what came after the moment. */
  private final class Later implements DepartmentRecords.Sink {
    @Override
    public void take(Entry entry) {
      if (entry.record().getHybridClock() > copied().lastClock()) {
        add(entry.record());
      }
    }

    @Override
    public void read(Segment segment) {}
  }

  private void add(Record record) {
    OfEntity entity = entities.computeIfAbsent(record.getEntityId(), id -> new OfEntity());
    Instant at = Instant.ofEpochMilli(HybridClock.millisOf(record.getHybridClock()));
    entity.records++;
    entity.isNew |= record.getSequence() == 1;
    entity.first = at.isBefore(entity.first) ? at : entity.first;
    entity.last = at.isAfter(entity.last) ? at : entity.last;
    try {
      Commit<?> commit =
          CommitCodecs.byManifest(record.getManifest()).decode(record.getPayload().toByteArray());
      entity.people.add(commit.actor().person());
      for (Object event : commit.events()) {
        String kind = record.getEntityType() + "." + event.getClass().getSimpleName();
        entity.events.merge(kind, 1L, Long::sum);
      }
    } catch (CodecException unreadable) {
      // Of a newer cloud: that something happened is told all the same.
      entity.events.merge(record.getManifest(), 1L, Long::sum);
    }
  }

  private DepartmentDiff diff() {
    List<EntityChange> changes = new ArrayList<>();
    entities.forEach(
        (id, of) ->
            changes.add(
                new EntityChange(
                    id, of.isNew, of.records, of.events, of.first, of.last, of.people)));
    changes.sort(Comparator.comparing(EntityChange::first).thenComparing(EntityChange::entity));
    Optional<Instant> last =
        changes.stream().map(EntityChange::last).max(Comparator.naturalOrder());
    return new DepartmentDiff(changes, last);
  }
}

package govcloud.recovery.index;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import govcloud.protobuf.journal.CodecException;
import govcloud.protobuf.journal.v1.Record;
import govcloud.protobuf.replica.v1.PersonKey;
import govcloud.protobuf.replica.v1.SealedPart;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.recovery.Together;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.replica.Replica;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Segment;
import govcloud.replication.archive.SegmentReader;
import govcloud.replication.archive.SliceHead;
import govcloud.replication.cut.KeyedArchive;
import govcloud.replication.keys.EpochKeys;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.TenantNames;
import govcloud.replication.statement.DamagedReplicaException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads the signed statements of all segments. Of what is sealed it opens the names of tenants that
 * it meets for the first time, and the parts in which a tenant's own entity changes, or that of a
 * person whose key is in the vault.
 */
public final class IndexScan {
  private final Replica replica;
  private final RecoveryPoint point;
  private final Map<String, List<String>> people = new HashMap<>();
  private final Map<ByteString, Known> tenants = new ConcurrentHashMap<>();
  private final ArchiveIndex index = new ArchiveIndex();
  private final AtomicLong done = new AtomicLong();

  /** A tenant whose name is known, and the entities of it that are looked at. */
  private record Known(String name, Set<ByteString> entities) {}

  /**
   * A scan.
   *
   * @param people whose keys are in the vault
   */
  public IndexScan(Replica replica, RecoveryPoint point, List<PersonKey> people) {
    this.replica = replica;
    this.point = point;
    for (PersonKey key : people) {
      this.people
          .computeIfAbsent(key.getTenant(), name -> new ArrayList<>())
          .add("subject/" + key.getTenant() + "/" + key.getSubject());
    }
  }

  /** Share of the segments that are read, 0 to 1; may be asked by any thread. */
  public double share() {
    long all = point.lastSegments().values().stream().mapToLong(n -> n).sum();
    return all == 0 ? 1 : (double) done.get() / all;
  }

  /**
   * Reads all of it.
   *
   * @param threads slices that are read at the same time
   * @throws RecoveryException with {@code RECOVERY_ARCHIVE_DAMAGED} where a segment is missing,
   *     damaged or does not continue the one before
   */
  public ArchiveIndex run(int threads) throws RecoveryException {
    List<Callable<Void>> slices = new ArrayList<>();
    point.lastSegments().forEach((slice, last) -> slices.add(() -> read(slice, last)));
    Together.run(threads, "reading", slices);
    return index;
  }

  private Void read(int slice, long last) throws RecoveryException {
    SliceIndex found = new SliceIndex(last);
    SliceHead head = SliceHead.start(slice);
    try (KeyedArchive archive = replica.open()) {
      while (head.number() < last) {
        long number = head.number() + 1;
        Optional<Segment> segment = archive.segment(slice, number);
        if (segment.isEmpty() || !segment.get().continues(head)) {
          throw damaged(slice, number, "missing, or does not continue the one before", null);
        }
        read(archive, segment.get(), found);
        head = segment.get().head();
        done.incrementAndGet();
      }
    } catch (ArchiveStoreException
        | DamagedReplicaException
        | KeyException
        | InvalidProtocolBufferException
        | CodecException e) {
      throw damaged(slice, head.number() + 1, e.getMessage(), e);
    }
    index.add(slice, found);
    return null;
  }

  private static RecoveryException damaged(int slice, long number, String detail, Exception cause) {
    return new RecoveryException(
        Code.RECOVERY_ARCHIVE_DAMAGED,
        ArchiveName.segment(slice, number).text() + ": " + detail,
        cause);
  }

  private void read(KeyedArchive archive, Segment segment, SliceIndex found)
      throws KeyException, DamagedReplicaException, InvalidProtocolBufferException {
    SegmentReader reader = archive.reader(segment);
    List<SealedPart> parts = segment.statement().getPartList();
    for (SealedPart part : parts.subList(1, parts.size())) {
      if (!tenants.containsKey(part.getTenant())) {
        meet(reader.tenants(segment), archive.keys(segment.statement().getGrant()));
      }
      Known tenant = tenants.get(part.getTenant());
      found.add(segment.statement().getNumber(), tenant.name(), part.getRecords());
      if (part.getEntityList().stream()
          .anyMatch(span -> tenant.entities().contains(span.getEntity()))) {
        learn(reader.records(segment, tenant.name()));
      }
    }
  }

  /** Pseudonyms are the same in every epoch. */
  private void meet(List<String> names, EpochKeys keys) {
    for (String name : names) {
      TenantNames pseudonyms = keys.names(name);
      Set<ByteString> entities = new HashSet<>();
      entities.add(pseudonyms.entity("tenant/" + name));
      people.getOrDefault(name, List.of()).forEach(id -> entities.add(pseudonyms.entity(id)));
      tenants.putIfAbsent(pseudonyms.tenant(), new Known(name, entities));
    }
  }

  private void learn(List<ByteString> records) throws InvalidProtocolBufferException {
    for (ByteString bytes : records) {
      Record record = Record.parseFrom(bytes);
      if (record.getEntityType().equals("tenant") || record.getEntityType().equals("subject")) {
        index.learn(record);
      }
    }
  }
}

package govcloud.replication.cut;

import com.google.protobuf.ByteString;
import govcloud.protobuf.replica.v1.CutSlice;
import govcloud.protobuf.replica.v1.CutTenant;
import govcloud.protobuf.replica.v1.DirectoryEntry;
import govcloud.protobuf.replica.v1.DirectoryPart;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.EntityHead;
import govcloud.replication.archive.RecordHead;
import govcloud.replication.archive.Segment;
import govcloud.replication.archive.SegmentReader;
import govcloud.replication.archive.SliceHead;
import govcloud.replication.keys.EpochKeys;
import govcloud.replication.keys.KeyException;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.Finding;
import govcloud.replication.statement.ReplicaDefect;
import govcloud.replication.statement.ReplicaHash;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where each entity of each tenant ends, at some segment of each slice: begins with a cut and goes
 * on segment by segment. As large as the number of entities. Not for several threads.
 */
final class CutFold implements AutoCloseable {
  private final KeyedArchive home;
  private final Map<String, Map<String, EntityHead>> tenants = new HashMap<>();
  private final SortedMap<Integer, SliceHead> slices = new TreeMap<>();

  private CutFold(KeyedArchive home) {
    this.home = home;
  }

  /**
   * Begins where a cut ends; without one, before the first segment.
   *
   * @param names of tenants, as far as they are known
   */
  static CutFold open(KeyedArchive home, Optional<Cut> cut, Set<String> names)
      throws ArchiveStoreException, DamagedReplicaException, KeyException {
    CutFold fold = new CutFold(home);
    if (cut.isPresent()) {
      for (CutSlice slice : cut.get().statement().getSliceList()) {
        fold.slices.put(slice.getSlice(), fold.head(cut.get(), slice));
      }
      fold.openDirectories(cut.get(), new TenantSearch(home, cut.get()).names(names));
    }
    return fold;
  }

  private SliceHead head(Cut cut, CutSlice slice)
      throws ArchiveStoreException, DamagedReplicaException {
    Optional<SliceHead> head =
        home.segment(slice.getSlice(), slice.getSegment()).map(Segment::head);
    return head.filter(found -> found.segmentHash().equals(slice.getSegmentHash()))
        .orElseThrow(() -> cut.mismatch("slice " + slice.getSlice() + ": its segment is not here"));
  }

  private void openDirectories(Cut cut, Map<ByteString, String> names)
      throws DamagedReplicaException, KeyException {
    EpochKeys keys = home.keys(cut.statement().getGrant());
    for (CutTenant tenant : cut.statement().getTenantList()) {
      String name = names.get(tenant.getTenant());
      DirectoryPart directory = cut.directory(keys, name);
      long records = 0;
      Map<String, EntityHead> entities = new HashMap<>(directory.getEntityCount() * 2);
      for (DirectoryEntry entry : directory.getEntityList()) {
        records += entry.getSequence();
        entities.put(entry.getEntityId(), new EntityHead(entry.getSequence(), entry.getChain()));
      }
      if (entities.size() != tenant.getEntities() || records != tenant.getRecords()) {
        throw cut.mismatch("directory of " + ReplicaHash.hex(tenant.getTenant()) + ": other sums");
      }
      tenants.put(name, entities);
    }
  }

  /**
   * Takes the segments of a slice up to the one that ends with a mark.
   *
   * @return false where some are not there yet; the next call goes on
   * @throws DamagedReplicaException when a segment is damaged, does not follow, or does not end
   *     with the mark
   */
  boolean advance(int slice, long mark, long closedClock)
      throws ArchiveStoreException, DamagedReplicaException, KeyException {
    SliceHead head = slices.getOrDefault(slice, SliceHead.start(slice));
    while (head.nextOffset() <= mark) {
      Optional<Segment> next = home.segment(slice, head.number() + 1);
      if (next.isEmpty()) {
        return false;
      }
      Segment segment = next.get();
      if (!segment.continues(head)) {
        throw refused(ReplicaDefect.REPLICA_GAP, segment, "does not continue the segment before");
      }
      if (segment.lastOffset() > mark || segment.statement().getHighestClock() > closedClock) {
        throw refused(
            ReplicaDefect.REPLICA_MISMATCH,
            segment,
            "ends at offset " + segment.lastOffset() + " (expected: at the mark, " + mark + ")");
      }
      take(segment);
      head = segment.head();
      slices.put(slice, head);
    }
    return head.nextOffset() == mark + 1;
  }

  private void take(Segment segment) throws DamagedReplicaException, KeyException {
    SegmentReader reader = home.reader(segment);
    for (String tenant : reader.tenants(segment)) {
      Map<String, EntityHead> entities = tenants.computeIfAbsent(tenant, t -> new HashMap<>());
      Map<String, ByteString> last = new HashMap<>();
      Map<String, Long> ends = new HashMap<>();
      for (ByteString record : reader.records(segment, tenant)) {
        RecordHead head = head(segment, record);
        long before =
            ends.getOrDefault(
                head.entityId(), entities.getOrDefault(head.entityId(), NOTHING).sequence());
        if (head.sequence() != before + 1) {
          throw refused(
              ReplicaDefect.REPLICA_ENTITY_GAP,
              segment,
              "sequence " + head.sequence() + " (expected: " + (before + 1) + ")");
        }
        ends.put(head.entityId(), head.sequence());
        last.put(head.entityId(), record);
      }
      last.forEach(
          (id, record) -> entities.put(id, new EntityHead(ends.get(id), ReplicaHash.of(record))));
    }
  }

  private static final EntityHead NOTHING = new EntityHead(0, ByteString.EMPTY);

  private static RecordHead head(Segment segment, ByteString record)
      throws DamagedReplicaException {
    try {
      return RecordHead.of(record);
    } catch (IOException e) {
      throw refused(ReplicaDefect.REPLICA_CONTENT_WRONG, segment, "holds what is no record");
    }
  }

  private static DamagedReplicaException refused(
      ReplicaDefect defect, Segment segment, String detail) {
    ArchiveName name =
        ArchiveName.segment(segment.statement().getSlice(), segment.statement().getNumber());
    return new DamagedReplicaException(Finding.of(defect, name.text(), detail));
  }

  /** For each tenant, where each of its entities ends. */
  Map<String, Map<String, EntityHead>> tenants() {
    return tenants;
  }

  /** Behind the last segment taken of each slice. */
  List<SliceHead> slices() {
    return List.copyOf(slices.values());
  }

  @Override
  public void close() {
    home.close();
  }
}

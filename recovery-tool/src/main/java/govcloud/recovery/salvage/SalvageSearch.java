package govcloud.recovery.salvage;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import govcloud.protobuf.replica.v1.SealedPart;
import govcloud.protobuf.replica.v1.SegmentStatement;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.ReplicaReport;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.Finding;
import govcloud.replication.statement.ReplicaHash;
import govcloud.replication.statement.SignedStatement;
import govcloud.replication.statement.StatementKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds out from a verifier's report what can be saved. A slice is right up to the segment before
 * its first damaged one; what that segment and those behind it had is read from their signed
 * statements, which need no key.
 */
public final class SalvageSearch {
  private final ArchiveStore store;
  private final ReplicaTrust trust;
  private final SortedMap<Integer, Long> last = new TreeMap<>();
  private final Set<ArchiveName> damaged = new HashSet<>();
  private final SortedMap<String, long[]> tenants = new TreeMap<>();
  private final List<String> unreadable = new ArrayList<>();

  private SalvageSearch(ArchiveStore store, ReplicaTrust trust) {
    this.store = store;
    this.trust = trust;
  }

  /**
   * What can be saved.
   *
   * @param report of the same replica
   */
  public static Salvage of(ArchiveStore store, ReplicaTrust trust, ReplicaReport report)
      throws ArchiveStoreException {
    return new SalvageSearch(store, trust).run(report);
  }

  /**
   * Records behind these ends of slices, by the pseudonym of their tenant, as far as statements
   * tell.
   */
  static Map<String, Long> behind(ArchiveStore store, ReplicaTrust trust, Map<Integer, Long> ends)
      throws ArchiveStoreException {
    SalvageSearch search = new SalvageSearch(store, trust);
    for (ArchiveName name : store.list(StatementKind.SEGMENT)) {
      if (name.number() > ends.getOrDefault(name.slice(), 0L)) {
        search.statement(name).ifPresent(statement -> search.touch(statement, 1));
      }
    }
    Map<String, Long> records = new TreeMap<>();
    search.tenants.forEach((tenant, counts) -> records.put(tenant, counts[1]));
    return records;
  }

  private Salvage run(ReplicaReport report) throws ArchiveStoreException {
    for (ArchiveName name : store.list(StatementKind.SEGMENT)) {
      last.merge(name.slice(), name.number(), Math::max);
    }
    for (Finding finding : report.findings()) {
      ArchiveName.parse(finding.name())
          .filter(name -> name.kind() == StatementKind.SEGMENT)
          .ifPresent(
              name -> {
                damaged.add(name);
                last.merge(name.slice(), name.number(), Math::max);
              });
    }
    List<SavedSlice> slices = new ArrayList<>();
    for (Map.Entry<Integer, Long> slice : last.entrySet()) {
      slices.add(look(slice.getKey(), slice.getValue()));
    }
    List<TouchedTenant> touched = new ArrayList<>();
    tenants.forEach(
        (tenant, records) -> touched.add(new TouchedTenant(tenant, records[0], records[1])));
    return new Salvage(
        slices, report.provedCuts().stream().mapToLong(Long::longValue).max(), touched, unreadable);
  }

  private SavedSlice look(int slice, long lastNumber) throws ArchiveStoreException {
    long whole =
        damaged.stream()
            .filter(name -> name.slice() == slice)
            .mapToLong(name -> name.number() - 1)
            .min()
            .orElse(lastNumber);
    long records = 0;
    for (long number = 1; number <= lastNumber; number++) {
      ArchiveName name = ArchiveName.segment(slice, number);
      Optional<SegmentStatement> statement = statement(name);
      if (number <= whole) {
        records += statement.map(SegmentStatement::getRecords).orElse(0L);
      } else if (statement.isPresent()) {
        touch(statement.get(), damaged.contains(name) ? 0 : 1);
      } else {
        unreadable.add(name.text());
      }
    }
    return new SavedSlice(slice, whole, lastNumber, records);
  }

  private void touch(SegmentStatement statement, int which) {
    for (SealedPart part : statement.getPartList()) {
      if (part.getRecords() > 0) {
        String tenant = ReplicaHash.hex(part.getTenant());
        tenants.computeIfAbsent(tenant, name -> new long[2])[which] += part.getRecords();
      }
    }
  }

  /** What a segment says of itself, if its signature is right, whatever its body is. */
  private Optional<SegmentStatement> statement(ArchiveName name) throws ArchiveStoreException {
    Optional<byte[]> file = store.read(name);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      ByteString statement =
          SignedStatement.verify(StatementKind.SEGMENT, name.text(), file.get(), trust.keys())
              .statement();
      return Optional.of(SegmentStatement.parseFrom(statement));
    } catch (DamagedReplicaException | InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }
}

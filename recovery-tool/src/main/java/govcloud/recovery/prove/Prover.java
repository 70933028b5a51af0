package govcloud.recovery.prove;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.Row;
import govcloud.journal.schema.KeyspaceSettings;
import govcloud.protobuf.replica.v1.CutSlice;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.recovery.Together;
import govcloud.recovery.replica.DepartmentRecords;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.replica.Replica;
import govcloud.replication.cut.KeyedArchive;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;

/**
 * Proves that a keyspace holds what the lost cloud had: every row of the log is the one that was
 * signed, every entity's chunks are the log's records, every entity can be replayed with the rules
 * of the domain, and every tenant is as the countersigned cut says. Nodes work on the keyspace at
 * most for tenants that were proved before; what they wrote has to follow from what was proved.
 * Changes nothing.
 */
public final class Prover {
  private final Replica replica;
  private final RecoveryPoint point;
  private final int threads;
  private final StoredRows rows;
  private final ProofFindings findings = new ProofFindings();
  private final ProofProgress progress;
  private final ProofTally tally = new ProofTally(findings);
  private final TenantProofs tenants;

  /**
   * A proof.
   *
   * @param threads slices that are proved at the same time
   */
  public Prover(
      Replica replica, RecoveryPoint point, CqlSession session, String keyspace, int threads) {
    this.replica = replica;
    this.point = point;
    this.threads = threads;
    this.rows = new StoredRows(session, keyspace);
    this.progress =
        new ProofProgress(point.lastSegments().values().stream().mapToLong(n -> n).sum());
    this.tenants = new TenantProofs(replica, point, rows, findings, progress, tally, threads);
  }

  /** How far it is; may be asked by any thread while it runs. */
  public ProofProgress progress() {
    return progress;
  }

  /** Proves everything, in the order that matters. */
  public ProofReport run() throws RecoveryException {
    return run(ProofOrder.PLANNED);
  }

  /**
   * Proves everything: first what is not one tenant's, then tenant by tenant.
   *
   * @param order decides which tenant is next
   * @throws RecoveryException when the archive is damaged or Cassandra does not work: then nothing
   *     is known
   */
  public ProofReport run(ProofOrder order) throws RecoveryException {
    Predicate<String> served = order.served();
    try {
      // Nodes go on meanwhile: what is listed before the log is read is in the log that is read.
      List<Row> partitions = rows.list("SELECT DISTINCT slice, bucket FROM %s.log");
      List<Row> snapshots = rows.list("SELECT entity, sequence FROM %s.snapshot");
      proveSlices(served);
      findForeign(served, partitions, snapshots);
      proveTenants(order, served);
    } catch (DriverException | CompletionException e) {
      throw new RecoveryException(Code.RECOVERY_TARGET_FAILED, "Cassandra: " + e.getMessage(), e);
    }
    return new ProofReport(
        point.name(),
        point
            .cut()
            .map(cut -> OptionalLong.of(cut.statement().getNumber()))
            .orElse(OptionalLong.empty()),
        tally.proofs(),
        tally.rows(),
        findings.list(),
        findings.count());
  }

  private void proveSlices(Predicate<String> served) throws RecoveryException {
    Map<Integer, Long> cutSegments = new HashMap<>();
    point
        .cut()
        .ifPresent(
            cut -> {
              for (CutSlice slice : cut.statement().getSliceList()) {
                cutSegments.put(slice.getSlice(), slice.getSegment());
              }
            });
    List<Callable<Void>> slices = new ArrayList<>();
    point
        .lastSegments()
        .forEach(
            (slice, last) ->
                slices.add(() -> prove(slice, cutSegments.getOrDefault(slice, 0L), last, served)));
    Together.run(threads, "proving", slices);
  }

  private void proveTenants(ProofOrder order, Predicate<String> served) throws RecoveryException {
    // The keys last as long as the archive is open.
    try (KeyedArchive archive = replica.open()) {
      Optional<SignedTenants> signed = tenants.signed(archive);
      signed.ifPresent(tally::findLost);
      List<String> waiting = new ArrayList<>(tally.tenants());
      Map<String, Long> records = new LinkedHashMap<>();
      waiting.forEach(tenant -> records.put(tenant, tally.records(tenant)));
      order.begin(records);
      while (!waiting.isEmpty()) {
        String tenant = order.next(List.copyOf(waiting));
        waiting.remove(tenant);
        order.done(tenants.prove(tenant, served.test(tenant), signed));
      }
    }
  }

  private Void prove(int slice, long cutSegment, long last, Predicate<String> served)
      throws RecoveryException {
    try (KeyedArchive archive = replica.open()) {
      new SliceProof(slice, slices(), log(slice, archive), rows, findings, tally, served)
          .run(cutSegment, last);
    }
    return null;
  }

  private CheckedLog log(int slice, KeyedArchive archive) {
    return point.copied().isPresent()
        ? new CopyCheck(
            slice,
            new DepartmentRecords(archive, slice, point.copied().get()),
            rows,
            findings,
            progress,
            tally)
        : new LogCheck(slice, archive, rows, findings, progress, tally);
  }

  private OptionalInt slices() {
    return point.setting(KeyspaceSettings.SLICES).stream().mapToInt(Integer::parseInt).findFirst();
  }

  /** What is in the keyspace and in no archive, and no node that serves has written. */
  private void findForeign(Predicate<String> served, List<Row> partitions, List<Row> snapshots) {
    for (Row row : partitions) {
      if (!tally.hasPartition(row.getInt("slice"), row.getLong("bucket"))) {
        findings.add(
            ProofDefect.PROOF_LOG_ROW_FOREIGN,
            "",
            "slice " + row.getInt("slice") + ", partition " + row.getLong("bucket"),
            "rows (expected: none)");
      }
    }
    for (Row row : rows.all("SELECT DISTINCT entity FROM %s.chunk")) {
      String entity = row.getString("entity");
      if (tally.tenantOf(entity).isEmpty() && rows.tenantOf(entity).filter(served).isEmpty()) {
        findings.add(
            ProofDefect.PROOF_CHUNK_FOREIGN,
            "",
            entity,
            "a chunk (expected: only of entities in the log)");
      }
    }
    for (Row row : snapshots) {
      String entity = row.getString("entity");
      if (tally.tenantOf(entity).filter(served).isEmpty()) {
        findings.add(
            ProofDefect.PROOF_SNAPSHOT_FOREIGN,
            "",
            entity + ", sequence " + row.getLong("sequence"),
            "a snapshot (expected: none, nodes make them anew)");
      }
    }
  }
}

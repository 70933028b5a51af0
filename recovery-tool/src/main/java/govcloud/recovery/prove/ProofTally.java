package govcloud.recovery.prove;

import govcloud.protobuf.replica.v1.CutTenant;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.EntityHead;
import govcloud.replication.archive.TenantDirectory;
import govcloud.replication.keys.EpochKeys;
import govcloud.replication.statement.ReplicaHash;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What all slices found out, tenant by tenant. As large as the number of entities; for several
 * threads.
 */
final class ProofTally {
  private final ProofFindings findings;
  private final SortedMap<String, OfTenant> tenants = new TreeMap<>();
  private final Map<Integer, Long> lastBuckets = new HashMap<>();
  private long rows;

  /** One tenant so far. */
  private static final class OfTenant {
    private final Map<String, EntityHead> atCut = new HashMap<>();
    private final SortedMap<String, byte[]> states = new TreeMap<>();
    private long records;
    private boolean right = true;
  }

  ProofTally(ProofFindings findings) {
    this.findings = findings;
  }

  private OfTenant of(String tenant) {
    return tenants.computeIfAbsent(tenant, name -> new OfTenant());
  }

  /** Where a slice's entities ended at the cut. */
  synchronized void atCut(Map<String, EntityEnd> ends) {
    ends.forEach(
        (entity, end) ->
            of(end.tenant()).atCut.put(entity, new EntityHead(end.sequence(), end.hash())));
  }

  /** An entity was checked. */
  synchronized void entity(String entity, EntityEnd end, Optional<byte[]> state) {
    OfTenant tenant = of(end.tenant());
    tenant.records += end.sequence();
    tenant.states.put(entity, state.orElse(new byte[0]));
    tenant.right &= state.isPresent();
  }

  /** A slice's log was compared. */
  synchronized void rows(int slice, long lastBucket, long compared) {
    lastBuckets.put(slice, lastBucket);
    rows += compared;
  }

  /** Rows that were compared. */
  synchronized long rows() {
    return rows;
  }

  /** Whether the archive has rows in a partition of the log. */
  synchronized boolean hasPartition(int slice, long bucket) {
    return bucket >= 0 && bucket <= lastBuckets.getOrDefault(slice, -1L);
  }

  /** The ids of all entities. */
  synchronized Set<String> entities() {
    Set<String> all = new HashSet<>();
    tenants.values().forEach(tenant -> all.addAll(tenant.states.keySet()));
    return all;
  }

  /**
   * Compares with the signed cut.
   *
   * @param keys of the cut's epoch
   */
  synchronized void compare(Cut cut, EpochKeys keys) {
    Map<com.google.protobuf.ByteString, CutTenant> named = new HashMap<>();
    cut.statement().getTenantList().forEach(tenant -> named.put(tenant.getTenant(), tenant));
    tenants.forEach(
        (name, tenant) -> {
          if (!tenant.atCut.isEmpty()) {
            CutTenant found = TenantDirectory.of(keys, name, tenant.atCut).cut();
            CutTenant expected = named.remove(found.getTenant());
            if (!found.equals(expected)) {
              different(cut, name, found, expected);
            }
          }
        });
    named
        .values()
        .forEach(
            lost ->
                findings.add(
                    ProofDefect.PROOF_CUT_DIFFERENT,
                    "",
                    "cut " + cut.statement().getNumber(),
                    "tenant %s: not there (expected: %d entities, %d records)"
                        .formatted(
                            ReplicaHash.hex(lost.getTenant()),
                            lost.getEntities(),
                            lost.getRecords())));
  }

  private void different(Cut cut, String name, CutTenant found, CutTenant expected) {
    of(name).right = false;
    findings.add(
        ProofDefect.PROOF_CUT_DIFFERENT,
        name,
        "cut " + cut.statement().getNumber(),
        "%d entities, %d records, root %s (expected: %s)"
            .formatted(
                found.getEntities(),
                found.getRecords(),
                ReplicaHash.hex(found.getRoot()),
                expected == null
                    ? "no such tenant"
                    : expected.getEntities()
                        + ", "
                        + expected.getRecords()
                        + ", "
                        + ReplicaHash.hex(expected.getRoot())));
  }

  /**
   * The tenants by name.
   *
   * @param all whether nothing that is not one tenant's is wrong
   */
  synchronized List<TenantProof> proofs(boolean all) {
    List<TenantProof> proofs = new ArrayList<>();
    tenants.forEach((name, tenant) -> proofs.add(proof(name, tenant, all)));
    return proofs;
  }

  private static TenantProof proof(String name, OfTenant tenant, boolean all) {
    MessageDigest digest = ReplicaHash.sha256();
    tenant.states.values().forEach(digest::update);
    long atCut = tenant.atCut.values().stream().mapToLong(EntityHead::sequence).sum();
    return new TenantProof(
        name,
        tenant.states.size(),
        tenant.records,
        atCut,
        tenant.records - atCut,
        java.util.HexFormat.of().formatHex(digest.digest()),
        tenant.right && all);
  }
}

package govcloud.recovery.prove;

import com.google.protobuf.ByteString;
import govcloud.protobuf.journal.CommitCodecs;
import govcloud.protobuf.journal.v1.Record;
import govcloud.protobuf.replica.v1.CutTenant;
import govcloud.recovery.plan.TenantOrder;
import govcloud.replication.archive.EntityHead;
import govcloud.replication.archive.TenantDirectory;
import govcloud.replication.statement.ReplicaHash;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What all slices found out, tenant by tenant. As large as the number of entities; for several
 * threads.
 */
final class ProofTally {
  private final ProofFindings findings;
  private final SortedMap<String, OfTenant> tenants = new TreeMap<>();
  private final TenantOrder order = new TenantOrder();
  private final Map<String, String> later = new HashMap<>();
  private final Map<Integer, Long> lastBuckets = new HashMap<>();
  private long rows;

  /** One tenant so far. */
  private static final class OfTenant {
    private final Map<String, EntityHead> atCut = new HashMap<>();
    private final Map<String, EntityEnd> ends = new HashMap<>();
    private final SortedMap<String, byte[]> states = new TreeMap<>();
    private long records;
  }

  ProofTally(ProofFindings findings) {
    this.findings = findings;
  }

  private OfTenant of(String tenant) {
    return tenants.computeIfAbsent(tenant, name -> new OfTenant());
  }

  /** Learns from a record of the log in which order tenants matter; most tell nothing. */
  void learn(Record record) {
    if (!TenantOrder.needs(record.getEntityType())) {
      return;
    }
    List<?> events;
    try {
      events =
          CommitCodecs.byManifest(record.getManifest())
              .decode(record.getPayload().toByteArray())
              .events();
    } catch (RuntimeException unreadable) {
      // What is wrong with it is found when its entity is replayed.
      return;
    }
    synchronized (this) {
      events.forEach(event -> order.learn(record, event));
    }
  }

  /** Where a slice's entities ended at the cut. */
  synchronized void atCut(Map<String, EntityEnd> ends) {
    ends.forEach(
        (entity, end) ->
            of(end.tenant()).atCut.put(entity, new EntityHead(end.sequence(), end.hash())));
  }

  /** Where a slice's entities end. */
  synchronized void ends(Map<String, EntityEnd> ends) {
    ends.forEach(
        (entity, end) -> {
          of(end.tenant()).ends.put(entity, end);
          order.count(end.tenant(), end.sequence());
        });
  }

  /** Where a slice's entities end now, with what nodes wrote since. */
  synchronized void later(Map<String, EntityEnd> ends) {
    ends.forEach((entity, end) -> later.put(entity, end.tenant()));
  }

  /** Records that a tenant had when the cloud was lost. */
  synchronized long records(String tenant) {
    return of(tenant).ends.values().stream().mapToLong(EntityEnd::sequence).sum();
  }

  /** The tenants, in the order that matters. */
  synchronized List<String> tenants() {
    return order.order();
  }

  /** A tenant's entities, and where they end. */
  synchronized List<Map.Entry<String, EntityEnd>> entities(String tenant) {
    return List.copyOf(of(tenant).ends.entrySet());
  }

  /** An entity was checked. */
  synchronized void entity(String entity, EntityEnd end, Optional<byte[]> state) {
    OfTenant tenant = of(end.tenant());
    tenant.records += end.sequence();
    tenant.states.put(entity, state.orElse(new byte[0]));
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

  /** All entities, each with its tenant. */
  synchronized Map<String, String> tenantsOfEntities() {
    Map<String, String> all = new HashMap<>(later);
    tenants.forEach(
        (name, tenant) -> tenant.ends.keySet().forEach(entity -> all.put(entity, name)));
    return all;
  }

  /** Finds tenants that the signed cut names and that are not there. */
  synchronized void findLost(SignedTenants signed) {
    Map<ByteString, CutTenant> lost = new HashMap<>(signed.tenants());
    tenants.forEach(
        (name, tenant) -> {
          if (!tenant.atCut.isEmpty()) {
            lost.remove(signed.keys().names(name).tenant());
          }
        });
    for (CutTenant tenant : lost.values()) {
      findings.add(
          ProofDefect.PROOF_CUT_DIFFERENT,
          "",
          "cut " + signed.cut(),
          "tenant %s: not there (expected: %d entities, %d records)"
              .formatted(
                  ReplicaHash.hex(tenant.getTenant()), tenant.getEntities(), tenant.getRecords()));
    }
  }

  /** Compares a tenant with the signed cut. */
  synchronized void compare(String tenant, SignedTenants signed) {
    if (of(tenant).atCut.isEmpty()) {
      return;
    }
    CutTenant found = TenantDirectory.of(signed.keys(), tenant, of(tenant).atCut).cut();
    CutTenant expected = signed.tenants().get(found.getTenant());
    if (!found.equals(expected)) {
      findings.add(
          ProofDefect.PROOF_CUT_DIFFERENT,
          tenant,
          "cut " + signed.cut(),
          words(found)
              + " (expected: %s)".formatted(expected == null ? "no such tenant" : words(expected)));
    }
  }

  private static String words(CutTenant tenant) {
    return "%d entities, %d records, root %s"
        .formatted(tenant.getEntities(), tenant.getRecords(), ReplicaHash.hex(tenant.getRoot()));
  }

  /** The tenants by name. */
  synchronized List<TenantProof> proofs() {
    List<TenantProof> proofs = new ArrayList<>();
    tenants.keySet().forEach(name -> proofs.add(proof(name)));
    return proofs;
  }

  /** What is known of a tenant. */
  synchronized TenantProof proof(String name) {
    OfTenant tenant = of(name);
    MessageDigest digest = ReplicaHash.sha256();
    tenant.states.values().forEach(digest::update);
    long atCut = tenant.atCut.values().stream().mapToLong(EntityHead::sequence).sum();
    return new TenantProof(
        name,
        tenant.ends.size(),
        tenant.records,
        atCut,
        tenant.records - atCut,
        HexFormat.of().formatHex(digest.digest()),
        findings.isRight(name));
  }
}

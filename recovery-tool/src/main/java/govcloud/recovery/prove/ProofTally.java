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
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What all slices found out, tenant by tenant. As large as the number of entities, so an entity is
 * one small object here, and gone when its tenant is proved; for several threads.
 */
final class ProofTally {
  private final ProofFindings findings;
  private final Map<String, OfEntity> entities = new HashMap<>();
  private final SortedMap<String, OfTenant> tenants = new TreeMap<>();
  private final TenantOrder order = new TenantOrder();
  private final Map<String, String> later = new HashMap<>();
  private final Map<Integer, Long> lastBuckets = new HashMap<>();
  private long rows;

  /** One entity so far. */
  private static final class OfEntity {
    private EntityEnd atCut;
    private EntityEnd end;
    private byte[] state;
  }

  /** One tenant so far. */
  private static final class OfTenant {
    private final List<String> names = new ArrayList<>();
    private boolean isInCut;
    private long records;
    private Optional<TenantProof> proof = Optional.empty();
  }

  ProofTally(ProofFindings findings) {
    this.findings = findings;
  }

  private OfTenant of(String tenant) {
    return tenants.computeIfAbsent(tenant, name -> new OfTenant());
  }

  private OfEntity entity(String entity) {
    return entities.computeIfAbsent(entity, id -> new OfEntity());
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
        (entity, end) -> {
          entity(entity).atCut = end;
          of(end.tenant()).isInCut = true;
        });
  }

  /** Where a slice's entities end. */
  synchronized void ends(Map<String, EntityEnd> ends) {
    ends.forEach(
        (entity, end) -> {
          OfEntity known = entity(entity);
          if (known.end == null) {
            of(end.tenant()).names.add(entity);
          }
          known.end = end;
          order.count(end.tenant(), end.sequence());
        });
  }

  /** Where a slice's entities end now, with what nodes wrote since. */
  synchronized void later(Map<String, EntityEnd> ends) {
    ends.forEach((entity, end) -> later.put(entity, end.tenant()));
  }

  /** Records that a tenant had when the cloud was lost. */
  synchronized long records(String tenant) {
    return of(tenant).names.stream().mapToLong(name -> entities.get(name).end.sequence()).sum();
  }

  /** The tenants, in the order that matters. */
  synchronized List<String> tenants() {
    return order.order();
  }

  /** A tenant's entities, and where they end. */
  synchronized List<Map.Entry<String, EntityEnd>> entities(String tenant) {
    List<Map.Entry<String, EntityEnd>> all = new ArrayList<>();
    of(tenant).names.forEach(name -> all.add(Map.entry(name, entities.get(name).end)));
    return all;
  }

  /** An entity was checked. */
  synchronized void entity(String entity, EntityEnd end, Optional<byte[]> state) {
    of(end.tenant()).records += end.sequence();
    entity(entity).state = state.orElse(new byte[0]);
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

  /** Whose an entity of the log is, with what nodes wrote since; empty where there is none. */
  synchronized Optional<String> tenantOf(String entity) {
    OfEntity known = entities.get(entity);
    return known == null || known.end == null
        ? Optional.ofNullable(later.get(entity))
        : Optional.of(known.end.tenant());
  }

  /** Finds tenants that the signed cut names and that are not there. */
  synchronized void findLost(SignedTenants signed) {
    Map<ByteString, CutTenant> lost = new HashMap<>(signed.tenants());
    tenants.forEach(
        (name, tenant) -> {
          if (tenant.isInCut) {
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
    if (!of(tenant).isInCut) {
      return;
    }
    CutTenant found = TenantDirectory.of(signed.keys(), tenant, atCut(tenant)).cut();
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

  private Map<String, EntityHead> atCut(String tenant) {
    Map<String, EntityHead> heads = new HashMap<>();
    for (String name : of(tenant).names) {
      EntityEnd end = entities.get(name).atCut;
      if (end != null) {
        heads.put(name, new EntityHead(end.sequence(), end.hash()));
      }
    }
    return heads;
  }

  /** The tenants by name. */
  synchronized List<TenantProof> proofs() {
    List<TenantProof> proofs = new ArrayList<>();
    tenants.keySet().forEach(name -> proofs.add(proof(name)));
    return proofs;
  }

  /** What is known of a tenant, of which everything was checked: its entities are forgotten. */
  synchronized TenantProof proof(String name) {
    OfTenant tenant = of(name);
    TenantProof proof = tenant.proof.orElseGet(() -> summed(name, tenant));
    tenant.proof = Optional.of(proof);
    tenant.names.forEach(entities::remove);
    tenant.names.clear();
    return new TenantProof(
        name,
        proof.entities(),
        proof.records(),
        proof.cutRecords(),
        proof.afterCut(),
        proof.stateDigest(),
        findings.isRight(name));
  }

  private TenantProof summed(String name, OfTenant tenant) {
    MessageDigest digest = ReplicaHash.sha256();
    Collections.sort(tenant.names);
    long atCut = 0;
    for (String id : tenant.names) {
      OfEntity entity = entities.get(id);
      if (entity.state != null) {
        digest.update(entity.state);
      }
      atCut += entity.atCut == null ? 0 : entity.atCut.sequence();
    }
    return new TenantProof(
        name,
        tenant.names.size(),
        tenant.records,
        atCut,
        tenant.records - atCut,
        HexFormat.of().formatHex(digest.digest()),
        true);
  }
}

package govcloud.recovery.prove;

import govcloud.recovery.RecoveryException;
import govcloud.recovery.Together;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.replica.Replica;
import govcloud.replication.archive.Cut;
import govcloud.replication.cut.KeyedArchive;
import govcloud.replication.keys.EpochKeys;
import govcloud.replication.keys.KeyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Proves tenants one by one, when it is known where their entities end: each is replayed, and
 * compared with the cut.
 *
 * @param threads among which a tenant is shared, so that the first one is there soon
 */
record TenantProofs(
    Replica replica,
    RecoveryPoint point,
    StoredRows rows,
    ProofFindings findings,
    ProofProgress progress,
    ProofTally tally,
    int threads) {
  /** Fewer entities are not worth a thread. */
  private static final int LEAST_SHARE = 64;

  /**
   * What the cut says.
   *
   * @param archive its keys last as long as it is open
   * @return empty where there is no cut, or it cannot be opened, which is found
   */
  Optional<SignedTenants> signed(KeyedArchive archive) {
    return point.cut().flatMap(cut -> keys(archive, cut).map(keys -> signed(cut, keys)));
  }

  private SignedTenants signed(Cut cut, EpochKeys keys) {
    SignedTenants all = SignedTenants.of(cut, keys);
    return point.copied().map(copied -> all.only(copied.tenant())).orElse(all);
  }

  private Optional<EpochKeys> keys(KeyedArchive archive, Cut cut) {
    try {
      return Optional.of(archive.keys(cut.statement().getGrant()));
    } catch (KeyException e) {
      findings.add(
          ProofDefect.PROOF_CUT_DIFFERENT,
          "",
          "cut " + cut.statement().getNumber(),
          e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Proves a tenant.
   *
   * @param served whether nodes may have written more since
   */
  TenantProof prove(String tenant, boolean served, Optional<SignedTenants> signed)
      throws RecoveryException {
    Together.run(threads, "proving", shares(tally.entities(tenant), served));
    signed.ifPresent(known -> tally.compare(tenant, known));
    return tally.proof(tenant);
  }

  private List<Callable<Void>> shares(List<Map.Entry<String, EntityEnd>> entities, boolean served) {
    int size = Math.max(LEAST_SHARE, (entities.size() + threads - 1) / threads);
    List<Callable<Void>> shares = new ArrayList<>();
    for (int from = 0; from < entities.size(); from += size) {
      var share = entities.subList(from, Math.min(entities.size(), from + size));
      shares.add(
          () -> {
            new TenantEntities(rows, findings, progress, tally, served).prove(share);
            return null;
          });
    }
    return shares;
  }
}

package govcloud.recovery.prove;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import govcloud.journal.core.Entry;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.replica.Replica;
import govcloud.replication.cut.KeyedArchive;
import java.util.Map;
import java.util.concurrent.CompletionException;

/**
 * Proves single tenants before the log of all is there: that each entity reads back as the archive
 * has it, can be replayed, and is as the countersigned cut says. Of the log it says nothing; that
 * is proved with everything, later. Tenants one after the other.
 */
public final class EarlyProof {
  private final Replica replica;
  private final ProofFindings findings = new ProofFindings();
  private final ProofTally tally = new ProofTally(findings);
  private final TenantProofs tenants;

  /** Of a keyspace that is being restored up to a point. */
  public EarlyProof(
      Replica replica, RecoveryPoint point, CqlSession session, String keyspace, int threads) {
    this.replica = replica;
    this.tenants =
        new TenantProofs(
            replica,
            point,
            new StoredRows(session, keyspace),
            findings,
            new ProofProgress(0),
            tally,
            threads);
  }

  /** What the archive has of one tenant in one slice. For one thread. */
  public final class InSlice {
    private final int slice;
    private final EntityEnds ends = new EntityEnds(Map.of());

    private InSlice(int slice) {
      this.slice = slice;
    }

    /** The next record. */
    public void take(Entry entry) {
      if (!ends.take(entry.record(), entry.bytes())) {
        findings.add(
            ProofDefect.PROOF_CHAIN_BROKEN,
            entry.record().getTenant(),
            "slice " + slice + ", " + entry.entityId(),
            "sequence " + entry.sequence() + " (expected: the next one, chained)");
      }
    }

    /** What was taken so far is in the cut; what follows is behind it. */
    public void atCut() {
      tally.atCut(ends.all());
    }

    /** Nothing follows. */
    public void end() {
      tally.ends(ends.all());
    }
  }

  /** For the records of a slice. */
  public InSlice inSlice(int slice) {
    return new InSlice(slice);
  }

  /**
   * Proves a tenant of which all records were taken.
   *
   * @throws RecoveryException when Cassandra does not work: then nothing is known
   */
  public TenantProof prove(String tenant) throws RecoveryException {
    try (KeyedArchive archive = replica.open()) {
      return tenants.prove(tenant, false, tenants.signed(archive));
    } catch (DriverException | CompletionException e) {
      throw new RecoveryException(Code.RECOVERY_TARGET_FAILED, "Cassandra: " + e.getMessage(), e);
    }
  }
}

package govcloud.recovery.command;

import govcloud.recovery.RecoveryException;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.replica.Replica;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.statement.DamagedReplicaException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/** Up to where. */
final class PointOption {
  @Option(
      names = "--cut",
      paramLabel = "N",
      description = "Exactly a cut. Default: everything that the sibling has.")
  private Long cut;

  @Option(
      names = "--as-of",
      paramLabel = "TIME",
      description = {
        "As it was at a moment, such as 2026-11-28T06:31:00Z: the whole cloud as in the last cut",
        "until then, one department to the millisecond."
      })
  private Instant moment;

  /** The point, of the whole cloud or of one department. */
  RecoveryPoint point(Replica replica, Optional<String> tenant)
      throws RecoveryException, ArchiveStoreException, DamagedReplicaException {
    if (cut != null && moment != null) {
      throw RecoveryTask.usage("--cut and --as-of: both (expected: one of them)");
    }
    if (moment != null) {
      return tenant.isPresent() ? replica.asOf(moment, tenant.get()) : replica.asOf(moment);
    }
    RecoveryPoint all = replica.point(cut == null ? OptionalLong.empty() : OptionalLong.of(cut));
    return tenant.map(all::of).orElse(all);
  }

  /** A moment of a department that is over. */
  RecoveryPoint past(Replica replica, String tenant)
      throws RecoveryException, ArchiveStoreException, DamagedReplicaException {
    if (cut == null && moment == null) {
      throw RecoveryTask.usage("moment: none (expected: --as-of TIME or --cut N)");
    }
    return point(replica, Optional.of(tenant));
  }

  /** The point of the whole cloud. */
  RecoveryPoint point(Replica replica)
      throws RecoveryException, ArchiveStoreException, DamagedReplicaException {
    return point(replica, Optional.empty());
  }
}

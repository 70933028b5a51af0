package govcloud.replication.archive;

import com.google.protobuf.ByteString;
import govcloud.replication.statement.TrustedKeys;
import java.util.Set;

/**
 * What whoever checks a replica knows beforehand.
 *
 * @param origin the cloud whose log is replicated
 * @param receiver the cloud that keeps the replica
 * @param keys the signing keys of both
 * @param recoveryKeys names of the recovery keys whose shares are known to exist
 */
public record ReplicaTrust(
    String origin, String receiver, TrustedKeys keys, Set<ByteString> recoveryKeys) {

  /** Keeps the set. */
  public ReplicaTrust {
    recoveryKeys = Set.copyOf(recoveryKeys);
  }
}

package govcloud.replication.archive;

import com.google.protobuf.ByteString;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.Finding;
import govcloud.replication.statement.ReplicaDefect;
import govcloud.replication.statement.ReplicaHash;
import govcloud.replication.statement.SignedStatement;
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

  /**
   * Refuses what is new and signed by a site that was given up: its cloud lives on elsewhere, under
   * a key for which the shares of the recovery key were joined. And everything while the cloud is
   * held, so that nothing is added to the replica from which it is being recovered.
   *
   * @throws DamagedReplicaException with {@code REPLICA_SITE_FENCED} or {@code REPLICA_ORIGIN_HELD}
   */
  public void requireCurrentSite(ArchiveName name, ByteString file) throws DamagedReplicaException {
    ByteString key = SignedStatement.keyId(file);
    if (keys.isHeld(origin)) {
      throw new DamagedReplicaException(
          Finding.of(
              ReplicaDefect.REPLICA_ORIGIN_HELD,
              name.text(),
              origin + " is held (expected: the card of its recovered site, by keys trust)"));
    }
    if (keys.isFenced(key, name.kind(), name.slice(), name.number())) {
      throw new DamagedReplicaException(
          Finding.of(
              ReplicaDefect.REPLICA_SITE_FENCED,
              name.text(),
              "signed with key "
                  + ReplicaHash.hex(key)
                  + " of a site that was given up (expected: a key of the recovered site)"));
    }
  }
}

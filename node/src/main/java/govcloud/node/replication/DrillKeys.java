package govcloud.node.replication;

import com.google.protobuf.ByteString;
import govcloud.domain.Actor;
import govcloud.domain.operation.DangerousCommand;
import govcloud.domain.operation.DrillGrant;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.operation.ApprovalRequests;
import govcloud.node.operation.ApprovedWork;
import govcloud.replication.keys.DrillGrants;
import govcloud.replication.keys.DrillHalf;
import govcloud.replication.keys.KeyApprovals;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.statement.ReplicaHash;
import govcloud.replication.statement.Signer;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The drill key of this cloud: whoever asks has made it and keeps the private half, two officers
 * sign for its public half, and a node then grants it every epoch, and takes them away from the
 * drill key before.
 */
public final class DrillKeys implements ApprovedWork {
  private final Entities entities;
  private final KeyFolder keys;
  private final Signer signing;
  private final ReplicationThreads threads;
  private final ApprovalRequests requests;

  /**
   * Drill keys.
   *
   * @param keys of this cloud
   * @param signing its key that counts, which vouches for drill keys
   * @param threads for reading and writing keys
   */
  public DrillKeys(
      Entities entities,
      KeyFolder keys,
      Signer signing,
      ReplicationThreads threads,
      InstantSource clock) {
    this.entities = entities;
    this.keys = keys;
    this.signing = signing;
    this.threads = threads;
    this.requests = new ApprovalRequests(entities, clock);
  }

  /**
   * Asks for the grants of a drill key.
   *
   * @param operation its name; the same one again is the same request
   * @return the operation; fails as a problem where that may not be
   */
  CompletionStage<String> request(String operation, DrillGrant grant, Actor actor, boolean dryRun) {
    return requests.request(
        operation, DangerousCommand.GRANT_DRILL_KEY, grant.subject(), this, actor, dryRun);
  }

  @Override
  public CompletionStage<?> check(String subject, Actor actor) {
    return CompletableFuture.completedStage(DrillGrant.of(subject));
  }

  @Override
  public CompletionStage<?> begin(String operation, String subject, Actor actor) {
    return threads
        .run(false, () -> granted(operation, DrillGrant.of(subject)))
        .thenCompose(granted -> ApprovalRequests.succeed(entities, operation, granted));
  }

  /** The fingerprint of the drill key. */
  private String granted(String operation, DrillGrant grant) throws KeyException {
    // First, as it is looked up for what lies there.
    new KeyApprovals(keys).note(ApprovedDrill.NOTED, operation);
    var half = new DrillHalf(bytes(grant.key()), bytes(grant.signer()));
    return ReplicaHash.hex(new DrillGrants(keys).grant(half, signing.current()).key().id());
  }

  private static ByteString bytes(String hex) {
    return ByteString.copyFrom(HexFormat.of().parseHex(hex));
  }
}

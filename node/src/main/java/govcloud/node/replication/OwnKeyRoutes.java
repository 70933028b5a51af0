package govcloud.node.replication;

import govcloud.domain.operation.DangerousCommand;
import govcloud.domain.operation.DrillGrant;
import govcloud.domain.operation.KeyRotation;
import govcloud.node.NodeContext;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Commands;
import govcloud.node.http.Problem;
import govcloud.node.http.Routes;
import govcloud.node.operation.ApprovalRequests;
import govcloud.node.operation.ApprovedWork;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** How further keys of this cloud are asked for over HTTP. */
public final class OwnKeyRoutes {
  private final Optional<OwnKeys> keys;

  /** What officers sign for. */
  public record OwnKeys(KeyRotations rotations, DrillKeys drills) {
    /** Those of a node. */
    static OwnKeys on(NodeContext context, HomeArchive home, KeyRules rules, SecureRandom random) {
      var threads = ReplicationThreads.of(context.system(), "own-keys", 1);
      var entities = context.entities();
      return new OwnKeys(
          new KeyRotations(
              entities, home.keys(), rules::unfinished, threads, random, context.clock()),
          new DrillKeys(entities, home.keys(), home.signing(), threads, context.clock()));
    }

    /** What is done when two of them have signed. */
    public Map<DangerousCommand, ApprovedWork> works() {
      return Map.of(
          DangerousCommand.ROTATE_KEY, rotations, DangerousCommand.GRANT_DRILL_KEY, drills);
    }
  }

  /**
   * Routes.
   *
   * @param keys none where the cloud has no archive
   */
  public OwnKeyRoutes(Optional<OwnKeys> keys) {
    this.keys = keys;
  }

  /** Adds the operations of keys. */
  public void register(Routes routes) {
    routes.on("requestKeyRotation", this::rotate).on("requestDrillKey", this::drill);
  }

  private OwnKeys keys() {
    return keys.orElseThrow(
        () ->
            Problem.of(
                    BorderCode.REPLICATION_OFF,
                    "govcloud.replication.archive-folder: not set (expected: a folder)")
                .asException());
  }

  private CompletionStage<HttpResponse> rotate(Call call) {
    return keys()
        .rotations()
        .request(
            Commands.identifier("keys-", call),
            KeyRotation.Kind.of(call.text("key")),
            call.actor(),
            call.dryRun())
        .thenApply(ApprovalRequests::asked);
  }

  private CompletionStage<HttpResponse> drill(Call call) {
    return keys()
        .drills()
        .request(
            Commands.identifier("keys-", call),
            new DrillGrant(call.text("key"), call.text("signer")),
            call.actor(),
            call.dryRun())
        .thenApply(ApprovalRequests::asked);
  }
}

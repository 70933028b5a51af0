package govcloud.node.replication;

import govcloud.domain.operation.DangerousCommand;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Commands;
import govcloud.node.http.Problem;
import govcloud.node.http.Routes;
import govcloud.node.operation.ApprovalRequests;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** How the failover of the sibling's cloud, or its planned move, is asked for over HTTP. */
final class FailoverRoutes {
  private final Optional<Failovers> failovers;

  /**
   * Routes.
   *
   * @param failovers none where there is no sibling
   */
  FailoverRoutes(Optional<Failovers> failovers) {
    this.failovers = failovers;
  }

  void register(Routes routes) {
    routes.on("requestFailover", this::request);
  }

  private CompletionStage<HttpResponse> request(Call call) {
    var cut = call.body().path("cut");
    return failovers
        .orElseThrow(
            () ->
                Problem.of(
                        BorderCode.REPLICATION_OFF,
                        "govcloud.replication.sibling: not set (expected: a cloud's name)")
                    .asException())
        .request(
            Commands.identifier("failover-", call),
            call.body().path("planned").asBoolean()
                ? DangerousCommand.SWITCH_OVER
                : DangerousCommand.FAIL_OVER,
            call.text("keyspace"),
            cut.isMissingNode() ? OptionalLong.empty() : OptionalLong.of(cut.asLong()),
            call.actor(),
            call.dryRun())
        .thenApply(ApprovalRequests::asked);
  }
}

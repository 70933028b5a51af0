package govcloud.node.replication.cut;

import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Commands;
import govcloud.node.http.Problem;
import govcloud.node.http.Routes;
import govcloud.node.operation.ApprovalRequests;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** How the deletion of cuts is asked for over HTTP. */
public final class CutDeletionRoutes {
  private final Optional<CutDeletions> deletions;

  /**
   * Routes.
   *
   * @param deletions none where the cloud has no archive
   */
  public CutDeletionRoutes(Optional<CutDeletions> deletions) {
    this.deletions = deletions;
  }

  /** Adds the operations of deletions. */
  public void register(Routes routes) {
    routes.on("requestCutDeletion", this::request);
  }

  private CutDeletions deletions() {
    return deletions.orElseThrow(
        () ->
            Problem.of(
                    BorderCode.REPLICATION_OFF,
                    "govcloud.replication.archive-folder: not set (expected: a folder)")
                .asException());
  }

  private CompletionStage<HttpResponse> request(Call call) {
    return deletions()
        .request(
            Commands.identifier("deletion-", call),
            call.body().path("last_cut").asLong(),
            call.actor(),
            call.dryRun())
        .thenApply(ApprovalRequests::asked);
  }
}

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
  private final Optional<CutDeletions> own;
  private final Optional<CutDeletions> received;

  /**
   * Routes.
   *
   * @param own of this cloud's cuts; none where it has no archive
   * @param received of cuts that the sibling sent; none where it has no sibling
   */
  public CutDeletionRoutes(Optional<CutDeletions> own, Optional<CutDeletions> received) {
    this.own = own;
    this.received = received;
  }

  /** Adds the operations of deletions. */
  public void register(Routes routes) {
    routes.on("requestCutDeletion", this::request);
  }

  private CutDeletions deletions(boolean ofSibling) {
    return (ofSibling ? received : own)
        .orElseThrow(
            () ->
                Problem.of(
                        BorderCode.REPLICATION_OFF,
                        ofSibling
                            ? "govcloud.replication.sibling: not set (expected: a cloud's name)"
                            : "govcloud.replication.archive-folder: not set (expected: a folder)")
                    .asException());
  }

  private CompletionStage<HttpResponse> request(Call call) {
    return deletions(call.body().path("received").asBoolean())
        .request(
            Commands.identifier("deletion-", call),
            call.body().path("last_cut").asLong(),
            call.actor(),
            call.dryRun())
        .thenApply(ApprovalRequests::asked);
  }
}

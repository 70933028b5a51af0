package govcloud.node.replication.cut;

import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Commands;
import govcloud.node.http.Problem;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** How the deletion of cuts is asked for, and agreed to, over HTTP. */
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
    routes.on("requestCutDeletion", this::request).on("approveCutDeletion", this::approve);
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
        .thenApply(CutDeletionRoutes::begun);
  }

  private CompletionStage<HttpResponse> approve(Call call) {
    return deletions()
        .approve(call.path("operation"), call.actor(), call.dryRun())
        .thenApply(CutDeletionRoutes::begun);
  }

  private static HttpResponse begun(String operation) {
    return Replies.header(
        Replies.json(202, Map.of("operation", operation)),
        "Location",
        "/v1/operations/" + operation);
  }
}

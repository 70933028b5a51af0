package govcloud.node.replication;

import govcloud.domain.Actor;
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

/** How the refilling of a sibling that lost its replica is asked for over HTTP. */
final class RefillRoutes {
  private final Optional<Refills> refills;

  /**
   * Routes.
   *
   * @param refills none where nothing is sent to a sibling
   */
  RefillRoutes(Optional<Refills> refills) {
    this.refills = refills;
  }

  void register(Routes routes) {
    routes.on("refillReplication", this::refill);
  }

  private CompletionStage<HttpResponse> refill(Call call) {
    if (!call.actor().role().equals(Actor.OPERATOR)) {
      throw Problem.of(
              BorderCode.OPERATOR_ONLY,
              "role: " + call.actor().role() + " (expected: " + Actor.OPERATOR + ")")
          .asException();
    }
    return refills
        .orElseThrow(
            () ->
                Problem.of(
                        BorderCode.REPLICATION_OFF,
                        "govcloud.replication.sibling: not set (expected: a cloud's name)")
                    .asException())
        .begin(Commands.identifier("refill-", call), call.actor(), call.dryRun())
        .thenApply(
            operation ->
                Replies.header(
                    Replies.json(202, Map.of("operation", operation)),
                    "Location",
                    "/v1/operations/" + operation));
  }
}

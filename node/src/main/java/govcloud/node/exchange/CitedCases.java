package govcloud.node.exchange;

import govcloud.domain.casework.CaseState;
import govcloud.exchange.gate.CitedCase;
import govcloud.node.casework.SealedCases;
import govcloud.node.eventsourcing.Entities;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The cases that queries name as their reason, as they are now. */
final class CitedCases {

  private final Entities entities;
  private final SealedCases cases;

  CitedCases(Entities entities, SealedCases cases) {
    this.entities = entities;
    this.cases = cases;
  }

  /** That of a query; of another cloud's query what that cloud has said of it. */
  CompletionStage<CitedCase> of(Message message) {
    if (message.far().isPresent()) {
      return CompletableFuture.completedStage(message.far().get().stated());
    }
    if (message.app().isEmpty()) {
      return CompletableFuture.completedStage(CitedCase.NONE);
    }
    var id = "case/" + message.consumer() + "/" + message.cited();
    return entities
        .<CaseState>read(id)
        .thenCompose(
            answer ->
                answer.exists()
                    ? cases.open(id, answer.state()).thenApply(opened -> cited(opened.state()))
                    : CompletableFuture.completedStage(CitedCase.NONE));
  }

  private static CitedCase cited(CaseState state) {
    return new CitedCase(
        true,
        state.finished(),
        state.definition(),
        state.status(),
        state.assignee(),
        Set.of(state.applicant().documentNumber()));
  }
}

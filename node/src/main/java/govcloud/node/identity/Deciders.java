package govcloud.node.identity;

import govcloud.domain.Actor;
import govcloud.domain.identity.AccountState;
import govcloud.domain.identity.Roles;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Problem;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Who may decide on which account; everything else the account itself says. */
record Deciders(Entities entities) {

  /** The entity of an account, unless it is the own one: nobody decides on that. */
  static String id(String account, Actor actor) {
    if (account.equals(actor.person())) {
      throw Problem.of(
              BorderCode.ACCOUNT_OWN, "account: " + account + " (expected: that of somebody else)")
          .asException();
    }
    return Visitors.id(account);
  }

  /** Who has a duty for an hour gives none for good. */
  CompletionStage<Void> requireLasting(Actor actor, List<String> given) {
    return given.stream().anyMatch(Roles.DUTIES::contains)
        ? entities
            .<AccountState>read(Visitors.id(actor.person()))
            .thenAccept(answer -> EmergencyAccess.requireLasting(answer.state(), actor))
        : CompletableFuture.completedStage(null);
  }

  /** Nor a code with which whoever knows it comes in as somebody who has one. */
  CompletionStage<Void> requireLastingFor(Actor actor, String account) {
    return entities
        .<AccountState>read(id(account, actor))
        .thenCompose(answer -> requireLasting(actor, answer.state().roles()));
  }
}

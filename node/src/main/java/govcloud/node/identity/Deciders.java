package govcloud.node.identity;

import govcloud.domain.Actor;
import govcloud.domain.identity.AccountCommand;
import govcloud.domain.identity.AccountState;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Problem;
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

  /** The command as somebody gives it who has the duty for good, or for an hour. */
  CompletionStage<AccountCommand> as(Actor actor, AccountCommand command) {
    return entities
        .<AccountState>read(Visitors.id(actor.person()))
        .thenApply(
            answer ->
                isInEmergency(answer.state(), actor)
                    ? new AccountCommand.InEmergency(command)
                    : command);
  }

  private static boolean isInEmergency(AccountState state, Actor actor) {
    return state.emergency().isPresent() && !state.roles().contains(actor.role());
  }
}

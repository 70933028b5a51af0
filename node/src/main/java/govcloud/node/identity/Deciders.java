package govcloud.node.identity;

import govcloud.domain.Actor;
import govcloud.domain.Refusal;
import govcloud.domain.identity.Account;
import govcloud.domain.identity.AccountCommand;
import govcloud.domain.identity.AccountRefusal;
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

  /**
   * The command as somebody gives it who has the duty for good, or for an hour; who has it for an
   * hour does not take the machine's part in a recovery by another key of the command line.
   */
  CompletionStage<AccountCommand> as(Actor actor, String account, AccountCommand command) {
    return entities
        .<AccountState>read(Visitors.id(actor.person()))
        .thenApply(
            answer ->
                isInEmergency(answer.state(), actor) ? inEmergency(account, command) : command);
  }

  private static AccountCommand inEmergency(String account, AccountCommand command) {
    if (account.equals(Account.COMMAND_LINE) && command instanceof AccountCommand.ReplaceKey) {
      throw Problem.of(
              Refusal.of(
                  AccountRefusal.ACCOUNT_EMERGENCY_DUTY,
                  "account: " + account + ", decided on in an emergency (expected: another)"))
          .asException();
    }
    return new AccountCommand.InEmergency(command);
  }

  private static boolean isInEmergency(AccountState state, Actor actor) {
    return state.emergency().isPresent() && !state.roles().contains(actor.role());
  }
}

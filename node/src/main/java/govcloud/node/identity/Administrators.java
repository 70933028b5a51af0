package govcloud.node.identity;

import govcloud.domain.identity.AccountState;
import govcloud.node.eventsourcing.Entities;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The three people without whom nobody watches over a cloud. */
public final class Administrators {

  private Administrators() {}

  /**
   * Names of the first accounts of the three duties whose people have never come in, be it that
   * their invitation was withdrawn. One that was invited again still knows a password.
   */
  public static CompletionStage<List<String>> missing(Entities entities) {
    CompletionStage<List<String>> all = CompletableFuture.completedStage(new ArrayList<>());
    for (var account : FirstAccounts.administrators()) {
      all =
          all.thenCombine(
              entities.<AccountState>read(Visitors.id(account)),
              (missing, answer) -> {
                if (wasNeverIn(answer.state())) {
                  missing.add(account);
                }
                return missing;
              });
    }
    return all;
  }

  private static boolean wasNeverIn(AccountState account) {
    return account.status() == AccountState.Status.VACANT
        || (account.status() != AccountState.Status.ACTIVE
            && account.credentials().passwords().isEmpty());
  }
}

package govcloud.domain.identity;

import static govcloud.domain.contract.AccountFixture.ACCEPT;
import static govcloud.domain.contract.AccountFixture.INVITE;
import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A role of an emergency is taken back by whoever decides on the account, and given once. */
class EmergencyRolesTest {

  private static final Actor SECURITY = new Actor("li", Roles.SECURITY);
  private static final AccountCommand GRANT =
      new AccountCommand.GrantEmergency("approver", "emergency-1");

  private final Account account = new Account();
  private AccountState state = AccountState.VACANT;
  private Instant now = Instant.parse("2026-03-02T01:00:00Z");

  @BeforeEach
  void begin() {
    ask(INVITE, SECURITY);
    ask(ACCEPT, SECURITY);
    assertThat(ask(GRANT, Actor.platform())).hasSize(1);
    assertThat(state.at(now).roles()).containsExactly("approver");
    now = now.plus(Duration.ofMinutes(5));
  }

  @Test
  void roles_changedToTheOwnOnes_endIt() {
    var own = new AccountCommand.ChangeRoles(state.tenant(), state.roles());
    assertThat(ask(own, SECURITY)).hasOnlyElementsOfType(AccountEvent.RolesChanged.class);
    requireOver();
    assertThat(ask(own, SECURITY)).as("nothing is left to change").isEmpty();
  }

  @Test
  void roles_changedToOthers_endIt() {
    ask(new AccountCommand.ChangeRoles(state.tenant(), List.of("reviewer")), SECURITY);
    requireOver();
  }

  @Test
  void suspended_andResumed_hasTheOwnRoles() {
    ask(new AccountCommand.Suspend("inquiry"), SECURITY);
    ask(new AccountCommand.Resume(), SECURITY);
    requireOver();
  }

  @Test
  void over_byItself_staysAsItWas() {
    var until = state.emergency().orElseThrow().until();
    now = until.plusSeconds(1);
    ask(new AccountCommand.Suspend("inquiry"), SECURITY);
    assertThat(state.emergency().orElseThrow().until()).isEqualTo(until);
  }

  /** And the operation that gave it does not give it again. */
  private void requireOver() {
    assertThat(state.emergency().orElseThrow().until()).isEqualTo(now);
    assertThat(state.at(now)).isEqualTo(state);
    assertThat(ask(GRANT, Actor.platform())).isEmpty();
    assertThat(state.at(now)).isEqualTo(state);
  }

  private List<AccountEvent> ask(AccountCommand command, Actor actor) {
    var decision = account.decide(state, command, new Context(now, actor));
    var events = ((Decision.Accepted<AccountEvent>) decision).events();
    events.forEach(event -> state = account.evolve(state, event));
    return events;
  }
}

package govcloud.domain.app;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.contract.AggregateWalk;
import govcloud.domain.contract.AppInstanceFixture;
import govcloud.domain.contract.TestCatalogue;
import govcloud.domain.tenant.DisasterClass;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AppInstanceTest {

  private static final Context DEPARTMENT = context("zhang", "clerk");
  private static final Context OPERATOR = context("wang", Actor.OPERATOR);
  private static final Context PLATFORM = context("govcloud", Actor.PLATFORM);

  private final AppInstance app = new AppInstance(new TestCatalogue());

  @Test
  void vacant_applyWithoutVersion_takesNewest() {
    var apply =
        new AppInstanceCommand.Apply(
            "harbour",
            TestCatalogue.PERMITS,
            Optional.empty(),
            new AppPlan(1, 1),
            "999999",
            "op-1");
    assertThat(after(app.initial(), apply, DEPARTMENT).version()).isEqualTo(3);
  }

  @Test
  void requested_approvedBySomebodyElse_provisionsAndRuns() {
    var state = running();
    assertThat(state.status()).isEqualTo(AppInstanceState.Status.RUNNING);
    assertThat(state.operation()).isEqualTo("op-1");
  }

  @Test
  void requested_approvedByApplicant_isRefused() {
    var requested = after(app.initial(), AppInstanceFixture.APPLY, OPERATOR);
    assertThat(refusal(requested, new AppInstanceCommand.Approve(), OPERATOR))
        .isEqualTo(AppInstanceRefusal.APP_OWN_REQUEST.name());
  }

  @Test
  void requested_approvedByClerk_isRefused() {
    var requested = after(app.initial(), AppInstanceFixture.APPLY, DEPARTMENT);
    assertThat(refusal(requested, new AppInstanceCommand.Approve(), context("li", "clerk")))
        .isEqualTo(AppInstanceRefusal.APP_OPERATOR_ONLY.name());
  }

  @Test
  void refused_applyAgain_isRequested() {
    var requested = after(app.initial(), AppInstanceFixture.APPLY, DEPARTMENT);
    var refused = after(requested, new AppInstanceCommand.Refuse("no budget"), OPERATOR);
    assertThat(refused.reason()).isEqualTo("no budget");
    assertThat(after(refused, AppInstanceFixture.APPLY, DEPARTMENT).status())
        .isEqualTo(AppInstanceState.Status.REQUESTED);
  }

  @Test
  void provisioning_completedByOperator_isRefused() {
    var requested = after(app.initial(), AppInstanceFixture.APPLY, DEPARTMENT);
    var provisioning = after(requested, new AppInstanceCommand.Approve(), OPERATOR);
    assertThat(refusal(provisioning, new AppInstanceCommand.CompleteProvisioning(), OPERATOR))
        .isEqualTo(AppInstanceRefusal.APP_PLATFORM_ONLY.name());
  }

  @Test
  void anyApp_disasterClass_isTheDepartmentsUntilChangedAndAgain() {
    assertThat(running().disasterClass()).isEmpty();
    var own = after(running(), classed(Optional.of(DisasterClass.ZERO_LOSS)), OPERATOR);
    assertThat(own.disasterClass()).contains(DisasterClass.ZERO_LOSS);
    assertThat(own.status()).isEqualTo(AppInstanceState.Status.RUNNING);
    var suspended = after(own, new AppInstanceCommand.Suspend("attack"), OPERATOR);
    assertThat(suspended.disasterClass()).contains(DisasterClass.ZERO_LOSS);
    assertThat(after(suspended, classed(Optional.empty()), OPERATOR).disasterClass()).isEmpty();
  }

  @Test
  void requested_disasterClass_holdsFromTheFirstCaseOn() {
    var requested = after(app.initial(), AppInstanceFixture.APPLY, DEPARTMENT);
    var own = after(requested, classed(Optional.of(DisasterClass.DAILY)), OPERATOR);
    assertThat(after(own, new AppInstanceCommand.Approve(), OPERATOR).disasterClass())
        .contains(DisasterClass.DAILY);
  }

  @Test
  void disasterClass_changedByDepartmentOrAfterTheEnd_isRefused() {
    var change = classed(Optional.of(DisasterClass.DAILY));
    assertThat(refusal(running(), change, DEPARTMENT))
        .isEqualTo(AppInstanceRefusal.APP_OPERATOR_ONLY.name());
    var terminated = after(running(), new AppInstanceCommand.Terminate("over", "op-2"), OPERATOR);
    assertThat(refusal(terminated, change, OPERATOR))
        .isEqualTo(AppInstanceRefusal.APP_TERMINATED.name());
  }

  private static AppInstanceCommand classed(Optional<DisasterClass> disasterClass) {
    return new AppInstanceCommand.ChangeDisasterClass(disasterClass);
  }

  @Test
  void running_upgrade_tellsWhetherCasesMigrate() {
    var upgrade = app.decide(running(), new AppInstanceCommand.Upgrade(2, "op-2"), OPERATOR);
    assertThat(upgrade)
        .isEqualTo(
            Decision.accept(
                new AppInstanceEvent.Upgraded(1, 2, true, "op-2", AggregateWalk.BEGIN)));
    assertThat(app.decide(running(), new AppInstanceCommand.Upgrade(3, "op-2"), OPERATOR))
        .isEqualTo(
            Decision.accept(
                new AppInstanceEvent.Upgraded(1, 3, false, "op-2", AggregateWalk.BEGIN)));
  }

  @Test
  void running_allocateForManyCases_neverGivesANumberTwice() {
    var state = running();
    var given = new LinkedHashSet<String>();
    for (var i = 0; i < 300; i++) {
      state = after(state, new AppInstanceCommand.AllocateNumber("c-" + i), DEPARTMENT);
      given.add(state.recentNumbers().get("c-" + i).number());
    }
    assertThat(given).hasSize(300).startsWith("999999-202603-000001");
    assertThat(state.recentNumbers()).hasSize(AppInstanceState.REMEMBERED);
    assertThat(state.recentNumbers().keySet()).startsWith("c-44").endsWith("c-299");
    assertThat(app.decide(state, new AppInstanceCommand.AllocateNumber("c-44"), DEPARTMENT))
        .isEqualTo(Decision.accept());
  }

  private AppInstanceState running() {
    var requested = after(app.initial(), AppInstanceFixture.APPLY, DEPARTMENT);
    var provisioning = after(requested, new AppInstanceCommand.Approve(), OPERATOR);
    return after(provisioning, new AppInstanceCommand.CompleteProvisioning(), PLATFORM);
  }

  private AppInstanceState after(
      AppInstanceState state, AppInstanceCommand command, Context context) {
    var decision = app.decide(state, command, context);
    assertThat(decision).isInstanceOf(Decision.Accepted.class);
    var next = state;
    for (var event : accepted(decision)) {
      next = app.evolve(next, event);
    }
    return next;
  }

  private static List<AppInstanceEvent> accepted(Decision<AppInstanceEvent> decision) {
    return ((Decision.Accepted<AppInstanceEvent>) decision).events();
  }

  private String refusal(AppInstanceState state, AppInstanceCommand command, Context context) {
    return ((Decision.Refused<AppInstanceEvent>) app.decide(state, command, context))
        .refusal()
        .code();
  }

  private static Context context(String person, String role) {
    return new Context(AggregateWalk.BEGIN, new Actor(person, role));
  }
}

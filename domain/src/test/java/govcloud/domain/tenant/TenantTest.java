package govcloud.domain.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.catalogue.LocalText;
import govcloud.domain.contract.AggregateWalk;
import govcloud.domain.contract.TenantFixture;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TenantTest {

  private static final Context OPERATOR =
      new Context(AggregateWalk.BEGIN, new Actor("wang", Actor.OPERATOR));

  private final Tenant tenant = new Tenant();

  @Test
  void vacant_register_hasQuotasOfPlan() {
    var state = after(TenantFixture.REGISTER);
    assertThat(state.status()).isEqualTo(TenantState.Status.REGISTERED);
    assertThat(state.quotas()).isEqualTo(Plan.STANDARD.quotas());
    assertThat(state.createdAt()).contains(AggregateWalk.BEGIN);
  }

  @Test
  void registered_registerWithOtherName_isRefused() {
    var other =
        new TenantCommand.Register(
            new LocalText("别的", "Other"),
            TenantFixture.CREDIT_CODE,
            "999999",
            DisasterClass.CONTINUOUS,
            Plan.STANDARD,
            Optional.empty(),
            List.of());
    assertThat(refusal(after(TenantFixture.REGISTER), other, OPERATOR))
        .isEqualTo(TenantRefusal.TENANT_ALREADY_REGISTERED.name());
  }

  @Test
  void registered_suspend_isRefusedAsNotActive() {
    assertThat(refusal(after(TenantFixture.REGISTER), new TenantCommand.Suspend("why"), OPERATOR))
        .isEqualTo(TenantRefusal.TENANT_NOT_ACTIVE.name());
  }

  @Test
  void suspended_resume_isActiveWithoutReason() {
    var state =
        after(
            TenantFixture.REGISTER,
            new TenantCommand.Activate(),
            new TenantCommand.Suspend("invoice unpaid"),
            new TenantCommand.Resume());
    assertThat(state.status()).isEqualTo(TenantState.Status.ACTIVE);
    assertThat(state.reason()).isEmpty();
  }

  @Test
  void active_close_keepsDataForRetention() {
    var state =
        after(
            TenantFixture.REGISTER,
            new TenantCommand.Activate(),
            new TenantCommand.Close("merged", 30));
    assertThat(state.retainUntil()).contains(AggregateWalk.BEGIN.plus(Duration.ofDays(30)));
    assertThat(refusal(state, new TenantCommand.Activate(), OPERATOR))
        .isEqualTo(TenantRefusal.TENANT_CLOSED.name());
  }

  @Test
  void registered_closeWithoutRetention_namesValueAndExpectation() {
    var decision =
        tenant.decide(
            after(TenantFixture.REGISTER), new TenantCommand.Close("merged", 0), OPERATOR);
    assertThat(decision)
        .isEqualTo(
            Decision.refuse(
                TenantRefusal.TENANT_RETENTION_INVALID,
                "retention: 0 days (expected: 1 to 36500)"));
  }

  @Test
  void clerk_activate_isForbidden() {
    var clerk = new Context(AggregateWalk.BEGIN, new Actor("zhang", "clerk"));
    assertThat(refusal(after(TenantFixture.REGISTER), new TenantCommand.Activate(), clerk))
        .isEqualTo(TenantRefusal.TENANT_OPERATOR_ONLY.name());
  }

  @Test
  void plans_compared_grow() {
    assertThat(Plan.labelled("small")).contains(Plan.SMALL);
    assertThat(Plan.labelled("huge")).isEmpty();
    assertThat(Plan.STANDARD.quotas().activeCases())
        .isGreaterThan(Plan.SMALL.quotas().activeCases())
        .isLessThan(Plan.LARGE.quotas().activeCases());
  }

  private TenantState after(TenantCommand... commands) {
    var state = tenant.initial();
    for (var command : commands) {
      var accepted = (Decision.Accepted<TenantEvent>) tenant.decide(state, command, OPERATOR);
      for (var event : accepted.events()) {
        state = tenant.evolve(state, event);
      }
    }
    return state;
  }

  private String refusal(TenantState state, TenantCommand command, Context context) {
    return ((Decision.Refused<TenantEvent>) tenant.decide(state, command, context))
        .refusal()
        .code();
  }
}

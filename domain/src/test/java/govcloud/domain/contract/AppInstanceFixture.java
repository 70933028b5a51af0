package govcloud.domain.contract;

import govcloud.domain.Actor;
import govcloud.domain.app.AppInstance;
import govcloud.domain.app.AppInstanceCommand;
import govcloud.domain.app.AppInstanceEvent;
import govcloud.domain.app.AppInstanceState;
import govcloud.domain.app.AppPlan;
import govcloud.domain.tenant.DisasterClass;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A transport bureau rents the app for permits. */
public final class AppInstanceFixture
    implements AggregateFixture<AppInstanceCommand, AppInstanceEvent, AppInstanceState> {

  /** A good application. */
  public static final AppInstanceCommand.Apply APPLY =
      new AppInstanceCommand.Apply(
          "harbour", TestCatalogue.PERMITS, Optional.of(1), new AppPlan(20, 500), "999999", "op-1");

  @Override
  public AppInstance aggregate() {
    return new AppInstance(new TestCatalogue());
  }

  @Override
  public Class<AppInstanceCommand> commandType() {
    return AppInstanceCommand.class;
  }

  @Override
  public Class<AppInstanceEvent> eventType() {
    return AppInstanceEvent.class;
  }

  @Override
  public List<AppInstanceCommand> commands() {
    return List.of(
        APPLY,
        APPLY,
        new AppInstanceCommand.Apply(
            "harbour", "nothing", Optional.empty(), new AppPlan(0, 0), "9", "op-1"),
        new AppInstanceCommand.Approve(),
        new AppInstanceCommand.Approve(),
        new AppInstanceCommand.Refuse("no budget"),
        new AppInstanceCommand.CompleteProvisioning(),
        new AppInstanceCommand.CompleteProvisioning(),
        new AppInstanceCommand.FailProvisioning("no room"),
        new AppInstanceCommand.RetryProvisioning("op-2"),
        new AppInstanceCommand.Suspend("attack"),
        new AppInstanceCommand.Resume(),
        new AppInstanceCommand.ChangePlan(new AppPlan(50, 900), "op-3"),
        new AppInstanceCommand.ChangePlan(new AppPlan(0, 900), "op-3"),
        new AppInstanceCommand.ChangeDisasterClass(Optional.of(DisasterClass.ZERO_LOSS)),
        new AppInstanceCommand.ChangeDisasterClass(Optional.empty()),
        new AppInstanceCommand.Upgrade(2, "op-4"),
        new AppInstanceCommand.Upgrade(9, "op-4"),
        new AppInstanceCommand.Terminate("merged", "op-5"),
        new AppInstanceCommand.AllocateNumber("c-1"),
        new AppInstanceCommand.AllocateNumber("c-2"),
        new AppInstanceCommand.AllocateNumber("C 2"));
  }

  @Override
  public List<Actor> actors() {
    return List.of(
        new Actor("wang", Actor.OPERATOR), Actor.platform(), new Actor("zhang", "clerk"));
  }

  @Override
  public Set<Class<? extends AppInstanceCommand>> idempotent() {
    return Set.of(
        AppInstanceCommand.Apply.class,
        AppInstanceCommand.Approve.class,
        AppInstanceCommand.Refuse.class,
        AppInstanceCommand.CompleteProvisioning.class,
        AppInstanceCommand.FailProvisioning.class,
        AppInstanceCommand.RetryProvisioning.class,
        AppInstanceCommand.Suspend.class,
        AppInstanceCommand.Resume.class,
        AppInstanceCommand.ChangePlan.class,
        AppInstanceCommand.ChangeDisasterClass.class,
        AppInstanceCommand.Upgrade.class,
        AppInstanceCommand.Terminate.class,
        AppInstanceCommand.AllocateNumber.class);
  }

  @Override
  public Set<String> statuses() {
    return Set.of(
        "vacant",
        "requested",
        "refused",
        "provisioning",
        "provisioning_failed",
        "running",
        "suspended",
        "terminated");
  }
}

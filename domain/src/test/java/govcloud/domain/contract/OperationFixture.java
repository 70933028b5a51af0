package govcloud.domain.contract;

import govcloud.domain.Actor;
import govcloud.domain.identity.Roles;
import govcloud.domain.operation.CommandSignature;
import govcloud.domain.operation.DangerousCommand;
import govcloud.domain.operation.Operation;
import govcloud.domain.operation.OperationCommand;
import govcloud.domain.operation.OperationEvent;
import govcloud.domain.operation.OperationState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The provisioning of an app. */
public final class OperationFixture
    implements AggregateFixture<OperationCommand, OperationEvent, OperationState> {

  private static final Instant SOON = AggregateWalk.BEGIN.plus(Duration.ofDays(10));
  private static final Instant LATER = AggregateWalk.BEGIN.plus(Duration.ofDays(40));

  /** A good opening. */
  public static final OperationCommand.Open OPEN =
      new OperationCommand.Open(
          "app.provision", "app/harbour/permits", "harbour", List.of("approve", "set up"), SOON);

  /** A good opening of a command that two people sign. */
  public static final OperationCommand.Open DANGEROUS =
      new OperationCommand.Open(
          DangerousCommand.DELETE_CUTS.kind(), "cuts/12", "", List.of(), SOON);

  /** What somebody signs; the bytes of an authenticator are of no concern here. */
  public static OperationCommand.Sign signs(String person) {
    return new OperationCommand.Sign(
        new CommandSignature("delete cuts/12", person, "a2V5", "cHVi", "Y2xp", "YXV0", "c2ln"),
        LATER);
  }

  @Override
  public Operation aggregate() {
    return new Operation();
  }

  @Override
  public Class<OperationCommand> commandType() {
    return OperationCommand.class;
  }

  @Override
  public Class<OperationEvent> eventType() {
    return OperationEvent.class;
  }

  @Override
  public List<OperationCommand> commands() {
    return List.of(
        OPEN,
        DANGEROUS,
        signs("wang"),
        signs("li"),
        new OperationCommand.Open("", "", "harbour", List.of(), SOON),
        new OperationCommand.AwaitApproval(SOON),
        new OperationCommand.Start(LATER),
        new OperationCommand.ReportProgress(3, 10, "steps"),
        new OperationCommand.ReportProgress(11, 10, "steps"),
        new OperationCommand.Succeed("app/harbour/permits"),
        new OperationCommand.Fail("quota: 20 apps (expected: < 20)", true),
        new OperationCommand.Fail("definition: gone (expected: in the catalogue)", false),
        new OperationCommand.Fail("", true),
        new OperationCommand.Cancel("no longer wanted"),
        new OperationCommand.Cancel(""),
        new OperationCommand.Retry(),
        new OperationCommand.Expire());
  }

  @Override
  public List<Actor> actors() {
    return List.of(
        new Actor("wang", Actor.OPERATOR), new Actor("li", Roles.SYSTEM), Actor.platform());
  }

  @Override
  public Set<Class<? extends OperationCommand>> idempotent() {
    return Set.of(
        OperationCommand.Open.class,
        OperationCommand.AwaitApproval.class,
        OperationCommand.Start.class,
        OperationCommand.ReportProgress.class,
        OperationCommand.Succeed.class,
        OperationCommand.Fail.class,
        OperationCommand.Cancel.class,
        OperationCommand.Expire.class);
  }

  @Override
  public Set<String> statuses() {
    return Set.of(
        "vacant", "pending", "waiting_approval", "running", "succeeded", "failed", "cancelled");
  }
}

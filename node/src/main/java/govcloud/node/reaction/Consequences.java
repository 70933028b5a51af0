package govcloud.node.reaction;

import govcloud.domain.Actor;
import govcloud.domain.app.AppInstanceCommand;
import govcloud.domain.app.AppInstanceEvent;
import govcloud.domain.operation.DangerousCommand;
import govcloud.domain.operation.OperationCommand;
import govcloud.domain.operation.OperationEvent;
import govcloud.domain.operation.OperationState;
import govcloud.domain.subject.SubjectEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What follows from which event. Pure, and the same every time it is asked. */
final class Consequences {

  /** Kind of an operation that provides a department with an app. */
  static final String PROVISION = "app.provision";

  /** Kind of an operation that brings an app to a newer version. */
  static final String UPGRADE = "app.upgrade";

  /** Kinds of operations on views, which are carried out elsewhere. */
  private static final String VIEWS = "view.";

  private static final String CHANGE_PLAN = "app.change-plan";
  private static final String TERMINATE = "app.terminate";

  private static final Duration APPROVAL = Duration.ofDays(30);
  private static final Duration WORK = Duration.ofHours(1);
  private static final Duration MIGRATION = Duration.ofHours(24);

  /** Decides where a person has not: nobody who applies has this name. */
  private static final Actor OFFICE = new Actor("govcloud", Actor.OPERATOR);

  private Consequences() {}

  /** What follows from an event of a rented app, {@code app/<tenant>/<app>}. */
  static List<Step> of(String appId, AppInstanceEvent event) {
    if (event instanceof AppInstanceEvent.Applied e && !e.operation().isEmpty()) {
      Instant deadline = e.at().plus(APPROVAL);
      return List.of(
          open(e.operation(), PROVISION, appId, List.of("approval", "provisioning"), deadline),
          ask(e.operation(), new OperationCommand.AwaitApproval(deadline)));
    } else if (event instanceof AppInstanceEvent.Approved e) {
      return provisioning(appId, e.operation(), e.at());
    } else if (event instanceof AppInstanceEvent.ProvisioningRetried e) {
      List<Step> steps = new ArrayList<>();
      if (!e.operation().isEmpty()) {
        Instant deadline = e.at().plus(WORK);
        steps.add(open(e.operation(), PROVISION, appId, List.of("provisioning"), deadline));
        steps.add(ask(e.operation(), new OperationCommand.Retry()));
      }
      steps.addAll(provisioning(appId, e.operation(), e.at()));
      return steps;
    } else if (event instanceof AppInstanceEvent.Provisioned e) {
      return ifFollowed(
          e.operation(),
          new OperationCommand.ReportProgress(2, 2, "steps"),
          new OperationCommand.Succeed(appId));
    } else if (event instanceof AppInstanceEvent.Refused e) {
      return ifFollowed(e.operation(), new OperationCommand.Fail(e.reason(), false));
    } else if (event instanceof AppInstanceEvent.ProvisioningFailed e) {
      return ifFollowed(e.operation(), new OperationCommand.Fail(e.reason(), true));
    }
    return ofChange(appId, event);
  }

  private static List<Step> ofChange(String appId, AppInstanceEvent event) {
    if (event instanceof AppInstanceEvent.PlanChanged e) {
      return atOnce(e.operation(), CHANGE_PLAN, appId, e.at());
    } else if (event instanceof AppInstanceEvent.Terminated e) {
      return atOnce(e.operation(), TERMINATE, appId, e.at());
    } else if (event instanceof AppInstanceEvent.Upgraded e && !e.migratesCases()) {
      return atOnce(e.operation(), UPGRADE, appId, e.at());
    } else if (event instanceof AppInstanceEvent.Upgraded e) {
      Instant deadline = e.at().plus(MIGRATION);
      List<Step> steps = new ArrayList<>();
      if (!e.operation().isEmpty()) {
        steps.add(open(e.operation(), UPGRADE, appId, List.of("cases"), deadline));
        steps.add(ask(e.operation(), new OperationCommand.Start(deadline)));
      }
      steps.add(new Step.MigrateCases(appId, e.operation()));
      return steps;
    }
    return List.of();
  }

  /** What follows from an event of an operation, {@code operation/<operation>}. */
  static List<Step> of(String operationId, OperationEvent event) {
    if (event instanceof OperationEvent.Cancelled e) {
      return List.of(new Step.GiveUp(operationId, e.reason()));
    } else if (event instanceof OperationEvent.Expired e) {
      return List.of(new Step.GiveUp(operationId, "no end before the deadline " + e.deadline()));
    } else if (event instanceof OperationEvent.Retried) {
      return List.of(new Step.Resume(operationId));
    }
    return List.of();
  }

  /** What follows from a tombstone: the node that wrote it may have died since. */
  static List<Step> of(String subjectId, SubjectEvent.Erased event) {
    return List.of(
        new Step.DestroyKey(subjectId, event.key()),
        ask(event.operation(), new OperationCommand.Succeed("erased")));
  }

  /** What an operation that was given up leaves to undo. */
  static List<Step> givenUp(OperationState operation, String reason) {
    if (!operation.kind().equals(PROVISION) || operation.open()) {
      return List.of();
    }
    // Whichever of the two fits the app's state is accepted.
    return List.of(
        new Step.Ask(operation.subject(), new AppInstanceCommand.Refuse(reason), OFFICE),
        Step.Ask.byPlatform(operation.subject(), new AppInstanceCommand.FailProvisioning(reason)));
  }

  /** What an operation that is tried again has to do. */
  static List<Step> resumed(String operationId, OperationState operation) {
    if (!operation.open() || operation.deadline().isEmpty()) {
      return List.of();
    }
    String name = operationId.substring(operationId.indexOf('/') + 1);
    Step start = ask(name, new OperationCommand.Start(operation.deadline().get()));
    String subject = operation.subject();
    if (operation.kind().equals(PROVISION)) {
      return List.of(
          start,
          Step.Ask.byPlatform(subject, new AppInstanceCommand.RetryProvisioning(name)),
          new Step.Provision(subject, name));
    } else if (operation.kind().equals(UPGRADE)) {
      return List.of(start, new Step.MigrateCases(subject, name));
    }
    if (operation.kind().startsWith(VIEWS) || DangerousCommand.of(operation.kind()).isPresent()) {
      return List.of(
          ask(
              name,
              new OperationCommand.Fail(
                  operation.kind() + ": cannot go on (expected: asked for anew)", false)));
    }
    return List.of(start, ask(name, new OperationCommand.Succeed(subject)));
  }

  private static List<Step> provisioning(String appId, String operation, Instant at) {
    List<Step> steps = new ArrayList<>();
    steps.addAll(
        ifFollowed(
            operation,
            new OperationCommand.Start(at.plus(WORK)),
            new OperationCommand.ReportProgress(1, 2, "steps")));
    steps.add(new Step.Provision(appId, operation));
    return steps;
  }

  private static List<Step> atOnce(String operation, String kind, String appId, Instant at) {
    if (operation.isEmpty()) {
      return List.of();
    }
    Instant deadline = at.plus(WORK);
    return List.of(
        open(operation, kind, appId, List.of(), deadline),
        ask(operation, new OperationCommand.Start(deadline)),
        ask(operation, new OperationCommand.Succeed(appId)));
  }

  private static List<Step> ifFollowed(String operation, OperationCommand... commands) {
    List<Step> steps = new ArrayList<>();
    if (!operation.isEmpty()) {
      for (OperationCommand command : commands) {
        steps.add(ask(operation, command));
      }
    }
    return steps;
  }

  private static Step open(
      String operation, String kind, String appId, List<String> steps, Instant deadline) {
    String tenant = appId.split("/", -1)[1];
    return ask(operation, new OperationCommand.Open(kind, appId, tenant, steps, deadline));
  }

  private static Step ask(String operation, OperationCommand command) {
    return Step.Ask.byPlatform("operation/" + operation, command);
  }
}

package govcloud.node.operation;

import govcloud.domain.Actor;
import govcloud.domain.identity.AccountState;
import govcloud.domain.operation.DangerousCommand;
import govcloud.domain.operation.OperationCommand;
import govcloud.domain.operation.OperationState;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Commands;
import govcloud.node.http.Problem;
import govcloud.node.http.ProblemException;
import govcloud.node.http.Replies;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Asks two people to sign a dangerous command; who asks may be one of them. */
public final class ApprovalRequests {

  /** Where each is signed, followed by its name. */
  public static final String PAGES = "/approvals/";

  private final Entities entities;
  private final InstantSource clock;

  /** Requests. */
  public ApprovalRequests(Entities entities, InstantSource clock) {
    this.entities = entities;
    this.clock = clock;
  }

  /** The entity of an operation. */
  public static String id(String operation) {
    return "operation/" + operation;
  }

  /** The answer to who has asked for signatures: 202, the operation, and where it is signed. */
  public static HttpResponse asked(String operation) {
    return Replies.header(
        Replies.json(202, Map.of("operation", operation, "page", PAGES + operation)),
        "Location",
        "/v1/operations/" + operation);
  }

  /** Completes if it is a person who asks, and in person; else it fails with a problem. */
  public CompletionStage<Void> requirePerson(Actor actor) {
    return entities
        .<AccountState>read("account/" + actor.person())
        .thenAccept(account -> requirePerson(account, actor));
  }

  private static void requirePerson(Answer<AccountState> account, Actor actor) {
    boolean isProgram = account.exists() && account.state().kind() == AccountState.Kind.PROGRAM;
    if (isProgram || !actor.account().isEmpty()) {
      throw Problem.of(
              BorderCode.PERSON_NEEDED,
              (isProgram ? actor.person() : actor.account())
                  + ": a program (expected: a person who has signed in)")
          .asException();
    }
  }

  /**
   * A person asks for a dangerous command.
   *
   * @param operation its name; the same one again is the same request
   * @param dryRun whether it is only found out that it may be asked for
   * @return the operation; fails with a problem where it may not
   */
  public CompletionStage<String> request(
      String operation,
      DangerousCommand command,
      String subject,
      ApprovedWork work,
      Actor actor,
      boolean dryRun) {
    return requirePerson(actor)
        .thenCompose(person -> requestByAnyone(operation, command, subject, work, actor, dryRun));
  }

  /** The same where a program may ask too; who signs is a person in any case. */
  public CompletionStage<String> requestByAnyone(
      String operation,
      DangerousCommand command,
      String subject,
      ApprovedWork work,
      Actor actor,
      boolean dryRun) {
    return work.check(subject, actor)
        .thenCompose(
            checked ->
                dryRun
                    ? CompletableFuture.<Void>completedStage(null)
                    : open(operation, command, subject, actor))
        .thenApply(done -> operation);
  }

  /** Tells that the work of an operation is done; what has ended stays ended. */
  public static CompletionStage<?> succeed(Entities entities, String operation, String result) {
    return entities.ask(
        id(operation), Request.of(new OperationCommand.Succeed(result), Actor.platform()));
  }

  /**
   * Tells what became of work that failed: what was refused has ended, what went wrong may be begun
   * again by who signed it. The stage fails with the cause.
   */
  public static CompletionStage<Object> failed(
      Entities entities, String operation, Throwable failure) {
    var cause = failure.getCause() == null ? failure : failure.getCause();
    return cause instanceof ProblemException refused
        ? entities
            .<Object>ask(
                id(operation),
                Request.of(
                    new OperationCommand.Fail(refused.getMessage(), false), Actor.platform()))
            .thenCompose(told -> CompletableFuture.failedStage(refused))
        : CompletableFuture.failedStage(cause);
  }

  private CompletionStage<Void> open(
      String operation, DangerousCommand command, String subject, Actor actor) {
    var deadline = clock.instant().plus(DangerousCommand.PATIENCE);
    var open = new OperationCommand.Open(command.kind(), subject, "", List.of(), deadline);
    return ask(operation, open, actor)
        .thenCompose(done -> ask(operation, new OperationCommand.AwaitApproval(deadline), actor))
        .thenAccept(done -> {});
  }

  /** Asks something of an operation; a refusal fails the stage as a problem. */
  public CompletionStage<Answer<OperationState>> ask(
      String operation, OperationCommand command, Actor actor) {
    return entities
        .<OperationState>ask(id(operation), Request.of(command, actor))
        .thenApply(Commands::accepted);
  }
}

package govcloud.node.replication.cut;

import govcloud.domain.Actor;
import govcloud.domain.identity.AccountState;
import govcloud.domain.operation.OperationCommand;
import govcloud.domain.operation.OperationState;
import govcloud.domain.operation.OperationState.Status;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Problem;
import govcloud.node.operation.OperationTable;
import govcloud.node.projection.PageRequest;
import govcloud.node.replication.ReplicationThreads;
import govcloud.node.replication.cut.CutMessage.Progress;
import govcloud.replication.archive.CutDeletion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Deletions of cuts: one person asks, another one agrees, and within the time-lock nobody can. Each
 * is an operation, so who asked and who agreed are records of the log.
 */
public final class CutDeletions {

  /** The kind of its operations. */
  static final String KIND = "replication.delete-cuts";

  private static final String SUBJECT = "cuts/";
  private static final PageRequest NEWEST = PageRequest.first(PageRequest.MAXIMUM_SIZE);
  private static final Duration APPROVAL = Duration.ofDays(7);
  private static final Duration WORK = Duration.ofDays(1);

  /** What the archive says of cuts. Blocks. */
  public interface Archive {
    /** Number of the newest; 0: there is none. */
    long newest() throws Exception;

    /** Whether a cut is there. */
    boolean has(long number) throws Exception;

    /** Until when a cut, and so all before it, may not be deleted; empty where it may. */
    Optional<Instant> lockedUntil(long number) throws Exception;
  }

  private final Entities entities;
  private final Archive archive;
  private final ReplicationThreads threads;
  private final Function<CutDeletion, CompletionStage<Progress>> maker;
  private final Clock clock;

  /**
   * Deletions of a cloud's cuts.
   *
   * @param threads for reading the archive
   * @param maker begins the cut that says what is deleted; the files go after it is sealed
   */
  CutDeletions(
      Entities entities,
      Archive archive,
      ReplicationThreads threads,
      Function<CutDeletion, CompletionStage<Progress>> maker,
      Clock clock) {
    this.entities = entities;
    this.archive = archive;
    this.threads = threads;
    this.maker = maker;
    this.clock = clock;
  }

  /**
   * Asks for the deletion of a cut and all before it.
   *
   * @param operation its name; the same one again is the same request
   * @return the operation; fails as a problem where that may not be
   */
  CompletionStage<String> request(String operation, long last, Actor actor, boolean dryRun) {
    return allowed(last, actor)
        .thenCompose(done -> dryRun ? nothing() : open(operation, last, actor))
        .thenApply(done -> operation);
  }

  private CompletionStage<Void> open(String operation, long last, Actor actor) {
    Instant deadline = clock.instant().plus(APPROVAL);
    var open = new OperationCommand.Open(KIND, SUBJECT + last, "", List.of(), deadline);
    return ask(operation, open, actor)
        .thenCompose(done -> ask(operation, new OperationCommand.AwaitApproval(deadline), actor));
  }

  private static CompletionStage<Void> nothing() {
    return CompletableFuture.completedStage(null);
  }

  /**
   * Agrees to a deletion, and begins it. May be repeated.
   *
   * @return the operation; fails as a problem where that may not be
   */
  CompletionStage<String> approve(String operation, Actor actor, boolean dryRun) {
    return entities
        .<OperationState>read(id(operation))
        .thenCompose(
            answer -> {
              OperationState state = requireOther(operation, answer.state(), actor);
              long last = last(state.subject());
              return allowed(last, actor)
                  .thenCompose(done -> dryRun ? nothing() : start(operation, last, actor));
            })
        .thenApply(done -> operation);
  }

  private CompletionStage<Void> start(String operation, long last, Actor actor) {
    var start = new OperationCommand.Start(clock.instant().plus(WORK));
    return ask(operation, start, actor)
        .thenCompose(done -> maker.apply(new CutDeletion(last, operation)))
        .thenAccept(progress -> {});
  }

  /** What people agreed to and is not done yet; the coordinator may have died since. */
  static CompletionStage<CutDeletion> agreed(OperationTable operations) {
    return operations
        .list(Optional.of(Status.RUNNING), Optional.empty(), NEWEST)
        .thenApply(
            page ->
                page.items().stream()
                    .filter(row -> row.kind().equals(KIND))
                    .map(row -> new CutDeletion(last(row.subject()), row.operation()))
                    .reduce(CutDeletion.NONE, CutDeletion::or));
  }

  private static long last(String subject) {
    return Long.parseLong(subject.substring(SUBJECT.length()));
  }

  /** Two people, and each comes in person: a program has no second pair of eyes. */
  private static OperationState requireOther(String operation, OperationState state, Actor actor) {
    if (!state.kind().equals(KIND)) {
      throw Problem.of(
              BorderCode.NOT_FOUND, "deletion " + operation + ": none (expected: one asked for)")
          .asException();
    }
    if (actor.person().equals(state.requester())) {
      throw Problem.of(
              BorderCode.APPROVAL_OWN,
              "approved by: "
                  + actor.person()
                  + " (expected: somebody else than "
                  + state.requester()
                  + ", who asked for it)")
          .asException();
    }
    return state;
  }

  private CompletionStage<Long> allowed(long last, Actor actor) {
    return entities
        .<AccountState>read("account/" + actor.person())
        .thenCompose(
            account -> {
              requirePerson(account, actor);
              return threads.run(
                  false,
                  () -> {
                    requireDeletable(last);
                    return last;
                  });
            });
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

  private void requireDeletable(long last) throws Exception {
    if (!archive.has(last)) {
      throw Problem.of(BorderCode.NOT_FOUND, "cut " + last + ": none (expected: one that was made)")
          .asException();
    }
    if (last >= archive.newest()) {
      throw Problem.of(
              BorderCode.CUT_NEWEST, "cut " + last + ": the newest (expected: one before it)")
          .asException();
    }
    Optional<Instant> until = archive.lockedUntil(last);
    if (until.isPresent()) {
      throw Problem.of(
              BorderCode.CUT_LOCKED,
              "cut " + last + ": kept until " + until.get() + " (expected: a time before now)")
          .asException();
    }
  }

  /**
   * Tells that cuts are deleted; what has ended stays ended.
   *
   * @param deletion which was carried out
   */
  public CompletionStage<?> done(CutDeletion deletion) {
    return entities.ask(
        id(deletion.operation()),
        Request.of(
            new OperationCommand.Succeed("cuts up to " + deletion.last() + " deleted"),
            Actor.platform()));
  }

  private CompletionStage<Void> ask(String operation, OperationCommand command, Actor actor) {
    return entities
        .<OperationState>ask(id(operation), Request.of(command, actor))
        .thenAccept(
            answer -> {
              if (!answer.accepted()) {
                throw Problem.of(answer.refusal()).asException();
              }
            });
  }

  private static String id(String operation) {
    return "operation/" + operation;
  }
}

package govcloud.node.replication.cut;

import govcloud.domain.Actor;
import govcloud.domain.operation.DangerousCommand;
import govcloud.domain.operation.OperationState.Status;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Problem;
import govcloud.node.operation.ApprovalRequests;
import govcloud.node.operation.ApprovedWork;
import govcloud.node.operation.OperationTable;
import govcloud.node.projection.PageRequest;
import govcloud.node.replication.ReplicationThreads;
import govcloud.replication.archive.CutDeletion;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Deletions of cuts: a person asks, two people sign, and within the time-lock nobody can. Each is
 * an operation, so who asked and what two people signed are records of the log.
 */
public final class CutDeletions implements ApprovedWork {

  private static final String SUBJECT = "cuts/";
  private static final PageRequest NEWEST = PageRequest.first(PageRequest.MAXIMUM_SIZE);

  /** What an archive says of cuts. Blocks. */
  public interface Archive {
    /** Number of the last that the cloud that made them lets go. */
    long released() throws Exception;

    /** Number of the newest; 0: there is none. */
    long newest() throws Exception;

    /** Whether a cut is there. */
    boolean has(long number) throws Exception;

    /** Until when a cut, and so all before it, may not be deleted; empty where it may. */
    Optional<Instant> lockedUntil(long number) throws Exception;
  }

  private final DangerousCommand command;
  private final Entities entities;
  private final Archive archive;
  private final ReplicationThreads threads;
  private final Function<CutDeletion, CompletionStage<?>> maker;
  private final ApprovalRequests requests;

  /**
   * Deletions of a cloud's cuts.
   *
   * @param command what two people sign
   * @param threads for reading the archive
   * @param maker begins what has to be before the files go
   */
  public CutDeletions(
      DangerousCommand command,
      Entities entities,
      Archive archive,
      ReplicationThreads threads,
      Function<CutDeletion, CompletionStage<?>> maker,
      Clock clock) {
    this.command = command;
    this.entities = entities;
    this.archive = archive;
    this.threads = threads;
    this.maker = maker;
    this.requests = new ApprovalRequests(entities, clock);
  }

  /**
   * Asks for the deletion of a cut and all before it.
   *
   * @param operation its name; the same one again is the same request
   * @return the operation; fails as a problem where that may not be
   */
  CompletionStage<String> request(String operation, long last, Actor actor, boolean dryRun) {
    return requests.request(operation, command, SUBJECT + last, this, actor, dryRun);
  }

  @Override
  public CompletionStage<Long> check(String subject, Actor actor) {
    return deletable(last(subject));
  }

  @Override
  public CompletionStage<?> begin(String operation, String subject, Actor actor) {
    return maker.apply(new CutDeletion(last(subject), operation));
  }

  /** What people agreed to and is not done yet; the coordinator may have died since. */
  public static CompletionStage<CutDeletion> agreed(
      DangerousCommand command, OperationTable operations) {
    return operations
        .list(Optional.of(Status.RUNNING), Optional.empty(), NEWEST)
        .thenApply(
            page ->
                page.items().stream()
                    .filter(row -> row.kind().equals(command.kind()))
                    .map(row -> new CutDeletion(last(row.subject()), row.operation()))
                    .reduce(CutDeletion.NONE, CutDeletion::or));
  }

  private static long last(String subject) {
    return Long.parseLong(subject.substring(SUBJECT.length()));
  }

  private CompletionStage<Long> deletable(long last) {
    return threads.run(
        false,
        () -> {
          requireDeletable(last);
          return last;
        });
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
    if (last > archive.released()) {
      throw Problem.of(
              BorderCode.CUT_NOT_RELEASED,
              "cut "
                  + last
                  + ": the cloud that made it lets go up to "
                  + archive.released()
                  + " (expected: one that its own officers have deleted)")
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
    return ApprovalRequests.succeed(
        entities, deletion.operation(), "cuts up to " + deletion.last() + " deleted");
  }
}

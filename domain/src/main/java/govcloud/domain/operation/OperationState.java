package govcloud.domain.operation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A long-running request as it is now.
 *
 * @param requester the person who asked
 * @param attempt counts from 1; 0 while vacant
 * @param reason why it failed or was cancelled, otherwise an empty string
 * @param retryable whether a failed operation may be tried again
 * @param result what came of it, once it succeeded
 * @param signatures of a dangerous command, in the order in which they were given
 * @param begunAt when the present time limit was set; empty while vacant
 * @param deadline when it counts as failed unless it has ended; empty while vacant
 */
public record OperationState(
    Status status,
    String kind,
    String subject,
    String tenant,
    List<String> steps,
    String requester,
    int attempt,
    Progress progress,
    String reason,
    boolean retryable,
    String result,
    List<OperationEvent.Signed> signatures,
    Optional<Instant> begunAt,
    Optional<Instant> deadline,
    Optional<Instant> createdAt,
    Optional<Instant> updatedAt) {

  /** Where an operation is in its life; the last three are ends. */
  public enum Status {
    VACANT,
    PENDING,
    WAITING_APPROVAL,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED
  }

  /** How far the work is; {@code total} 0 means that it is not known. */
  public record Progress(long done, long total, String unit) {

    /** Nothing is known. */
    public static final Progress NONE = new Progress(0, 0, "");
  }

  /** Nothing has been asked. */
  public static final OperationState VACANT =
      new OperationState(
          Status.VACANT,
          "",
          "",
          "",
          List.of(),
          "",
          0,
          Progress.NONE,
          "",
          false,
          "",
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public OperationState {
    steps = List.copyOf(steps);
    signatures = List.copyOf(signatures);
  }

  /** Whether this person has signed it. */
  public boolean isSignedBy(String person) {
    return signatures.stream().anyMatch(one -> one.signature().person().equals(person));
  }

  /** Whether it has neither ended nor is vacant; an open operation always has a deadline. */
  public boolean open() {
    return status == Status.PENDING
        || status == Status.WAITING_APPROVAL
        || status == Status.RUNNING;
  }

  /** The operation after {@code event}; accepts every event in every state. */
  OperationState after(OperationEvent event) {
    if (event instanceof OperationEvent.Opened e) {
      return opened(e);
    } else if (event instanceof OperationEvent.ApprovalAwaited e) {
      return within(Status.WAITING_APPROVAL, attempt, e.deadline(), e.at());
    } else if (event instanceof OperationEvent.Signed e) {
      return signed(e);
    } else if (event instanceof OperationEvent.Started e) {
      return within(Status.RUNNING, attempt, e.deadline(), e.at());
    } else if (event instanceof OperationEvent.Progressed e) {
      return at(status, new Progress(e.done(), e.total(), e.unit()), "", false, "", e.at());
    } else if (event instanceof OperationEvent.Succeeded e) {
      return at(Status.SUCCEEDED, progress, "", false, e.result(), e.at());
    } else if (event instanceof OperationEvent.Failed e) {
      return at(Status.FAILED, progress, e.reason(), e.retryable(), "", e.at());
    } else if (event instanceof OperationEvent.Cancelled e) {
      return at(Status.CANCELLED, progress, e.reason(), false, "", e.at());
    } else if (event instanceof OperationEvent.Retried e) {
      return within(Status.RUNNING, e.attempt(), e.deadline(), e.at());
    } else if (event instanceof OperationEvent.Expired e) {
      var why = "deadline: " + e.deadline() + " has passed (expected: an end before)";
      return at(Status.FAILED, progress, why, status != Status.WAITING_APPROVAL, "", e.at());
    }
    throw new IllegalStateException("no rule for " + event.getClass().getName());
  }

  private static OperationState opened(OperationEvent.Opened e) {
    return new OperationState(
        Status.PENDING,
        e.kind(),
        e.subject(),
        e.tenant(),
        e.steps(),
        e.requester(),
        1,
        Progress.NONE,
        "",
        false,
        "",
        List.of(),
        Optional.of(e.at()),
        Optional.of(e.deadline()),
        Optional.of(e.at()),
        Optional.of(e.at()));
  }

  private OperationState within(Status next, int count, Instant limit, Instant at) {
    return new OperationState(
        next,
        kind,
        subject,
        tenant,
        steps,
        requester,
        count,
        Progress.NONE,
        "",
        false,
        "",
        signatures,
        Optional.of(at),
        Optional.of(limit),
        createdAt,
        Optional.of(at));
  }

  private OperationState at(
      Status next, Progress far, String why, boolean again, String came, Instant at) {
    return new OperationState(
        next,
        kind,
        subject,
        tenant,
        steps,
        requester,
        attempt,
        far,
        why,
        again,
        came,
        signatures,
        begunAt,
        deadline,
        createdAt,
        Optional.of(at));
  }

  private OperationState signed(OperationEvent.Signed e) {
    var all = new ArrayList<>(signatures);
    all.add(e);
    return new OperationState(
        status,
        kind,
        subject,
        tenant,
        steps,
        requester,
        attempt,
        progress,
        reason,
        retryable,
        result,
        all,
        begunAt,
        deadline,
        createdAt,
        Optional.of(e.at()));
  }
}

package govcloud.node.operation;

import govcloud.domain.operation.OperationEvent;
import govcloud.domain.operation.OperationState.Status;
import java.time.Instant;

/** An operation's row after each kind of event. */
final class OperationFold {

  private OperationFold() {}

  static OperationRow after(
      OperationRow row, String operation, long version, OperationEvent event) {
    if (event instanceof OperationEvent.Opened e) {
      return opened(operation, version, e);
    }
    boolean again = event instanceof OperationEvent.Retried;
    boolean progressed = event instanceof OperationEvent.Progressed;
    var progress = progressed ? (OperationEvent.Progressed) event : null;
    return new OperationRow(
        operation,
        row.kind(),
        row.subject(),
        row.tenant(),
        row.steps(),
        status(row.status(), event),
        event instanceof OperationEvent.Retried e ? e.attempt() : row.attempt(),
        progressed ? progress.done() : again ? 0 : row.done(),
        progressed ? progress.total() : again ? 0 : row.total(),
        progressed ? progress.unit() : row.unit(),
        reason(row.reason(), event),
        (event instanceof OperationEvent.Expired && row.status() != Status.WAITING_APPROVAL)
            || (event instanceof OperationEvent.Failed e && e.retryable()),
        event instanceof OperationEvent.Succeeded e ? e.result() : row.result(),
        deadline(row.deadline(), event),
        version,
        row.createdAt(),
        event.at());
  }

  private static OperationRow opened(String operation, long version, OperationEvent.Opened e) {
    return new OperationRow(
        operation,
        e.kind(),
        e.subject(),
        e.tenant(),
        e.steps(),
        Status.PENDING,
        1,
        0,
        0,
        "",
        "",
        false,
        "",
        e.deadline(),
        version,
        e.at(),
        e.at());
  }

  private static Status status(Status before, OperationEvent event) {
    if (event instanceof OperationEvent.ApprovalAwaited) {
      return Status.WAITING_APPROVAL;
    }
    if (event instanceof OperationEvent.Started || event instanceof OperationEvent.Retried) {
      return Status.RUNNING;
    }
    if (event instanceof OperationEvent.Succeeded) {
      return Status.SUCCEEDED;
    }
    if (event instanceof OperationEvent.Failed || event instanceof OperationEvent.Expired) {
      return Status.FAILED;
    }
    return event instanceof OperationEvent.Cancelled ? Status.CANCELLED : before;
  }

  private static String reason(String before, OperationEvent event) {
    if (event instanceof OperationEvent.Failed e) {
      return e.reason();
    }
    if (event instanceof OperationEvent.Cancelled e) {
      return e.reason();
    }
    if (event instanceof OperationEvent.Expired e) {
      return "deadline: " + e.deadline() + " (expected: to have ended before)";
    }
    return event instanceof OperationEvent.Retried ? "" : before;
  }

  private static Instant deadline(Instant before, OperationEvent event) {
    if (event instanceof OperationEvent.ApprovalAwaited e) {
      return e.deadline();
    }
    if (event instanceof OperationEvent.Started e) {
      return e.deadline();
    }
    return event instanceof OperationEvent.Retried e ? e.deadline() : before;
  }
}

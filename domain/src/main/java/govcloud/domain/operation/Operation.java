package govcloud.domain.operation;

import govcloud.domain.Aggregate;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.operation.OperationState.Progress;
import govcloud.domain.operation.OperationState.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** A long-running request. While it is open it has a deadline, so that it ends in any case. */
public final class Operation
    implements Aggregate<OperationCommand, OperationEvent, OperationState> {

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  @Override
  public String type() {
    return "operation";
  }

  @Override
  public String status(OperationState state) {
    return state.status().name().toLowerCase(Locale.ROOT);
  }

  @Override
  public OperationState initial() {
    return OperationState.VACANT;
  }

  @Override
  public Decision<OperationEvent> decide(
      OperationState state, OperationCommand command, Context context) {
    if (command instanceof OperationCommand.Open c) {
      return open(state, c, context);
    } else if (state.status() == Status.VACANT) {
      return Decision.refuse(
          OperationRefusal.OPERATION_NOT_FOUND, "operation: vacant (expected: opened before)");
    } else if (command instanceof OperationCommand.AwaitApproval c) {
      return awaitApproval(state, c, context);
    } else if (command instanceof OperationCommand.Sign c) {
      return Signing.sign(state, c, context);
    } else if (command instanceof OperationCommand.Start c) {
      return Signing.missing(state).orElseGet(() -> start(state, c, context));
    } else if (command instanceof OperationCommand.ReportProgress c) {
      return progress(state, c, context);
    } else if (command instanceof OperationCommand.Succeed c) {
      return succeed(state, c, context);
    } else if (command instanceof OperationCommand.Fail c) {
      return fail(state, c, context);
    } else if (command instanceof OperationCommand.Cancel c) {
      return cancel(state, c, context);
    } else if (command instanceof OperationCommand.Retry) {
      return Signing.missing(state).orElseGet(() -> retry(state, context));
    } else if (command instanceof OperationCommand.Expire) {
      return expire(state, context);
    }
    throw new IllegalStateException("no rule for " + command.getClass().getName());
  }

  private static Decision<OperationEvent> open(
      OperationState state, OperationCommand.Open c, Context context) {
    if (state.status() != Status.VACANT) {
      var same =
          state.kind().equals(c.kind())
              && state.subject().equals(c.subject())
              && state.tenant().equals(c.tenant());
      return same
          ? Decision.accept()
          : Decision.refuse(
              OperationRefusal.OPERATION_ALREADY_OPEN,
              "operation: "
                  + state.kind()
                  + " of "
                  + state.subject()
                  + " (expected: "
                  + c.kind()
                  + " of "
                  + c.subject()
                  + ", or a vacant identifier)");
    }
    if (c.kind().isBlank() || c.subject().isBlank()) {
      return Decision.refuse(
          OperationRefusal.OPERATION_TEXT_INVALID,
          "kind: \"" + c.kind() + "\", subject: \"" + c.subject() + "\" (expected: both given)");
    }
    if (!c.deadline().isAfter(context.now())) {
      return badDeadline(c.deadline(), context);
    }
    return Decision.accept(
        new OperationEvent.Opened(
            c.kind(),
            c.subject(),
            c.tenant(),
            c.steps(),
            context.actor().person(),
            c.deadline(),
            context.now()));
  }

  private static Decision<OperationEvent> awaitApproval(
      OperationState state, OperationCommand.AwaitApproval c, Context context) {
    if (state.status() == Status.WAITING_APPROVAL) {
      return Decision.accept();
    }
    if (state.status() != Status.PENDING) {
      return ended(state, "pending");
    }
    return c.deadline().isAfter(context.now())
        ? Decision.accept(new OperationEvent.ApprovalAwaited(c.deadline(), context.now()))
        : badDeadline(c.deadline(), context);
  }

  private static Decision<OperationEvent> start(
      OperationState state, OperationCommand.Start c, Context context) {
    if (state.status() == Status.RUNNING) {
      return Decision.accept();
    }
    if (!state.open()) {
      return ended(state, "pending or waiting_approval");
    }
    return c.deadline().isAfter(context.now())
        ? Decision.accept(new OperationEvent.Started(c.deadline(), context.now()))
        : badDeadline(c.deadline(), context);
  }

  private static Decision<OperationEvent> progress(
      OperationState state, OperationCommand.ReportProgress c, Context context) {
    if (state.status() != Status.RUNNING) {
      return notRunning(state);
    }
    if (c.done() < 0 || c.total() < 0 || (c.total() > 0 && c.done() > c.total())) {
      return Decision.refuse(
          OperationRefusal.OPERATION_PROGRESS_INVALID,
          "progress: " + c.done() + " of " + c.total() + " (expected: 0 <= done <= total)");
    }
    return state.progress().equals(new Progress(c.done(), c.total(), c.unit()))
        ? Decision.accept()
        : Decision.accept(
            new OperationEvent.Progressed(c.done(), c.total(), c.unit(), context.now()));
  }

  private static Decision<OperationEvent> succeed(
      OperationState state, OperationCommand.Succeed c, Context context) {
    if (state.status() == Status.SUCCEEDED) {
      return Decision.accept();
    }
    return state.status() == Status.RUNNING
        ? Decision.accept(new OperationEvent.Succeeded(c.result(), context.now()))
        : notRunning(state);
  }

  private static Decision<OperationEvent> fail(
      OperationState state, OperationCommand.Fail c, Context context) {
    if (c.reason().isBlank()) {
      return missingReason();
    }
    if (state.open()) {
      return Decision.accept(new OperationEvent.Failed(c.reason(), c.retryable(), context.now()));
    }
    return state.status() == Status.FAILED
        ? Decision.accept()
        : ended(state, "pending, waiting_approval or running");
  }

  private static Decision<OperationEvent> cancel(
      OperationState state, OperationCommand.Cancel c, Context context) {
    if (c.reason().isBlank()) {
      return missingReason();
    }
    if (state.open()) {
      return Decision.accept(new OperationEvent.Cancelled(c.reason(), context.now()));
    }
    return state.status() == Status.CANCELLED
        ? Decision.accept()
        : ended(state, "pending, waiting_approval or running");
  }

  private static Decision<OperationEvent> retry(OperationState state, Context context) {
    if (state.status() != Status.FAILED || !state.retryable()) {
      return Decision.refuse(
          OperationRefusal.OPERATION_NOT_RETRYABLE,
          "operation: "
              + word(state)
              + (state.status() == Status.FAILED ? " for good" : "")
              + " (expected: failed and retryable)");
    }
    var allowed =
        Duration.between(
            state.begunAt().orElse(context.now()), state.deadline().orElse(context.now()));
    var deadline = context.now().plus(allowed.compareTo(SHORTEST) < 0 ? SHORTEST : allowed);
    return Decision.accept(
        new OperationEvent.Retried(state.attempt() + 1, deadline, context.now()));
  }

  private static Decision<OperationEvent> expire(OperationState state, Context context) {
    if (!state.open()) {
      return Decision.accept();
    }
    var deadline = state.deadline().orElse(Instant.MIN);
    return context.now().isAfter(deadline)
        ? Decision.accept(new OperationEvent.Expired(deadline, context.now()))
        : Decision.refuse(
            OperationRefusal.OPERATION_NOT_EXPIRED,
            "now: " + context.now() + " (expected: after the deadline " + deadline + ")");
  }

  private static Decision<OperationEvent> badDeadline(Instant deadline, Context context) {
    return Decision.refuse(
        OperationRefusal.OPERATION_DEADLINE_INVALID,
        "deadline: " + deadline + " (expected: after " + context.now() + ")");
  }

  private static Decision<OperationEvent> missingReason() {
    return Decision.refuse(
        OperationRefusal.OPERATION_TEXT_INVALID, "reason: \"\" (expected: a reason)");
  }

  private static Decision<OperationEvent> notRunning(OperationState state) {
    return state.open()
        ? Decision.refuse(
            OperationRefusal.OPERATION_NOT_RUNNING,
            "operation: " + word(state) + " (expected: running)")
        : ended(state, "running");
  }

  private static Decision<OperationEvent> ended(OperationState state, String expected) {
    var code =
        state.open() ? OperationRefusal.OPERATION_NOT_PENDING : OperationRefusal.OPERATION_ENDED;
    return Decision.refuse(code, "operation: " + word(state) + " (expected: " + expected + ")");
  }

  private static String word(OperationState state) {
    return state.status().name().toLowerCase(Locale.ROOT);
  }

  @Override
  public OperationState evolve(OperationState state, OperationEvent event) {
    return state.after(event);
  }
}

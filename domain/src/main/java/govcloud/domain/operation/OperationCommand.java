package govcloud.domain.operation;

import java.time.Instant;
import java.util.List;

/** What may be asked of a long-running request. */
public sealed interface OperationCommand {

  /**
   * Begins to follow a request.
   *
   * @param kind what is to be done, such as {@code app.provision}
   * @param subject entity id of what it is done to, such as {@code app/harbour/permits}
   * @param tenant the department that it is done for
   * @param steps names of its parts in order; may be empty
   * @param deadline when it counts as failed unless it has ended
   */
  record Open(String kind, String subject, String tenant, List<String> steps, Instant deadline)
      implements OperationCommand {
    public Open {
      steps = List.copyOf(steps);
    }
  }

  /** A person must agree first, until {@code deadline}. */
  record AwaitApproval(Instant deadline) implements OperationCommand {}

  /**
   * A person signs a {@link DangerousCommand}; the second of two people begins it.
   *
   * @param signature which has been verified
   * @param deadline by which the work must have ended
   */
  record Sign(CommandSignature signature, Instant deadline) implements OperationCommand {}

  /** The work begins and must have ended by {@code deadline}. */
  record Start(Instant deadline) implements OperationCommand {}

  /** Tells how far the work is: {@code done} of {@code total} in {@code unit}. */
  record ReportProgress(long done, long total, String unit) implements OperationCommand {}

  /** The work is done; {@code result} is what came of it, such as an entity id. */
  record Succeed(String result) implements OperationCommand {}

  /** The work could not be done. */
  record Fail(String reason, boolean retryable) implements OperationCommand {}

  /** The work is no longer wanted. */
  record Cancel(String reason) implements OperationCommand {}

  /** Begins failed work again at once, within as much time as it had before. */
  record Retry() implements OperationCommand {}

  /** Ends an operation whose deadline has passed. */
  record Expire() implements OperationCommand {}
}

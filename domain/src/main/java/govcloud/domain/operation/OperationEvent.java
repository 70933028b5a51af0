package govcloud.domain.operation;

import java.time.Instant;
import java.util.List;

/** What may have happened to a long-running request. */
public sealed interface OperationEvent {

  /** When it happened. */
  Instant at();

  /** The request is followed; see {@link OperationCommand.Open}. */
  record Opened(
      String kind,
      String subject,
      String tenant,
      List<String> steps,
      String requester,
      Instant deadline,
      Instant at)
      implements OperationEvent {
    public Opened {
      steps = List.copyOf(steps);
    }
  }

  /** A person must agree first. */
  record ApprovalAwaited(Instant deadline, Instant at) implements OperationEvent {}

  /**
   * A person has signed.
   *
   * @param role in which; empty in records from before it was kept
   */
  record Signed(CommandSignature signature, String role, Instant at) implements OperationEvent {}

  /** The work has begun. */
  record Started(Instant deadline, Instant at) implements OperationEvent {}

  /** The work has come as far as this. */
  record Progressed(long done, long total, String unit, Instant at) implements OperationEvent {}

  /** The work is done. */
  record Succeeded(String result, Instant at) implements OperationEvent {}

  /** The work could not be done. */
  record Failed(String reason, boolean retryable, Instant at) implements OperationEvent {}

  /** The work is no longer wanted. */
  record Cancelled(String reason, Instant at) implements OperationEvent {}

  /** The work goes on from its beginning. */
  record Retried(int attempt, Instant deadline, Instant at) implements OperationEvent {}

  /** The deadline passed; work may be retried, an approval that nobody gave may not. */
  record Expired(Instant deadline, Instant at) implements OperationEvent {}
}

package govcloud.node.operation;

import govcloud.domain.operation.OperationState.Status;
import java.time.Instant;
import java.util.List;

/**
 * An operation in a list.
 *
 * @param operation its identifier
 * @param kind such as {@code app.provision}
 * @param subject entity id of what it is done to
 * @param done how far it is, of {@code total} in {@code unit}; total 0 means that it is not known
 * @param reason why it failed or was cancelled, otherwise an empty string
 * @param deadline when it counts as failed unless it has ended
 * @param version of the entity that the row reflects
 */
public record OperationRow(
    String operation,
    String kind,
    String subject,
    String tenant,
    List<String> steps,
    Status status,
    int attempt,
    long done,
    long total,
    String unit,
    String reason,
    boolean retryable,
    String result,
    Instant deadline,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  /** Whether it has not ended. */
  public boolean open() {
    return status == Status.PENDING
        || status == Status.WAITING_APPROVAL
        || status == Status.RUNNING;
  }

  /** The status as lower-case word, as in URLs. */
  public String statusLabel() {
    return OperationView.label(status);
  }
}

package govcloud.node.replication;

import govcloud.domain.identity.Account;
import govcloud.domain.identity.AccountState;
import govcloud.domain.operation.DangerousCommand;
import govcloud.domain.operation.KeyRotation;
import govcloud.domain.operation.OperationState;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.operation.ApprovalRequests;
import govcloud.replication.keys.KeyApprovals;
import govcloud.replication.keys.KeyFolder;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What the log says of who signed for a cloud's keys. Blocks. */
final class KeyLog {
  private static final long PATIENCE_SECONDS = 20;

  private final Entities entities;
  private final KeyApprovals approvals;

  /** For the cloud that has these keys. */
  KeyLog(Entities entities, KeyFolder keys) {
    this.entities = entities;
    this.approvals = new KeyApprovals(keys);
  }

  /** Under what the operation of a key is noted. */
  static String noted(KeyRotation rotation) {
    return rotation.kind().word() + "-" + rotation.number();
  }

  /** Whether there is anybody who could sign. */
  boolean hasOfficers() throws Exception {
    return this.<AccountState>read("account/" + Account.COMMAND_LINE).exists();
  }

  /** An operation, as it is now. */
  OperationState operation(String name) throws Exception {
    return this.<OperationState>read(ApprovalRequests.id(name)).state();
  }

  /** The operation that is noted for a key, if two officers have signed it and it says the same. */
  Optional<OperationState> signed(String noted, DangerousCommand command, String subject)
      throws Exception {
    Optional<String> name = approvals.operation(noted);
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(operation(name.get())).filter(state -> isFor(state, command, subject));
  }

  private static boolean isFor(OperationState state, DangerousCommand command, String subject) {
    return state.kind().equals(command.kind())
        && state.subject().equals(subject)
        && state.signatures().size() >= DangerousCommand.SIGNERS;
  }

  /** The same, for a key that follows another; it has been decided which one it is. */
  Optional<OperationState> decided(KeyRotation rotation) throws Exception {
    return signed(noted(rotation), DangerousCommand.ROTATE_KEY, rotation.subject())
        .filter(state -> state.status() == OperationState.Status.SUCCEEDED);
  }

  /**
   * Has the next key made in the name of one operation alone.
   *
   * @return another operation in whose name it is being made, or was; empty: this one's
   */
  Optional<String> claim(KeyRotation rotation, String operation) throws Exception {
    String holder = approvals.claim(noted(rotation), operation);
    if (holder.equals(operation)) {
      return Optional.empty();
    }
    if (isMaking(holder, rotation)) {
      return Optional.of(holder);
    }
    approvals.note(noted(rotation), operation);
    return Optional.empty();
  }

  /** The operation in whose name the next key is being made. */
  Optional<String> making(KeyRotation rotation) throws Exception {
    Optional<String> holder = approvals.operation(noted(rotation));
    return holder.isPresent() && isMaking(holder.get(), rotation) ? holder : Optional.empty();
  }

  /** One that has failed leaves the number to another. */
  private boolean isMaking(String operation, KeyRotation rotation) throws Exception {
    OperationState state = operation(operation);
    return isFor(state, DangerousCommand.ROTATE_KEY, rotation.subject())
        && (state.status() == OperationState.Status.RUNNING
            || state.status() == OperationState.Status.SUCCEEDED);
  }

  private <S> Answer<S> read(String entity) throws Exception {
    return entities.<S>read(entity).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}

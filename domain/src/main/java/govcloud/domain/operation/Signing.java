package govcloud.domain.operation;

import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.Refusal;
import govcloud.domain.operation.OperationState.Status;
import java.util.List;
import java.util.Optional;

/**
 * The rule of two people. Whether a signature is one is found out before and told; who may give it,
 * and that the command begins by the second of two people alone, is decided here.
 */
final class Signing {

  private Signing() {}

  static Decision<OperationEvent> sign(
      OperationState state, OperationCommand.Sign c, Context context) {
    return fault(state, c.signature(), context)
        .<Decision<OperationEvent>>map(Decision.Refused::new)
        .orElseGet(() -> signed(state, c, context));
  }

  private static Decision<OperationEvent> signed(
      OperationState state, OperationCommand.Sign c, Context context) {
    var signed = new OperationEvent.Signed(c.signature(), context.actor().role(), context.now());
    return state.signatures().size() + 1 < DangerousCommand.SIGNERS
        ? Decision.accept(signed)
        : new Decision.Accepted<>(
            List.of(signed, new OperationEvent.Started(c.deadline(), context.now())));
  }

  private static Optional<Refusal> fault(
      OperationState state, CommandSignature given, Context context) {
    var command = DangerousCommand.of(state.kind());
    var actor = context.actor();
    if (command.isEmpty() || state.status() != Status.WAITING_APPROVAL) {
      return refusal(
          OperationRefusal.APPROVAL_NOT_AWAITED,
          "operation: " + state.kind() + ", " + state.status(),
          "one that waits for two people");
    } else if (!actor.person().equals(given.person())
        || !actor.account().isEmpty()
        || !command.get().roles().contains(actor.role())) {
      return refusal(
          OperationRefusal.APPROVAL_ROLE_WRONG,
          "signed by: " + actor.person() + " as " + actor.role(),
          "in person, as one of " + command.get().roles().stream().sorted().toList());
    } else if (state.isSignedBy(given.person())) {
      return refusal(
          OperationRefusal.APPROVAL_OWN,
          "signed by: " + given.person() + ", who signed it before",
          "somebody else");
    } else if (command.get().needsDifferentRoles() && hasSigned(state, actor.role())) {
      return refusal(
          OperationRefusal.APPROVAL_SAME_DUTY,
          "signed by: two people as " + actor.role(),
          "people of different duties");
    } else if (state.signatures().stream()
        .anyMatch(one -> !one.signature().command().equals(given.command()))) {
      return refusal(
          OperationRefusal.APPROVAL_OTHER_COMMAND,
          "command: another text",
          "what was signed first");
    } else if (!context.now().isBefore(state.deadline().orElseThrow())) {
      return refusal(
          OperationRefusal.APPROVAL_NOT_AWAITED,
          "now: " + context.now(),
          "before " + state.deadline().orElseThrow());
    }
    return Optional.empty();
  }

  private static boolean hasSigned(OperationState state, String role) {
    return state.signatures().stream().anyMatch(one -> one.role().equals(role));
  }

  private static Optional<Refusal> refusal(OperationRefusal code, String is, String expected) {
    return Optional.of(Refusal.of(code, is + " (expected: " + expected + ")"));
  }

  /** Why an operation may not begin yet. */
  static Optional<Decision<OperationEvent>> missing(OperationState state) {
    var signed = state.signatures().size();
    return DangerousCommand.of(state.kind()).isPresent() && signed < DangerousCommand.SIGNERS
        ? Optional.of(
            Decision.refuse(
                OperationRefusal.APPROVALS_MISSING,
                "signed by: " + signed + " (expected: " + DangerousCommand.SIGNERS + " people)"))
        : Optional.empty();
  }
}

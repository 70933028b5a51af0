package govcloud.protobuf.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import govcloud.domain.Commit;
import govcloud.domain.operation.CommandSignature;
import govcloud.domain.operation.OperationEvent;
import govcloud.protobuf.journal.v1.OperationChange;
import govcloud.protobuf.journal.v1.OperationCommit;
import java.time.Instant;
import java.util.ArrayList;

/** Journal form of {@link OperationEvent}. */
public final class OperationCodec extends ProtobufCommitCodec<OperationEvent> {

  /** The codec of {@code operation/1}. */
  public OperationCodec() {
    super("operation", 1, OperationEvent.class);
  }

  @Override
  MessageLite write(Commit<OperationEvent> commit) {
    var message = OperationCommit.newBuilder().setHeader(header(commit));
    for (var event : commit.events()) {
      var change = change(event);
      if (!event.at().equals(commit.at())) {
        change.setAt(timestamp(event.at()));
      }
      message.addChanges(change);
    }
    return message.build();
  }

  @Override
  Commit<OperationEvent> read(byte[] payload) throws InvalidProtocolBufferException {
    var message = OperationCommit.parseFrom(payload);
    var events = new ArrayList<OperationEvent>();
    for (var change : message.getChangesList()) {
      events.add(
          event(change, instant(change.hasAt() ? change.getAt() : message.getHeader().getAt())));
    }
    return commit(message.getHeader(), events);
  }

  private static OperationChange.Builder change(OperationEvent event) {
    var change = OperationChange.newBuilder();
    if (event instanceof OperationEvent.Opened e) {
      change.setOpened(opened(e));
    } else if (event instanceof OperationEvent.ApprovalAwaited e) {
      change.getApprovalAwaitedBuilder().setDeadline(timestamp(e.deadline()));
    } else if (event instanceof OperationEvent.Signed e) {
      change.setSigned(signed(e.signature()).setRole(e.role()));
    } else if (event instanceof OperationEvent.Started e) {
      change.getStartedBuilder().setDeadline(timestamp(e.deadline()));
    } else if (event instanceof OperationEvent.Progressed e) {
      change.getProgressedBuilder().setDone(e.done()).setTotal(e.total()).setUnit(e.unit());
    } else if (event instanceof OperationEvent.Succeeded e) {
      change.getSucceededBuilder().setResult(e.result());
    } else if (event instanceof OperationEvent.Failed e) {
      change.getFailedBuilder().setReason(e.reason()).setRetryable(e.retryable());
    } else if (event instanceof OperationEvent.Cancelled e) {
      change.getCancelledBuilder().setReason(e.reason());
    } else if (event instanceof OperationEvent.Retried e) {
      change.getRetriedBuilder().setAttempt(e.attempt()).setDeadline(timestamp(e.deadline()));
    } else if (event instanceof OperationEvent.Expired e) {
      change.getExpiredBuilder().setDeadline(timestamp(e.deadline()));
    } else {
      throw formless(event);
    }
    return change;
  }

  private static OperationChange.Opened opened(OperationEvent.Opened e) {
    return OperationChange.Opened.newBuilder()
        .setOperationKind(e.kind())
        .setSubject(e.subject())
        .setTenant(e.tenant())
        .addAllSteps(e.steps())
        .setRequester(e.requester())
        .setDeadline(timestamp(e.deadline()))
        .build();
  }

  private OperationEvent event(OperationChange change, Instant at) {
    return switch (change.getKindCase()) {
      case OPENED -> opened(change.getOpened(), at);
      case APPROVAL_AWAITED ->
          new OperationEvent.ApprovalAwaited(
              instant(change.getApprovalAwaited().getDeadline()), at);
      case STARTED -> new OperationEvent.Started(instant(change.getStarted().getDeadline()), at);
      case PROGRESSED ->
          new OperationEvent.Progressed(
              change.getProgressed().getDone(),
              change.getProgressed().getTotal(),
              change.getProgressed().getUnit(),
              at);
      case SUCCEEDED -> new OperationEvent.Succeeded(change.getSucceeded().getResult(), at);
      case FAILED ->
          new OperationEvent.Failed(
              change.getFailed().getReason(), change.getFailed().getRetryable(), at);
      case CANCELLED -> new OperationEvent.Cancelled(change.getCancelled().getReason(), at);
      case RETRIED ->
          new OperationEvent.Retried(
              change.getRetried().getAttempt(), instant(change.getRetried().getDeadline()), at);
      case EXPIRED -> new OperationEvent.Expired(instant(change.getExpired().getDeadline()), at);
      case SIGNED ->
          new OperationEvent.Signed(
              signature(change.getSigned()), change.getSigned().getRole(), at);
      case KIND_NOT_SET -> throw unknown("event");
    };
  }

  private static OperationEvent opened(OperationChange.Opened opened, Instant at) {
    return new OperationEvent.Opened(
        opened.getOperationKind(),
        opened.getSubject(),
        opened.getTenant(),
        opened.getStepsList(),
        opened.getRequester(),
        instant(opened.getDeadline()),
        at);
  }

  private static OperationChange.Signed.Builder signed(CommandSignature one) {
    return OperationChange.Signed.newBuilder()
        .setCommand(one.command())
        .setPerson(one.person())
        .setPasskey(one.passkey())
        .setPublicKey(one.publicKey())
        .setClientData(one.clientData())
        .setAuthenticatorData(one.authenticatorData())
        .setSignature(one.signature());
  }

  private static CommandSignature signature(OperationChange.Signed one) {
    return new CommandSignature(
        one.getCommand(),
        one.getPerson(),
        one.getPasskey(),
        one.getPublicKey(),
        one.getClientData(),
        one.getAuthenticatorData(),
        one.getSignature());
  }
}

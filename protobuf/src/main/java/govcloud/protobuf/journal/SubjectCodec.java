package govcloud.protobuf.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import govcloud.domain.Commit;
import govcloud.domain.subject.LegalBasis;
import govcloud.domain.subject.SubjectEvent;
import govcloud.protobuf.journal.v1.SubjectChange;
import govcloud.protobuf.journal.v1.SubjectCommit;
import java.time.Instant;
import java.util.ArrayList;

/** Journal form of {@link SubjectEvent}. */
public final class SubjectCodec extends ProtobufCommitCodec<SubjectEvent> {

  /** The codec of {@code subject/1}. */
  public SubjectCodec() {
    super("subject", 1, SubjectEvent.class);
  }

  @Override
  MessageLite write(Commit<SubjectEvent> commit) {
    var message = SubjectCommit.newBuilder().setHeader(header(commit));
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
  Commit<SubjectEvent> read(byte[] payload) throws InvalidProtocolBufferException {
    var message = SubjectCommit.parseFrom(payload);
    var events = new ArrayList<SubjectEvent>();
    for (var change : message.getChangesList()) {
      events.add(
          event(change, instant(change.hasAt() ? change.getAt() : message.getHeader().getAt())));
    }
    return commit(message.getHeader(), events);
  }

  private static SubjectChange.Builder change(SubjectEvent event) {
    var change = SubjectChange.newBuilder();
    if (event instanceof SubjectEvent.Held e) {
      change.getHeldBuilder().setHold(e.hold()).setReason(e.reason()).setPerson(e.person());
    } else if (event instanceof SubjectEvent.Released e) {
      change.getReleasedBuilder().setHold(e.hold()).setPerson(e.person());
    } else if (event instanceof SubjectEvent.Erased e) {
      change
          .getErasedBuilder()
          .setKey(e.key())
          .setBasis(basis(e.basis()))
          .setOperation(e.operation());
    } else {
      throw formless(event);
    }
    return change;
  }

  private SubjectEvent event(SubjectChange change, Instant at) {
    return switch (change.getKindCase()) {
      case HELD ->
          new SubjectEvent.Held(
              change.getHeld().getHold(),
              change.getHeld().getReason(),
              change.getHeld().getPerson(),
              at);
      case RELEASED ->
          new SubjectEvent.Released(
              change.getReleased().getHold(), change.getReleased().getPerson(), at);
      case ERASED ->
          new SubjectEvent.Erased(
              change.getErased().getKey(),
              basis(change.getErased().getBasis()),
              change.getErased().getOperation(),
              at);
      case KIND_NOT_SET -> throw unknown("event");
    };
  }

  private static SubjectChange.Basis basis(LegalBasis basis) {
    return switch (basis) {
      case PURPOSE_ENDED -> SubjectChange.Basis.PURPOSE_ENDED;
      case RETENTION_ENDED -> SubjectChange.Basis.RETENTION_ENDED;
      case CONSENT_WITHDRAWN -> SubjectChange.Basis.CONSENT_WITHDRAWN;
      case UNLAWFUL_PROCESSING -> SubjectChange.Basis.UNLAWFUL_PROCESSING;
      case OTHER_LAW -> SubjectChange.Basis.OTHER_LAW;
    };
  }

  private LegalBasis basis(SubjectChange.Basis basis) {
    return switch (basis) {
      case PURPOSE_ENDED -> LegalBasis.PURPOSE_ENDED;
      case RETENTION_ENDED -> LegalBasis.RETENTION_ENDED;
      case CONSENT_WITHDRAWN -> LegalBasis.CONSENT_WITHDRAWN;
      case UNLAWFUL_PROCESSING -> LegalBasis.UNLAWFUL_PROCESSING;
      case OTHER_LAW -> LegalBasis.OTHER_LAW;
      case BASIS_UNKNOWN, UNRECOGNIZED -> throw unknown("legal basis");
    };
  }
}

package govcloud.protobuf.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import govcloud.domain.Commit;
import govcloud.domain.objection.ObjectionEvent;
import govcloud.domain.objection.ObjectionState;
import govcloud.protobuf.journal.v1.ObjectionChange;
import govcloud.protobuf.journal.v1.ObjectionCommit;
import java.time.Instant;
import java.util.ArrayList;

/** Journal form of {@link ObjectionEvent}. */
public final class ObjectionCodec extends ProtobufCommitCodec<ObjectionEvent> {

  /** The codec of {@code objection/1}. */
  public ObjectionCodec() {
    super("objection", 1, ObjectionEvent.class);
  }

  @Override
  MessageLite write(Commit<ObjectionEvent> commit) {
    var message = ObjectionCommit.newBuilder().setHeader(header(commit));
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
  Commit<ObjectionEvent> read(byte[] payload) throws InvalidProtocolBufferException {
    var message = ObjectionCommit.parseFrom(payload);
    var events = new ArrayList<ObjectionEvent>();
    for (var change : message.getChangesList()) {
      events.add(
          event(change, instant(change.hasAt() ? change.getAt() : message.getHeader().getAt())));
    }
    return commit(message.getHeader(), events);
  }

  private static ObjectionChange.Builder change(ObjectionEvent event) {
    var change = ObjectionChange.newBuilder();
    if (event instanceof ObjectionEvent.Raised e) {
      change.setRaised(raised(e));
    } else if (event instanceof ObjectionEvent.Answered e) {
      change.getAnsweredBuilder().setUpheld(e.upheld()).setReason(e.reason()).setPerson(e.person());
    } else if (event instanceof ObjectionEvent.Escalated e) {
      change.getEscalatedBuilder().setDue(timestamp(e.due()));
    } else {
      throw formless(event);
    }
    return change;
  }

  private static ObjectionChange.Raised raised(ObjectionEvent.Raised e) {
    var matter = e.matter();
    return ObjectionChange.Raised.newBuilder()
        .setExchange(matter.exchange())
        .setConsumer(matter.consumer())
        .setProvider(matter.provider())
        .setAgreement(matter.agreement())
        .setNameZh(matter.nameZh())
        .setNameEn(matter.nameEn())
        .setCaseId(matter.caseId())
        .setPurpose(matter.purpose())
        .setLegalBasis(matter.legalBasis())
        .addAllFields(matter.fields())
        .setIndex(matter.index())
        .setText(e.text())
        .setDue(timestamp(e.due()))
        .build();
  }

  private ObjectionEvent event(ObjectionChange change, Instant at) {
    return switch (change.getKindCase()) {
      case RAISED -> raised(change.getRaised(), at);
      case ANSWERED ->
          new ObjectionEvent.Answered(
              change.getAnswered().getUpheld(),
              change.getAnswered().getReason(),
              change.getAnswered().getPerson(),
              at);
      case ESCALATED -> new ObjectionEvent.Escalated(instant(change.getEscalated().getDue()), at);
      case KIND_NOT_SET -> throw unknown("event");
    };
  }

  private static ObjectionEvent raised(ObjectionChange.Raised raised, Instant at) {
    return new ObjectionEvent.Raised(
        new ObjectionState.Matter(
            raised.getExchange(),
            raised.getConsumer(),
            raised.getProvider(),
            raised.getAgreement(),
            raised.getNameZh(),
            raised.getNameEn(),
            raised.getCaseId(),
            raised.getPurpose(),
            raised.getLegalBasis(),
            raised.getFieldsList(),
            raised.getIndex()),
        raised.getText(),
        instant(raised.getDue()),
        at);
  }
}

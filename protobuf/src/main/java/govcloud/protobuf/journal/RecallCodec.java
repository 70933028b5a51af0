package govcloud.protobuf.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import govcloud.domain.Commit;
import govcloud.domain.recall.RecallEvent;
import govcloud.domain.recall.RecallState;
import govcloud.protobuf.journal.v1.RecallChange;
import govcloud.protobuf.journal.v1.RecallCommit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/** Journal form of {@link RecallEvent}. */
public final class RecallCodec extends ProtobufCommitCodec<RecallEvent> {

  /** The codec of {@code recall/1}. */
  public RecallCodec() {
    super("recall", 1, RecallEvent.class);
  }

  @Override
  MessageLite write(Commit<RecallEvent> commit) {
    var message = RecallCommit.newBuilder().setHeader(header(commit));
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
  Commit<RecallEvent> read(byte[] payload) throws InvalidProtocolBufferException {
    var message = RecallCommit.parseFrom(payload);
    var events = new ArrayList<RecallEvent>();
    for (var change : message.getChangesList()) {
      events.add(
          event(change, instant(change.hasAt() ? change.getAt() : message.getHeader().getAt())));
    }
    return commit(message.getHeader(), events);
  }

  private static RecallChange.Builder change(RecallEvent event) {
    var change = RecallChange.newBuilder();
    if (event instanceof RecallEvent.Issued e) {
      change.setIssued(issued(e));
    } else if (event instanceof RecallEvent.Told e) {
      var told = change.getToldBuilder();
      e.receivers().forEach(one -> told.addReceivers(receiver(one)));
    } else if (event instanceof RecallEvent.Acknowledged e) {
      change
          .getAcknowledgedBuilder()
          .setConsumer(e.consumer())
          .setCaseId(e.caseId())
          .setNote(e.note())
          .setPerson(e.person());
    } else if (event instanceof RecallEvent.Escalated e) {
      change.getEscalatedBuilder().setDue(timestamp(e.due()));
    } else {
      throw formless(event);
    }
    return change;
  }

  private static RecallChange.Issued issued(RecallEvent.Issued e) {
    var matter = e.matter();
    var issued = RecallChange.Issued.newBuilder();
    e.due().ifPresent(due -> issued.setDue(timestamp(due)));
    return issued
        .setProvider(matter.provider())
        .setResource(matter.resource())
        .setNameZh(matter.nameZh())
        .setNameEn(matter.nameEn())
        .setSubject(matter.subject())
        .addAllFields(matter.fields())
        .setSince(timestamp(matter.since()))
        .setReason(matter.reason())
        .setPerson(e.person())
        .build();
  }

  private static RecallChange.Receiver receiver(RecallState.Receiver one) {
    return RecallChange.Receiver.newBuilder()
        .setConsumer(one.consumer())
        .setCaseId(one.caseId())
        .setPerson(one.person())
        .setExchange(one.exchange())
        .setIndex(one.index())
        .build();
  }

  private RecallEvent event(RecallChange change, Instant at) {
    return switch (change.getKindCase()) {
      case ISSUED -> issued(change.getIssued(), at);
      case TOLD ->
          new RecallEvent.Told(
              change.getTold().getReceiversList().stream().map(RecallCodec::receiver).toList(), at);
      case ACKNOWLEDGED ->
          new RecallEvent.Acknowledged(
              change.getAcknowledged().getConsumer(),
              change.getAcknowledged().getCaseId(),
              change.getAcknowledged().getNote(),
              change.getAcknowledged().getPerson(),
              at);
      case ESCALATED -> new RecallEvent.Escalated(instant(change.getEscalated().getDue()), at);
      case KIND_NOT_SET -> throw unknown("event");
    };
  }

  private static RecallEvent issued(RecallChange.Issued issued, Instant at) {
    return new RecallEvent.Issued(
        new RecallState.Matter(
            issued.getProvider(),
            issued.getResource(),
            issued.getNameZh(),
            issued.getNameEn(),
            issued.getSubject(),
            issued.getFieldsList(),
            instant(issued.getSince()),
            issued.getReason()),
        issued.getPerson(),
        issued.hasDue() ? Optional.of(instant(issued.getDue())) : Optional.empty(),
        at);
  }

  private static RecallState.Receiver receiver(RecallChange.Receiver one) {
    return new RecallState.Receiver(
        one.getConsumer(), one.getCaseId(), one.getPerson(), one.getExchange(), one.getIndex());
  }
}

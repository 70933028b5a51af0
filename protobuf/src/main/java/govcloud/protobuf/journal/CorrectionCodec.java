package govcloud.protobuf.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import govcloud.domain.Commit;
import govcloud.domain.correction.CorrectionEvent;
import govcloud.domain.correction.CorrectionState;
import govcloud.domain.correction.CorrectionState.Asker;
import govcloud.protobuf.journal.v1.CorrectionChange;
import govcloud.protobuf.journal.v1.CorrectionCommit;
import java.time.Instant;
import java.util.ArrayList;

/** Journal form of {@link CorrectionEvent}. */
public final class CorrectionCodec extends ProtobufCommitCodec<CorrectionEvent> {

  /** The codec of {@code correction/1}. */
  public CorrectionCodec() {
    super("correction", 1, CorrectionEvent.class);
  }

  @Override
  MessageLite write(Commit<CorrectionEvent> commit) {
    var message = CorrectionCommit.newBuilder().setHeader(header(commit));
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
  Commit<CorrectionEvent> read(byte[] payload) throws InvalidProtocolBufferException {
    var message = CorrectionCommit.parseFrom(payload);
    var events = new ArrayList<CorrectionEvent>();
    for (var change : message.getChangesList()) {
      events.add(
          event(change, instant(change.hasAt() ? change.getAt() : message.getHeader().getAt())));
    }
    return commit(message.getHeader(), events);
  }

  private static CorrectionChange.Builder change(CorrectionEvent event) {
    var change = CorrectionChange.newBuilder();
    if (event instanceof CorrectionEvent.Asked e) {
      change.setAsked(asked(e));
    } else if (event instanceof CorrectionEvent.Accepted e) {
      change.getAcceptedBuilder().setRecall(e.recall()).setReason(e.reason()).setPerson(e.person());
    } else if (event instanceof CorrectionEvent.Refused e) {
      change.getRefusedBuilder().setReason(e.reason()).setPerson(e.person());
    } else if (event instanceof CorrectionEvent.Escalated e) {
      change.getEscalatedBuilder().setDue(timestamp(e.due()));
    } else {
      throw formless(event);
    }
    return change;
  }

  private static CorrectionChange.Asked asked(CorrectionEvent.Asked e) {
    var matter = e.matter();
    return CorrectionChange.Asked.newBuilder()
        .setAsker(
            switch (matter.asker()) {
              case CITIZEN -> CorrectionChange.Asker.ASKER_CITIZEN;
              case OFFICE -> CorrectionChange.Asker.ASKER_OFFICE;
            })
        .setExchange(matter.exchange())
        .setConsumer(matter.consumer())
        .setProvider(matter.provider())
        .setResource(matter.resource())
        .setNameZh(matter.nameZh())
        .setNameEn(matter.nameEn())
        .setCaseId(matter.caseId())
        .setField(matter.field())
        .setSubject(matter.subject())
        .setIndex(matter.index())
        .setValue(e.value())
        .setReason(e.reason())
        .setDue(timestamp(e.due()))
        .build();
  }

  private CorrectionEvent event(CorrectionChange change, Instant at) {
    return switch (change.getKindCase()) {
      case ASKED -> asked(change.getAsked(), at);
      case ACCEPTED ->
          new CorrectionEvent.Accepted(
              change.getAccepted().getRecall(),
              change.getAccepted().getReason(),
              change.getAccepted().getPerson(),
              at);
      case REFUSED ->
          new CorrectionEvent.Refused(
              change.getRefused().getReason(), change.getRefused().getPerson(), at);
      case ESCALATED -> new CorrectionEvent.Escalated(instant(change.getEscalated().getDue()), at);
      case KIND_NOT_SET -> throw unknown("event");
    };
  }

  private CorrectionEvent asked(CorrectionChange.Asked asked, Instant at) {
    return new CorrectionEvent.Asked(
        new CorrectionState.Matter(
            asker(asked.getAsker()),
            asked.getExchange(),
            asked.getConsumer(),
            asked.getProvider(),
            asked.getResource(),
            asked.getNameZh(),
            asked.getNameEn(),
            asked.getCaseId(),
            asked.getField(),
            asked.getSubject(),
            asked.getIndex()),
        asked.getValue(),
        asked.getReason(),
        instant(asked.getDue()),
        at);
  }

  private Asker asker(CorrectionChange.Asker asker) {
    return switch (asker) {
      case ASKER_CITIZEN -> Asker.CITIZEN;
      case ASKER_OFFICE -> Asker.OFFICE;
      case ASKER_UNSPECIFIED, UNRECOGNIZED -> throw unknown("asker");
    };
  }
}

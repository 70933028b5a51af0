package govcloud.protobuf.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import govcloud.domain.Commit;
import govcloud.domain.exchange.ExchangeEvent;
import govcloud.domain.exchange.ExchangeRecord;
import govcloud.protobuf.journal.v1.ExchangeChange;
import govcloud.protobuf.journal.v1.ExchangeCommit;
import govcloud.protobuf.journal.v1.KeptExchange;
import java.time.Instant;
import java.util.ArrayList;

/** Journal form of {@link ExchangeEvent}. */
public final class ExchangeCodec extends ProtobufCommitCodec<ExchangeEvent> {

  /** The codec of {@code exchange/1}. */
  public ExchangeCodec() {
    super("exchange", 1, ExchangeEvent.class);
  }

  @Override
  MessageLite write(Commit<ExchangeEvent> commit) {
    var message = ExchangeCommit.newBuilder().setHeader(header(commit));
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
  Commit<ExchangeEvent> read(byte[] payload) throws InvalidProtocolBufferException {
    var message = ExchangeCommit.parseFrom(payload);
    var events = new ArrayList<ExchangeEvent>();
    for (var change : message.getChangesList()) {
      events.add(
          event(change, instant(change.hasAt() ? change.getAt() : message.getHeader().getAt())));
    }
    return commit(message.getHeader(), events);
  }

  private static ExchangeChange.Builder change(ExchangeEvent event) {
    if (event instanceof ExchangeEvent.Kept e) {
      return ExchangeChange.newBuilder().setKept(kept(e.record()));
    }
    throw formless(event);
  }

  private ExchangeEvent event(ExchangeChange change, Instant at) {
    return switch (change.getKindCase()) {
      case KEPT -> new ExchangeEvent.Kept(record(change.getKept()), at);
      case KIND_NOT_SET -> throw unknown("event");
    };
  }

  private static KeptExchange kept(ExchangeRecord record) {
    return KeptExchange.newBuilder()
        .setId(record.id())
        .setConsumer(record.consumer())
        .setProvider(record.provider())
        .setAgreement(record.agreement())
        .setResource(record.resource())
        .setNameZh(record.nameZh())
        .setNameEn(record.nameEn())
        .setCaseId(record.caseId())
        .setPerson(record.person())
        .setRole(record.role())
        .setSubject(record.subject())
        .addAllFields(record.fields())
        .addAllMasked(record.masked())
        .setPurpose(record.purpose())
        .setLegalBasis(record.legalBasis())
        .setCode(record.code())
        .setRequestHash(record.requestHash())
        .setPolicyInput(record.policyInput())
        .setLog(record.log())
        .setIndex(record.index())
        .setLeaf(record.leaf())
        .setSecret(record.secret())
        .setByItself(record.byItself())
        .build();
  }

  private static ExchangeRecord record(KeptExchange kept) {
    return new ExchangeRecord(
        kept.getId(),
        kept.getConsumer(),
        kept.getProvider(),
        kept.getAgreement(),
        kept.getResource(),
        kept.getNameZh(),
        kept.getNameEn(),
        kept.getCaseId(),
        kept.getPerson(),
        kept.getRole(),
        kept.getSubject(),
        kept.getFieldsList(),
        kept.getMaskedList(),
        kept.getPurpose(),
        kept.getLegalBasis(),
        kept.getCode(),
        kept.getRequestHash(),
        kept.getPolicyInput(),
        kept.getLog(),
        kept.getIndex(),
        kept.getLeaf(),
        kept.getSecret(),
        kept.getByItself());
  }
}

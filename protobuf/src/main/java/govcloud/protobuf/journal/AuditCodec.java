package govcloud.protobuf.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import govcloud.domain.Commit;
import govcloud.domain.audit.AuditEvent;
import govcloud.domain.audit.AuditRecord;
import govcloud.protobuf.journal.v1.AuditChange;
import govcloud.protobuf.journal.v1.AuditCommit;
import govcloud.protobuf.journal.v1.AuditEntry;
import govcloud.protobuf.journal.v1.AuditOutcome;
import java.time.Instant;
import java.util.ArrayList;

/** Journal form of {@link AuditEvent}. */
public final class AuditCodec extends ProtobufCommitCodec<AuditEvent> {

  /** The codec of {@code audit/1}. */
  public AuditCodec() {
    super("audit", 1, AuditEvent.class);
  }

  @Override
  MessageLite write(Commit<AuditEvent> commit) {
    var message = AuditCommit.newBuilder().setHeader(header(commit));
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
  Commit<AuditEvent> read(byte[] payload) throws InvalidProtocolBufferException {
    var message = AuditCommit.parseFrom(payload);
    var events = new ArrayList<AuditEvent>();
    for (var change : message.getChangesList()) {
      events.add(
          event(change, instant(change.hasAt() ? change.getAt() : message.getHeader().getAt())));
    }
    return commit(message.getHeader(), events);
  }

  private static AuditChange.Builder change(AuditEvent event) {
    var change = AuditChange.newBuilder();
    if (event instanceof AuditEvent.Written e) {
      var written = change.getWrittenBuilder();
      e.records().forEach(record -> written.addEntries(entry(record)));
    } else if (event instanceof AuditEvent.RetentionRaised e) {
      change.getRetentionRaisedBuilder().setDays(e.days());
    } else {
      throw formless(event);
    }
    return change;
  }

  private AuditEvent event(AuditChange change, Instant at) {
    return switch (change.getKindCase()) {
      case WRITTEN ->
          new AuditEvent.Written(
              change.getWritten().getEntriesList().stream().map(this::record).toList(), at);
      case RETENTION_RAISED ->
          new AuditEvent.RetentionRaised(change.getRetentionRaised().getDays(), at);
      case KIND_NOT_SET -> throw unknown("event");
    };
  }

  private static AuditEntry entry(AuditRecord record) {
    return AuditEntry.newBuilder()
        .setAt(timestamp(record.at()))
        .setPerson(record.person())
        .setRole(record.role())
        .setAccount(record.account())
        .setAction(record.action())
        .setTenant(record.tenant())
        .setObject(record.object())
        .setOutcome(outcome(record.outcome()))
        .setCode(record.code())
        .setSource(record.source())
        .setRequestId(record.requestId())
        .setMore(record.count() - 1)
        .build();
  }

  private AuditRecord record(AuditEntry entry) {
    return new AuditRecord(
        instant(entry.getAt()),
        entry.getPerson(),
        entry.getRole(),
        entry.getAccount(),
        entry.getAction(),
        entry.getTenant(),
        entry.getObject(),
        outcome(entry.getOutcome()),
        entry.getCode(),
        entry.getSource(),
        entry.getRequestId(),
        entry.getMore() + 1);
  }

  private static AuditOutcome outcome(AuditRecord.Outcome outcome) {
    return switch (outcome) {
      case ALLOWED -> AuditOutcome.AUDIT_OUTCOME_ALLOWED;
      case DENIED -> AuditOutcome.AUDIT_OUTCOME_DENIED;
      case FAILED -> AuditOutcome.AUDIT_OUTCOME_FAILED;
      case ALARM -> AuditOutcome.AUDIT_OUTCOME_ALARM;
    };
  }

  private AuditRecord.Outcome outcome(AuditOutcome outcome) {
    return switch (outcome) {
      case AUDIT_OUTCOME_ALLOWED -> AuditRecord.Outcome.ALLOWED;
      case AUDIT_OUTCOME_DENIED -> AuditRecord.Outcome.DENIED;
      case AUDIT_OUTCOME_FAILED -> AuditRecord.Outcome.FAILED;
      case AUDIT_OUTCOME_ALARM -> AuditRecord.Outcome.ALARM;
      case AUDIT_OUTCOME_UNSPECIFIED, UNRECOGNIZED -> throw unknown("outcome");
    };
  }
}

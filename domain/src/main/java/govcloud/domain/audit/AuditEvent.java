package govcloud.domain.audit;

import java.time.Instant;
import java.util.List;

/** What happened to an audit stream. */
public sealed interface AuditEvent {

  /** When. */
  Instant at();

  /** Something was written down. */
  record Written(List<AuditRecord> records, Instant at) implements AuditEvent {
    public Written {
      records = List.copyOf(records);
    }
  }

  /** From now on the trail is kept for longer. */
  record RetentionRaised(int days, Instant at) implements AuditEvent {}
}

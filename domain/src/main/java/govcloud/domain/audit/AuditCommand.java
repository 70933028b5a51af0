package govcloud.domain.audit;

import java.util.List;

/** What may be asked of an audit stream. */
public sealed interface AuditCommand {

  /** Writes down what was seen. */
  record Write(List<AuditRecord> records) implements AuditCommand {
    public Write {
      records = List.copyOf(records);
    }
  }

  /** Keeps the trail for so many days; never for fewer than before. */
  record KeepFor(int days) implements AuditCommand {}
}

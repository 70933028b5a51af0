package govcloud.domain.audit;

import govcloud.domain.audit.AuditRecord.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of an audit stream without reading it.
 *
 * @param records how many are in it
 * @param alarms the latest alarms, the oldest first
 * @param retentionDays for so many days the trail is kept at least
 */
public record AuditState(long records, List<AuditRecord> alarms, int retentionDays) {

  /** Six months, as the Cybersecurity Law of the PRC, article 21, asks for at least. */
  public static final int SHORTEST_RETENTION = 183;

  /** So many alarms of a stream are remembered; all of them are in it. */
  static final int MOST_ALARMS = 50;

  /** Nothing written. */
  public static final AuditState EMPTY = new AuditState(0, List.of(), SHORTEST_RETENTION);

  public AuditState {
    alarms = List.copyOf(alarms);
  }

  /** The stream after {@code event}; accepts every event in every state. */
  AuditState after(AuditEvent event) {
    if (event instanceof AuditEvent.Written e) {
      return new AuditState(
          records + e.records().size(), latest(alarms, e.records()), retentionDays);
    } else if (event instanceof AuditEvent.RetentionRaised e) {
      return new AuditState(records, alarms, Math.max(retentionDays, e.days()));
    }
    throw new IllegalStateException("no rule for " + event.getClass().getName());
  }

  private static List<AuditRecord> latest(List<AuditRecord> before, List<AuditRecord> more) {
    if (more.stream().noneMatch(record -> record.outcome() == Outcome.ALARM)) {
      return before;
    }
    var all = new ArrayList<>(before);
    more.stream().filter(record -> record.outcome() == Outcome.ALARM).forEach(all::add);
    return all.subList(Math.max(0, all.size() - MOST_ALARMS), all.size());
  }
}

package govcloud.domain.alarm;

import java.time.Instant;

/** What happened to a book of alarms. */
public sealed interface AlarmEvent {

  /** When. */
  Instant at();

  /**
   * Somebody has to look at something.
   *
   * @param node which node saw it
   * @param since when it was seen first
   */
  record Raised(String kind, String subject, String detail, String node, Instant since, Instant at)
      implements AlarmEvent {}

  /** It is over. */
  record Cleared(String kind, String subject, Instant at) implements AlarmEvent {}
}

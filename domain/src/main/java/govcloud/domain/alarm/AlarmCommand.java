package govcloud.domain.alarm;

import java.time.Instant;

/** What may be asked of a book of alarms. */
public sealed interface AlarmCommand {

  /**
   * Somebody has to look at something; changes nothing while the same alarm is raised.
   *
   * @param kind such as {@code SIBLING_AWAY}
   * @param subject what it is about
   * @param detail what was seen
   * @param node which node saw it
   * @param since when it was seen first
   */
  record Raise(String kind, String subject, String detail, String node, Instant since)
      implements AlarmCommand {}

  /** It is over; changes nothing where it was not raised. */
  record Clear(String kind, String subject) implements AlarmCommand {}
}

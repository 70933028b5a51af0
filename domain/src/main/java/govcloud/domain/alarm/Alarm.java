package govcloud.domain.alarm;

import java.time.Instant;
import java.util.Optional;

/**
 * One alarm.
 *
 * @param kind such as {@code SIBLING_AWAY}
 * @param subject what it is about
 * @param detail what was seen first
 * @param node which node saw it first
 * @param since when it was seen first
 * @param until when it was over; empty: it is not
 */
public record Alarm(
    String kind,
    String subject,
    String detail,
    String node,
    Instant since,
    Optional<Instant> until) {

  /** Whether it is this one. */
  public boolean is(String ofKind, String ofSubject) {
    return kind.equals(ofKind) && subject.equals(ofSubject);
  }

  Alarm over(Instant at) {
    return new Alarm(kind, subject, detail, node, since, Optional.of(at));
  }
}

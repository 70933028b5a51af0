package govcloud.node.supervision;

import java.time.Instant;

/**
 * Use of data that somebody should look at; it may be right.
 *
 * @param office the department that asked
 * @param who the clerk, or for {@link Kind#CASE_REUSED} the case
 * @param count what was counted
 * @param limit up to which it is usual
 * @param from the first of what was counted
 * @param to the last of it
 * @param exchange the last of it, 32 hexadecimal digits
 */
public record Unusual(
    Kind kind,
    String office,
    String who,
    int count,
    int limit,
    Instant from,
    Instant to,
    String exchange) {

  /** What is unusual. */
  public enum Kind {
    /** One clerk asks outside office hours in Beijing. */
    OFF_HOURS,
    /** One clerk asks about many people within an hour. */
    ENUMERATION,
    /** One case is cited for many people. */
    CASE_REUSED,
    /** One clerk is refused again and again. */
    REFUSED_OFTEN,
    /** One clerk asks about himself or herself. */
    OWN_DATA,
    /** One clerk asks about people who work in the same department. */
    COLLEAGUES
  }
}

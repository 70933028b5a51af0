package govcloud.node.audit;

import govcloud.domain.audit.AuditRecord;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/**
 * Which records an auditor looks for; what is empty is not looked at.
 *
 * @param from the first moment that is looked at
 * @param to the moment behind the last one
 * @param object how the object begins
 * @param outcome in upper case
 */
record AuditFilter(
    Instant from,
    Instant to,
    Optional<String> person,
    Optional<String> action,
    Optional<String> tenant,
    Optional<String> object,
    Optional<String> outcome,
    Optional<String> code,
    Optional<String> requestId) {

  private static final Duration USUAL = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofDays(31);

  /** What a call asks for; the hour before now when it does not say. */
  static AuditFilter of(Call call, Instant now) {
    var to = time(call, "to").orElse(now.plusSeconds(1));
    var from = time(call, "from").orElse(to.minus(USUAL));
    if (!from.isBefore(to) || from.plus(LONGEST).isBefore(to)) {
      throw Problem.of(
              BorderCode.PARAMETER_MALFORMED,
              "from: %s, to: %s (expected: from before to, at most %d days)"
                  .formatted(from, to, LONGEST.toDays()))
          .asException();
    }
    return new AuditFilter(
        from,
        to,
        text(call, "person"),
        text(call, "action"),
        text(call, "tenant"),
        text(call, "object"),
        text(call, "outcome").map(word -> word.toUpperCase(Locale.ROOT)),
        text(call, "code"),
        text(call, "request_id"));
  }

  /** With an offset, or as a browser's form gives it: local time, to the minute. */
  private static Optional<Instant> time(Call call, String name) {
    return text(call, name).map(text -> time(name, text));
  }

  private static Instant time(String name, String text) {
    try {
      return text.matches("[^Zz+]*T[0-9:]*")
          ? LocalDateTime.parse(text).atZone(AuditHtml.ZONE).toInstant()
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw Problem.of(
              BorderCode.PARAMETER_MALFORMED,
              name + ": \"" + text + "\" (expected: such as 2026-03-02T09:00:00+08:00)")
          .asException();
    }
  }

  private static Optional<String> text(Call call, String name) {
    return call.parameter(name).map(String::strip).filter(text -> !text.isEmpty());
  }

  boolean fits(AuditRecord record) {
    return !record.at().isBefore(from)
        && record.at().isBefore(to)
        && is(person, record.person())
        && is(action, record.action())
        && is(tenant, record.tenant())
        && is(outcome, record.outcome().name())
        && is(code, record.code())
        && is(requestId, record.requestId())
        && object.map(record.object()::startsWith).orElse(true);
  }

  private static boolean is(Optional<String> wanted, String value) {
    return wanted.map(value::equals).orElse(true);
  }
}

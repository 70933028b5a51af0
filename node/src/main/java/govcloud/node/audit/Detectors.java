package govcloud.node.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import govcloud.domain.Actor;
import govcloud.domain.audit.AuditRecord;
import govcloud.domain.audit.AuditRecord.Outcome;
import govcloud.domain.identity.Roles;
import govcloud.node.audit.AuditPolicy.Level;
import govcloud.node.audit.AuditSettings.Watch;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Look at what is written down and say when somebody should look. Each node counts what it sees
 * itself, so a limit holds for each node. The same trouble is told once in ten minutes.
 */
final class Detectors {

  private static final Duration SIGN_IN_WINDOW = Duration.ofMinutes(5);
  private static final Duration DENIAL_WINDOW = Duration.ofMinutes(1);
  private static final Duration READ_WINDOW = Duration.ofMinutes(10);
  private static final Duration QUIET = Duration.ofMinutes(10);
  private static final int REMEMBERED = 10_000;

  /** Wherever a secret can be tried out. */
  private static final Set<String> SIGN_INS =
      Set.of(
          "signIn",
          "signInByPasskey",
          "beginSession",
          "visitFirst",
          "visitFirstByPage",
          "visitFirstAtProvider",
          "returnFromProvider",
          "changePassword");

  private static final Pattern READ = Pattern.compile("get|list|fetch");

  private final Watch watch;
  private final Cache<String, Deque<Instant>> counts =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build();
  private final Cache<String, Instant> told = Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  Detectors(Watch watch) {
    this.watch = watch;
  }

  /**
   * The alarms that a record raises.
   *
   * @param level of its operation
   * @param damaged whether a history was met that does not hold together
   */
  synchronized List<AuditRecord> seen(AuditRecord record, Level level, boolean damaged) {
    var alarms = new ArrayList<AuditRecord>();
    if (record.outcome() == Outcome.DENIED) {
      denied(record, alarms);
    } else if (isRead(record, level) && !isProgramThatImports(record)) {
      count(Alarm.BULK_READ, record, record.person(), watch.reads(), READ_WINDOW, alarms);
    } else if (level == Level.COMMAND && isOffHours(record)) {
      raise(Alarm.OFF_HOURS, record, record.person(), 1, alarms);
    }
    if (isCanary(record.object())) {
      raise(Alarm.CANARY_TOUCHED, record, record.person() + record.object(), 1, alarms);
    }
    if (damaged) {
      raise(Alarm.CHAIN_MISMATCH, record, record.object(), 1, alarms);
    }
    return alarms;
  }

  private void denied(AuditRecord record, List<AuditRecord> alarms) {
    if (SIGN_INS.contains(record.action())) {
      count(
          Alarm.BRUTE_FORCE,
          record,
          "@" + record.source(),
          watch.signIns(),
          SIGN_IN_WINDOW,
          alarms);
      count(Alarm.BRUTE_FORCE, record, record.person(), watch.signIns(), SIGN_IN_WINDOW, alarms);
    } else {
      var who = record.person().isEmpty() ? "@" + record.source() : record.person();
      count(Alarm.DENIAL_BURST, record, who, watch.denials(), DENIAL_WINDOW, alarms);
    }
  }

  private static boolean isRead(AuditRecord record, Level level) {
    return level == Level.ACCESS && READ.matcher(record.action()).lookingAt();
  }

  /** They read and write in bulk by trade. */
  private static boolean isProgramThatImports(AuditRecord record) {
    return record.role().equals(Actor.IMPORTER) || !record.account().isEmpty();
  }

  private boolean isOffHours(AuditRecord record) {
    var local = record.at().atZone(watch.zone());
    var weekend =
        local.getDayOfWeek() == DayOfWeek.SATURDAY || local.getDayOfWeek() == DayOfWeek.SUNDAY;
    var early = local.toLocalTime().isBefore(watch.workBegins());
    return Roles.DUTIES.contains(record.role())
        && (weekend || early || !local.toLocalTime().isBefore(watch.workEnds()));
  }

  private boolean isCanary(String path) {
    return watch.canaries().stream()
        .anyMatch(canary -> path.equals(canary) || path.startsWith(canary + "/"));
  }

  private void count(
      Alarm alarm,
      AuditRecord record,
      String subject,
      int most,
      Duration window,
      List<AuditRecord> alarms) {
    var times = counts.get(alarm + " " + subject, key -> new ArrayDeque<>());
    times.addLast(record.at());
    while (times.peekFirst().isBefore(record.at().minus(window)) || times.size() > most) {
      times.removeFirst();
    }
    if (times.size() >= most) {
      raise(alarm, record, subject, most, alarms);
    }
  }

  private void raise(
      Alarm alarm, AuditRecord record, String subject, long number, List<AuditRecord> alarms) {
    var key = alarm + " " + subject;
    var last = told.getIfPresent(key);
    if (last != null && record.at().isBefore(last.plus(QUIET))) {
      return;
    }
    told.put(key, record.at());
    alarms.add(
        new AuditRecord(
            record.at(),
            record.person(),
            record.role(),
            record.account(),
            alarm.action(),
            record.tenant(),
            record.object(),
            Outcome.ALARM,
            alarm.name(),
            record.source(),
            record.requestId(),
            number));
  }
}

package govcloud.node.supervision;

import govcloud.node.exchange.ExchangeRow;
import govcloud.node.supervision.Unusual.Kind;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds unusual use in exchanges: pure, so that the same exchanges give the same findings. */
final class UnusualUse {

  /** Exchanges of one clerk outside office hours that are usual. */
  static final int OFF_HOURS = 5;

  /** Different data subjects of one clerk within an hour that are usual. */
  static final int SUBJECTS_AN_HOUR = 20;

  /** Different data subjects of one case that are usual: a couple and whom they act for. */
  static final int SUBJECTS_OF_A_CASE = 3;

  /** Refusals of one clerk that are usual. */
  static final int REFUSALS = 5;

  private static final ZoneId BEIJING = ZoneId.of("Asia/Shanghai");
  private static final int OPENS = 7;
  private static final int CLOSES = 20;
  private static final Duration HOUR = Duration.ofHours(1);

  private UnusualUse() {}

  /**
   * What is unusual, the most striking first.
   *
   * @param workers for each department the accounts of each data subject who works there
   */
  static List<Unusual> of(
      List<ExchangeRow> exchanges, Map<String, Map<String, Set<String>>> workers) {
    List<ExchangeRow> sorted =
        exchanges.stream()
            // What came by itself is nobody's look.
            .filter(row -> !row.byItself())
            .sorted(Comparator.comparing(ExchangeRow::at).thenComparing(ExchangeRow::id))
            .toList();
    List<Unusual> found = new ArrayList<>();
    grouped(sorted, ExchangeRow::person)
        .forEach(
            rows -> {
              String clerk = rows.get(0).person();
              count(
                  found,
                  Kind.OFF_HOURS,
                  clerk,
                  OFF_HOURS,
                  rows.stream().filter(UnusualUse::isOff).toList());
              count(
                  found,
                  Kind.REFUSED_OFTEN,
                  clerk,
                  REFUSALS,
                  rows.stream().filter(row -> !row.code().isEmpty()).toList());
              enumeration(found, rows);
              acquainted(
                  found, clerk, rows, workers.getOrDefault(rows.get(0).consumer(), Map.of()));
            });
    grouped(sorted.stream().filter(row -> row.caseId().contains("/")).toList(), ExchangeRow::caseId)
        .forEach(rows -> reuse(found, rows));
    found.sort(
        Comparator.comparingDouble(
                (Unusual one) -> (double) -one.count() / Math.max(1, one.limit()))
            .thenComparing(Unusual::office)
            .thenComparing(Unusual::who)
            .thenComparing(Unusual::kind));
    return found;
  }

  /** In the order of office and name; each group in that of time. */
  private static Iterable<List<ExchangeRow>> grouped(
      List<ExchangeRow> rows, Function<ExchangeRow, String> by) {
    return rows.stream()
        .collect(
            Collectors.groupingBy(
                row -> row.consumer() + "\n" + by.apply(row), TreeMap::new, Collectors.toList()))
        .values();
  }

  private static void count(
      List<Unusual> found, Kind kind, String who, int limit, List<ExchangeRow> rows) {
    if (rows.size() > limit) {
      found.add(unusual(kind, who, rows.size(), limit, rows.get(0), rows.get(rows.size() - 1)));
    }
  }

  private static void acquainted(
      List<Unusual> found, String clerk, List<ExchangeRow> rows, Map<String, Set<String>> workers) {
    count(
        found,
        Kind.OWN_DATA,
        clerk,
        0,
        rows.stream().filter(row -> isOf(clerk, row, workers)).toList());
    count(
        found,
        Kind.COLLEAGUES,
        clerk,
        0,
        rows.stream()
            .filter(row -> workers.containsKey(row.subjectList()))
            .filter(row -> !isOf(clerk, row, workers))
            .toList());
  }

  /** Whether the data subject has this account. */
  private static boolean isOf(String clerk, ExchangeRow row, Map<String, Set<String>> workers) {
    return workers.getOrDefault(row.subjectList(), Set.of()).contains(clerk);
  }

  private static Unusual unusual(
      Kind kind, String who, int count, int limit, ExchangeRow first, ExchangeRow last) {
    return new Unusual(kind, last.consumer(), who, count, limit, first.at(), last.at(), last.id());
  }

  private static boolean isOff(ExchangeRow row) {
    var at = row.at().atZone(BEIJING);
    return at.getHour() < OPENS
        || at.getHour() >= CLOSES
        || at.getDayOfWeek() == DayOfWeek.SATURDAY
        || at.getDayOfWeek() == DayOfWeek.SUNDAY;
  }

  /** The hour with the most data subjects of one clerk. */
  private static void enumeration(List<Unusual> found, List<ExchangeRow> rows) {
    var window = new ArrayDeque<ExchangeRow>();
    Map<String, Integer> subjects = new HashMap<>();
    var most = 0;
    ExchangeRow first = null;
    ExchangeRow last = null;
    for (ExchangeRow row : rows) {
      window.add(row);
      subjects.merge(row.subjectList(), 1, Integer::sum);
      Instant begin = row.at().minus(HOUR);
      while (window.peek().at().isBefore(begin)) {
        subjects.computeIfPresent(
            window.remove().subjectList(), (subject, n) -> n == 1 ? null : n - 1);
      }
      if (subjects.size() > most) {
        most = subjects.size();
        first = window.peek();
        last = row;
      }
    }
    if (most > SUBJECTS_AN_HOUR) {
      found.add(unusual(Kind.ENUMERATION, last.person(), most, SUBJECTS_AN_HOUR, first, last));
    }
  }

  private static void reuse(List<Unusual> found, List<ExchangeRow> rows) {
    Set<String> subjects = new HashSet<>();
    rows.forEach(row -> subjects.add(row.subjectList()));
    if (subjects.size() > SUBJECTS_OF_A_CASE) {
      var last = rows.get(rows.size() - 1);
      found.add(
          unusual(
              Kind.CASE_REUSED,
              last.caseId(),
              subjects.size(),
              SUBJECTS_OF_A_CASE,
              rows.get(0),
              last));
    }
  }
}

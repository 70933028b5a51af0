package govcloud.node.catalogue;

import govcloud.domain.catalogue.GovernmentCalendar;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the holidays and make-up days of a government, year by year. */
final class CalendarReader {

  private static final int LONGEST_HOLIDAY = 30;

  private final SourceReader sources;
  private final Mistakes mistakes;

  CalendarReader(SourceReader sources, Mistakes mistakes) {
    this.sources = sources;
    this.mistakes = mistakes;
  }

  /** The calendar in the file; days that are mistaken are noted and left out. */
  GovernmentCalendar read(Path file, ZoneId zone) {
    Set<LocalDate> holidays = new HashSet<>();
    Set<LocalDate> makeUpDays = new HashSet<>();
    Set<Integer> years = new HashSet<>();
    var top =
        sources
            .text(file)
            .flatMap(text -> sources.parse(file, text))
            .map(node -> new Section("", node, mistakes).only("title", "years"));
    top.ifPresent(
        section -> {
          section.localText("title");
          section
              .sections("years")
              .forEach(
                  (name, year) -> {
                    year.only("source", "holidays", "make_up_days");
                    year.text("source");
                    if (name.matches("\\d{4}")) {
                      years.add(Integer.valueOf(name));
                      holidays(year, name, holidays);
                      makeUpDays(year, name, makeUpDays);
                    } else {
                      bad(year.node(), "year: " + name + " (expected: four digits)");
                    }
                  });
          contradictions(section.node(), holidays, makeUpDays);
        });
    makeUpDays.removeAll(holidays);
    return new GovernmentCalendar(zone, holidays, makeUpDays, years);
  }

  private void holidays(Section year, String number, Set<LocalDate> holidays) {
    for (var holiday : year.sectionList("holidays")) {
      holiday.only("title", "from", "to");
      holiday.localText("title");
      var from = date(holiday.node().member("from").orElse(holiday.node()), number);
      var to = date(holiday.node().member("to").orElse(holiday.node()), number);
      if (to.isBefore(from) || to.isAfter(from.plusDays(LONGEST_HOLIDAY))) {
        bad(
            holiday.node(),
            "holiday: " + from + " to " + to + " (expected: 1 to " + LONGEST_HOLIDAY + " days)");
      } else {
        from.datesUntil(to.plusDays(1)).forEach(holidays::add);
      }
    }
  }

  private void makeUpDays(Section year, String number, Set<LocalDate> makeUpDays) {
    var days = year.node().member("make_up_days").map(SourceNode::items).orElse(List.of());
    for (var node : days) {
      var day = date(node, number);
      if (day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
        bad(node, "make-up day: " + day + " is a " + day.getDayOfWeek() + " (expected: a weekend)");
      }
      makeUpDays.add(day);
    }
  }

  private void contradictions(
      SourceNode where, Set<LocalDate> holidays, Set<LocalDate> makeUpDays) {
    makeUpDays.stream()
        .filter(holidays::contains)
        .sorted()
        .forEach(day -> bad(where, day + ": holiday and make-up day (expected: one of them)"));
  }

  private LocalDate date(SourceNode node, String year) {
    try {
      var date = LocalDate.parse(node.text());
      if (date.getYear() == Integer.parseInt(year)) {
        return date;
      }
    } catch (DateTimeException e) {
      // Reported below like a day of another year.
    }
    bad(node, "day: \"" + node.text() + "\" (expected: a day of " + year + " as yyyy-MM-dd)");
    return LocalDate.of(Integer.parseInt(year), 1, 1);
  }

  private void bad(SourceNode where, String reason) {
    mistakes.at(where, MistakeCode.CATALOGUE_BAD_CALENDAR, reason);
  }
}

package govcloud.node.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.node.exchange.ExchangeRow;
import govcloud.node.supervision.Unusual.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class UnusualUseTest {

  /** A Monday, ten o'clock in Beijing. */
  private static final Instant MORNING = Instant.parse("2026-03-02T02:00:00Z");

  private static final Map<String, Map<String, Set<String>>> WORKERS =
      Map.of(
          "transport",
          Map.of("subject=own", Set.of("li"), "subject=wang's", Set.of("wang", "wang-2")),
          "tax",
          Map.of("subject=of tax", Set.of("li")));

  private final List<ExchangeRow> rows = new ArrayList<>();
  private boolean byItself;

  private void asks(Instant at, String person, String caseId, String subject, String code) {
    rows.add(
        new ExchangeRow(
            "%032x".formatted(rows.size()),
            at,
            "transport",
            "police",
            "violations",
            "traffic-violations",
            "违法",
            "Violations",
            caseId,
            person,
            "window-clerk",
            List.of(),
            List.of(),
            "年审",
            "《道路运输条例》",
            code,
            "log",
            rows.size(),
            "subject=" + subject,
            "",
            byItself));
  }

  private void asks(int times, Instant from, int everySeconds, String code) {
    for (int i = 0; i < times; i++) {
      asks(from.plusSeconds((long) i * everySeconds), "li", "permits/c-" + i, "s", code);
    }
  }

  private List<Kind> kinds() {
    return UnusualUse.of(rows, WORKERS).stream().map(Unusual::kind).toList();
  }

  @Test
  void workOfADay_isUsual() {
    for (int i = 0; i < 60; i++) {
      asks(MORNING.plusSeconds(300L * i), "li", "permits/c-" + i, "s-" + i, "");
    }
    assertThat(kinds()).isEmpty();
  }

  @Test
  void moreThanFiveAtNightOrAtAWeekend_areOffHours() {
    Instant eight = Instant.parse("2026-03-02T12:00:00Z");
    asks(UnusualUse.OFF_HOURS, eight, 60, "");
    asks(100, eight.minusSeconds(6000), 60, "");
    assertThat(kinds()).isEmpty();
    asks(Instant.parse("2026-03-07T02:00:00Z"), "li", "permits/x", "s", "");
    Unusual found = UnusualUse.of(rows, WORKERS).get(0);
    assertThat(found.kind()).isEqualTo(Kind.OFF_HOURS);
    assertThat(found.who()).isEqualTo("li");
    assertThat(found.count()).isEqualTo(6);
    assertThat(found.from()).isEqualTo(eight);
    assertThat(found.exchange()).isEqualTo("%032x".formatted(105));
  }

  @Test
  void whatNobodyAskedForAtThatMoment_isNobodysUse() {
    byItself = true;
    for (int i = 0; i < 100; i++) {
      asks(Instant.parse("2026-03-02T19:00:00Z"), "li", "permits/c-" + i, "s-" + i, "");
      asks(MORNING, "li", "permits/d-" + i, "s", "EXCHANGE_CASE_CLOSED");
    }
    assertThat(kinds()).isEmpty();
    byItself = false;
    asks(UnusualUse.OFF_HOURS, Instant.parse("2026-03-02T19:00:00Z"), 60, "");
    assertThat(kinds()).isEmpty();
    asks(1, Instant.parse("2026-03-02T19:30:00Z"), 1, "");
    assertThat(UnusualUse.of(rows, WORKERS))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.kind()).isEqualTo(Kind.OFF_HOURS);
              assertThat(one.count()).isEqualTo(6);
            });
  }

  @Test
  void clerkWhoLooksUpOneselfOrColleagues_isTold_andWhoWorksElsewhereIsNobodySpecial() {
    asks(MORNING, "li", "permits/c-1", "own", "");
    asks(MORNING, "li", "permits/c-2", "wang's", "EXCHANGE_SUBJECT_NOT_PARTY");
    asks(MORNING, "li", "permits/c-3", "wang's", "");
    asks(MORNING, "li", "permits/c-4", "of tax", "");
    asks(MORNING, "zhao", "permits/c-5", "a citizen's", "");
    var found = UnusualUse.of(rows, WORKERS);
    assertThat(found).extracting(Unusual::who).containsOnly("li");
    assertThat(found).extracting(Unusual::count).containsExactlyInAnyOrder(1, 2);
    assertThat(found)
        .extracting(one -> one.kind() + " " + one.count() + " " + one.limit())
        .containsExactly("COLLEAGUES 2 0", "OWN_DATA 1 0");
    assertThat(found.toString()).doesNotContain("subject=");
    byItself = true;
    rows.clear();
    asks(MORNING, "li", "permits/c-1", "own", "");
    assertThat(kinds()).as("what came by itself").isEmpty();
  }

  @Test
  void manyPeopleWithinAnHour_areEnumeration_overTwoHoursTheyAreNot() {
    for (int i = 0; i <= UnusualUse.SUBJECTS_AN_HOUR; i++) {
      asks(MORNING.plusSeconds(360L * i), "li", "permits/c-" + i, "s-" + i, "");
      asks(MORNING.plusSeconds(60L * i), "wang", "permits/d-" + i, "s-" + i, "");
      asks(MORNING.plusSeconds(60L * i), "zhao", "permits/e-" + i, "the same", "");
    }
    assertThat(UnusualUse.of(rows, WORKERS))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.kind()).isEqualTo(Kind.ENUMERATION);
              assertThat(one.who()).isEqualTo("wang");
              assertThat(one.count()).isEqualTo(21);
              assertThat(one.to()).isEqualTo(MORNING.plusSeconds(1200));
            });
  }

  @Test
  void oneCaseForManyPeople_isTold_alsoOfSeveralClerks() {
    for (int i = 0; i <= UnusualUse.SUBJECTS_OF_A_CASE; i++) {
      asks(MORNING.plusSeconds(i), "clerk-" + i, "permits/c-1", "s-" + i, "");
      asks(MORNING.plusSeconds(i), "li", "", "s-" + i, "");
    }
    assertThat(UnusualUse.of(rows, WORKERS))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.kind()).isEqualTo(Kind.CASE_REUSED);
              assertThat(one.who()).isEqualTo("permits/c-1");
              assertThat(one.count()).isEqualTo(4);
            });
  }

  @Test
  void refusedAgainAndAgain_isTold_theMostStrikingFirst_whateverTheOrder() {
    asks(UnusualUse.REFUSALS, MORNING, 1, "EXCHANGE_CASE_NOT_YOURS");
    assertThat(kinds()).isEmpty();
    asks(1, MORNING, 1, "EXCHANGE_FIELD_NOT_AGREED");
    for (int i = 0; i < 12; i++) {
      asks(MORNING.plusSeconds(i), "wang", "permits/d-" + i, "s", "EXCHANGE_CASE_CLOSED");
    }
    List<Unusual> found = UnusualUse.of(rows, WORKERS);
    assertThat(found).extracting(Unusual::who).containsExactly("wang", "li");
    assertThat(found).allSatisfy(one -> assertThat(one.kind()).isEqualTo(Kind.REFUSED_OFTEN));
    Collections.shuffle(rows, new Random(7));
    assertThat(UnusualUse.of(rows, WORKERS)).isEqualTo(found);
  }

  @Test
  void crossings_areAddedUpByResourceAndCode_otherNumbersArePassedOver() {
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    counts.put(
        "transport",
        Map.of(
            "permitted", 9L,
            "crossing/police/traffic-violations/", 7L,
            "crossing/police/traffic-violations/EXCHANGE_QUOTA_USED", 2L,
            "crossing/market/credit/", 2L));
    List<Crossing> found = Crossing.of(counts);
    assertThat(found)
        .extracting(Crossing::resource)
        .containsExactly("credit", "traffic-violations");
    assertThat(found.get(1).permitted()).isEqualTo(7);
    assertThat(found.get(1).refused()).isEqualTo(2);
    assertThat(found.get(1).refusals()).containsOnlyKeys("EXCHANGE_QUOTA_USED");
  }
}

package govcloud.node.casework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.domain.Actor;
import govcloud.domain.Commit;
import govcloud.domain.casework.Applicant;
import govcloud.domain.casework.CaseEvent;
import govcloud.domain.casework.ClockState.Colour;
import govcloud.node.projection.SortKey;
import govcloud.node.projection.View;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CaseViewTest {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final String ID = "case/harbour/permits/c-1";
  private static final CaseView VIEW = new CaseView();

  private static CaseRow row(CaseEvent... events) {
    CaseRow row = null;
    long version = 0;
    for (CaseEvent event : events) {
      var commit = new Commit<>(NOON, Actor.platform(), "", "", List.of(event));
      row = VIEW.after(Optional.ofNullable(row), ID, ++version, commit);
    }
    return row;
  }

  private static CaseEvent created() {
    return new CaseEvent.Created(
        "harbour",
        "permits",
        "administrative-approval",
        1,
        "999999-1",
        "a permit",
        new Applicant("Wang", "person", "", ""),
        "{}",
        Map.of(),
        "draft",
        false,
        "wang",
        NOON);
  }

  private static CaseEvent action(String to, boolean finished) {
    return new CaseEvent.ActionTaken(
        "go", "draft", to, finished, "", "", List.of(), Map.of(), "li", NOON.plusSeconds(5));
  }

  private static CaseEvent clock(String name) {
    return new CaseEvent.ClockStarted(name, 10, NOON.plusSeconds(100), NOON.plusSeconds(90), NOON);
  }

  private static List<String> lists(CaseRow row) {
    return VIEW.entries(row, 3).stream().map(View.Entry::list).toList();
  }

  @Test
  void newCase_isInTheListsOfAppStateAndDepartment() {
    CaseRow row = row(created());
    assertThat(row.version()).isEqualTo(1);
    assertThat(lists(row))
        .containsExactlyInAnyOrder(
            "app=harbour/permits:DUE",
            "app=harbour/permits:UPDATED",
            "state=harbour/permits/draft:DUE",
            "state=harbour/permits/draft:UPDATED",
            "open=harbour:DUE",
            "open=harbour:UPDATED",
            "running=harbour/permits");
    assertThat(VIEW.countedAs(row)).containsExactly("permits/draft", "*active/permits");
  }

  @Test
  void clockRuns_caseTurnsYellowThenRed() {
    CaseRow row = row(created(), clock("promised"));
    assertThat(row.due()).contains(NOON.plusSeconds(100));
    assertThat(lists(row)).contains("yellow#3", "red#3");
    assertThat(row.colour(NOON.plusSeconds(89))).isEqualTo(Colour.GREEN);
    assertThat(row.colour(NOON.plusSeconds(90))).isEqualTo(Colour.YELLOW);
    assertThat(row.colour(NOON.plusSeconds(100))).isEqualTo(Colour.YELLOW);
    assertThat(row.colour(NOON.plusSeconds(101))).isEqualTo(Colour.RED);
  }

  @Test
  void stoppedClock_keepsItsColour() {
    CaseRow green =
        row(created(), clock("promised"), new CaseEvent.ClockStopped("promised", 3, NOON));
    assertThat(green.colour(NOON.plusSeconds(9999))).isEqualTo(Colour.GREEN);
    assertThat(green.due()).isEmpty();
    assertThat(lists(green)).doesNotContain("yellow#3", "red#3");
    CaseRow yellow =
        row(
            created(),
            clock("promised"),
            new CaseEvent.ClockStopped("promised", 3, NOON.plusSeconds(95)));
    assertThat(yellow.colour(NOON.plusSeconds(9999))).isEqualTo(Colour.YELLOW);
    assertThat(lists(yellow)).contains("yellow#3").doesNotContain("red#3");
  }

  @Test
  void finishedCase_leavesWorklistsAndWarnings() {
    CaseRow row =
        row(
            created(),
            clock("promised"),
            new CaseEvent.Assigned("zhang", NOON),
            action("completed", true));
    assertThat(row.colour(NOON.plusSeconds(9999))).isEqualTo(Colour.GREEN);
    assertThat(lists(row))
        .contains("state=harbour/permits/completed:DUE", "assignee=harbour/zhang:DUE")
        .doesNotContain("open=harbour:DUE", "yellow#3", "red#3", "running=harbour/permits");
    assertThat(VIEW.countedAs(row)).containsExactly("permits/completed");
  }

  @Test
  void caseThatChangesAgainAndAgain_movesInListsByTimeEveryTenSecondsOnly() {
    CaseRow busy = row(created(), comment(3), comment(9));
    assertThat(busy.updatedAt()).isEqualTo(NOON.plusSeconds(9));
    assertThat(VIEW.entries(busy, 3)).isEqualTo(VIEW.entries(row(created()), 3));
    CaseRow later = row(created(), comment(9), comment(10));
    assertThat(later.listedAt()).isEqualTo(NOON.plusSeconds(10));
    assertThat(VIEW.entries(later, 3))
        .contains(new View.Entry("open=harbour:UPDATED", SortKey.descending(NOON.plusSeconds(10))));
  }

  private static CaseEvent comment(int seconds) {
    return new CaseEvent.Commented("again", NOON.plusSeconds(seconds));
  }

  @Test
  void queries_areServedByTheShortestList() {
    var byState =
        new CaseQuery(
            Optional.of("permits"),
            Optional.of("draft"),
            Optional.empty(),
            Optional.of(NOON),
            CaseQuery.Sort.DUE);
    assertThat(CaseLists.serving("harbour", byState)).isEqualTo("state=harbour/permits/draft:DUE");
    assertThat(byState.admits(row(created()))).isFalse();
    var byPerson =
        new CaseQuery(
            Optional.of("permits"),
            Optional.of("draft"),
            Optional.of("zhang"),
            Optional.empty(),
            CaseQuery.Sort.UPDATED);
    assertThat(CaseLists.serving("harbour", byPerson)).isEqualTo("assignee=harbour/zhang:UPDATED");
    assertThat(byPerson.admits(row(created(), new CaseEvent.Assigned("zhang", NOON)))).isTrue();
    assertThatThrownBy(
            () ->
                new CaseQuery(
                    Optional.empty(),
                    Optional.of("draft"),
                    Optional.empty(),
                    Optional.empty(),
                    CaseQuery.Sort.DUE))
        .hasMessage("state: draft (expected: with an app)");
  }
}

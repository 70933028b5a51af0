package govcloud.node.attention;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.catalogue.GovernmentCalendar;
import govcloud.node.attention.AttentionItem.Severity;
import govcloud.node.casework.CaseTable;
import govcloud.node.cluster.ClusterView;
import govcloud.node.eventsourcing.DamagedEntities.DamagedEntity;
import govcloud.node.projection.Generation;
import govcloud.node.projection.Views.ViewLag;
import govcloud.node.projection.parking.ParkedStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AttentionItemsTest {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  @Test
  void damagedEntity_isNamedWithSequence() {
    var entity = new DamagedEntity("case/a/b/c", 7, "hash differs", "node-1", NOON);
    assertThat(AttentionItems.damaged(List.of(entity)))
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.code()).isEqualTo("ENTITY_DAMAGED");
              assertThat(item.subject()).isEqualTo("case/a/b/c");
              assertThat(item.detail().en()).isEqualTo("record 7: hash differs");
              assertThat(item.since()).contains(NOON);
            });
  }

  @Test
  void slice_withoutHost_countsOnlyAfterAWhile() {
    var node = new ClusterView.Node("node-2", "127.0.0.1:1", "unreachable", "1", List.of(), "");
    var state =
        new ClusterView.ClusterState(
            List.of(node),
            16,
            List.of(
                new ClusterView.Unallocated(3, NOON.minusSeconds(60)),
                new ClusterView.Unallocated(4, NOON.minusSeconds(1))));
    assertThat(AttentionItems.cluster(state, NOON, Duration.ofSeconds(60)))
        .extracting(AttentionItem::subject)
        .containsExactly("slice 3", "node-2");
    assertThat(AttentionItems.cluster(state, NOON, Duration.ofSeconds(61)))
        .extracting(AttentionItem::subject)
        .containsExactly("node-2");
  }

  @Test
  void views_thatLagOrFail_areNamed() {
    var items =
        AttentionItems.views(
            List.of(
                new ViewLag(new Generation("apps", 1), 3, 2, List.of(), List.of()),
                new ViewLag(new Generation("cases", 1), 900, 45, List.of(), List.of()),
                new ViewLag(new Generation("usage", 1), 9000, 301, List.of(4), List.of())));
    assertThat(items)
        .extracting(item -> item.code() + " " + item.subject() + " " + item.severity())
        .containsExactly(
            "VIEW_LAGGING cases YELLOW", "VIEW_FAILING usage RED", "VIEW_LAGGING usage RED");
  }

  @Test
  void view_goingOnWithoutAnEntity_isNamedWithTheReason() {
    var parked =
        new ParkedStream("cases", 3, "case/harbour/permits/c-1", 4, 99, 8, "no codec", NOON);
    assertThat(
            AttentionItems.views(
                List.of(new ViewLag(new Generation("cases", 1), 0, 0, List.of(), List.of(parked)))))
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.code()).isEqualTo("VIEW_STREAM_PARKED");
              assertThat(item.severity()).isEqualTo(Severity.RED);
              assertThat(item.since()).contains(NOON);
              assertThat(item.detail().en())
                  .isEqualTo(
                      "1 entities are set aside, 5 records wait; the first is record 4 of"
                          + " case/harbour/permits/c-1: no codec");
            });
  }

  @Test
  void timeLimits_reachingBeyondTheKnownYears_areShown() {
    var calendar =
        new GovernmentCalendar(ZoneId.of("Asia/Shanghai"), Set.of(), Set.of(), Set.of(2026));
    assertThat(AttentionItems.calendar(calendar, 60, NOON)).isEmpty();
    assertThat(AttentionItems.calendar(calendar, 240, NOON))
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.code()).isEqualTo("CALENDAR_YEAR_UNKNOWN");
              assertThat(item.severity()).isEqualTo(Severity.YELLOW);
              assertThat(item.detail().en()).contains("no holidays known for 2027");
              assertThat(item.detail().zh()).contains("2027");
            });
    assertThat(AttentionItems.calendar(calendar, 0, NOON.plus(Duration.ofDays(365))))
        .extracting(AttentionItem::subject)
        .containsExactly("calendar 2027");
  }

  @Test
  void lateCasesAndOverdueOperations_areCounted_noneIsNoItem() {
    assertThat(AttentionItems.cases(new CaseTable.Late(0, 0))).isEmpty();
    assertThat(AttentionItems.overdue(0)).isEmpty();
    assertThat(AttentionItems.silent(0)).isEmpty();
    assertThat(AttentionItems.unanswered(0)).isEmpty();
    assertThat(AttentionItems.cases(new CaseTable.Late(5, 2)))
        .extracting(AttentionItem::severity)
        .containsExactly(Severity.RED, Severity.YELLOW);
    assertThat(AttentionItems.overdue(1).get(0).detail().zh()).startsWith("1 ");
    assertThat(AttentionItems.silent(2).get(0).detail().zh()).startsWith("2 ");
    assertThat(AttentionItems.unanswered(3).get(0).detail().zh()).startsWith("3 ");
  }
}

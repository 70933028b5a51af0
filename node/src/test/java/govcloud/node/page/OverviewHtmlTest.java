package govcloud.node.page;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.catalogue.LocalText;
import govcloud.node.attention.AttentionItem;
import govcloud.node.cluster.ClusterView.ClusterState;
import govcloud.node.cluster.ClusterView.Node;
import govcloud.node.cluster.ClusterView.Unallocated;
import govcloud.node.projection.Generation;
import govcloud.node.projection.Views.ViewLag;
import govcloud.node.replication.AttachmentState;
import govcloud.node.replication.ReplicationStatus;
import govcloud.node.replication.SegmentLoss;
import govcloud.node.replication.drill.DrillSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverviewHtmlTest {

  private static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");

  private static final ReplicationStatus REPLICATION =
      new ReplicationStatus(
          NOON,
          "mountain",
          "https",
          ReplicationStatus.State.SIBLING_AWAY,
          Duration.ofSeconds(12),
          3,
          900,
          7,
          6,
          Optional.of(NOON.minusSeconds(13)),
          Optional.empty(),
          Optional.of(new ReplicationStatus.Mark(17, Instant.parse("2026-03-01T18:00:00Z"))),
          Optional.of(new AttachmentState(true, 2, 5000, 1, NOON.toEpochMilli())),
          SegmentLoss.Both.UNKNOWN,
          List.of(),
          Optional.empty(),
          Optional.empty());

  static Overview overview(List<Unallocated> homeless, List<AttentionItem> attention) {
    var nodes =
        List.of(
            new Node("node-1", "a", "up", "1.0", List.of(0, 17), ""),
            new Node("node-2", "b", "up", "1.0", List.of(1), ""),
            new Node("node-3", "c", "up", "1.0", List.of(2), ""));
    return new Overview(
        NOON,
        "extranet",
        "node-1",
        new Overview.Replication(
            REPLICATION, List.of(Duration.ZERO, Duration.ofSeconds(3)), Optional.empty()),
        new ClusterState(nodes, 16, homeless),
        List.of(new ViewLag(new Generation("cases", 1), 3, 7.5, List.of(), List.of())),
        attention,
        List.of(),
        Map.of("active", 2L),
        Map.of("harbour", 4L),
        List.of(),
        0,
        0,
        List.of());
  }

  private static AttentionItem red(String code, String subject) {
    return new AttentionItem(
        code,
        AttentionItem.Severity.RED,
        subject,
        new LocalText("坏了", "broken"),
        new LocalText("修", "mend"),
        Optional.empty());
  }

  @Test
  void goodDrill_isToldWithItsDate_andOnlyThen() {
    var measured =
        new DrillSummary(
            "drill-20260301-010000",
            "everything",
            "good",
            "right",
            "zhang",
            List.of("li"),
            NOON.minusSeconds(3600),
            Optional.of(NOON.minusSeconds(3500)),
            4702,
            0,
            Optional.of(Duration.ofSeconds(61)),
            Optional.of(Duration.ofSeconds(1)),
            Optional.of(NOON.minusSeconds(3601)));
    assertThat(new CloudsHtml(Language.EN).drill(Optional.of(measured)))
        .startsWith("You could recover to ")
        .contains("in about 2 min, measured in the drill of ");
    assertThat(new CloudsHtml(Language.ZH).drill(Optional.of(measured)))
        .startsWith("可恢复到 ")
        .contains("约需 2 分钟");
    assertThat(new OverviewHtml(Language.EN).parts(overview(List.of(), List.of())))
        .extractingByKey("replication")
        .asString()
        .contains("How long a recovery takes was not measured yet");
  }

  @Test
  void siblingAway_bothLanguages_sayWhatWouldBeLost() {
    var overview = overview(List.of(), List.of());
    assertThat(new OverviewHtml(Language.EN).parts(overview).get("replication"))
        .contains("extranet", "mountain", "away", "<polyline", "2 attachments not there yet")
        .contains("3.0 s at most")
        .contains("last cut: number 17, 2026-03-02 02:00:00");
    assertThat(new OverviewHtml(Language.ZH).parts(overview).get("replication"))
        .contains("此刻失去本站点会丢失", "无应答", "最近切点：第 17 号，2026-03-02 02:00:00");
  }

  @Test
  void healthyCloud_english_saysSoInWords() {
    var parts = new OverviewHtml(Language.EN).parts(overview(List.of(), List.of()));
    assertThat(parts.get("answers"))
        .contains("Yes")
        .contains("3 of 3 nodes up")
        .contains("Covered");
    assertThat(parts.get("cluster")).contains("<li class=\"k1\">17</li>");
    assertThat(parts.get("views")).contains("7.5 s behind, 3 records");
    assertThat(parts.get("attention")).contains("Nothing needs attention.");
  }

  @Test
  void sliceWithoutHome_chinese_isNotHealthy() {
    var parts =
        new OverviewHtml(Language.ZH).parts(overview(List.of(new Unallocated(5, NOON)), List.of()));
    assertThat(parts.get("answers")).contains("不正常").contains("1 个分片无归属");
    assertThat(parts.get("cluster")).contains("无归属的分片");
  }

  @Test
  void lateCases_answered_areNoTroubleOfMachines() {
    var late = List.of(red("CASES_RED", "9"));
    assertThat(new OverviewHtml(Language.EN).parts(overview(List.of(), late)).get("answers"))
        .contains("<strong>Yes</strong>");
    var damaged = List.of(red("ENTITY_DAMAGED", "case/a/b/c"));
    assertThat(new OverviewHtml(Language.EN).parts(overview(List.of(), damaged)).get("answers"))
        .contains("<strong>No</strong>");
  }

  @Test
  void hostileText_shown_isEscaped() {
    var parts =
        new OverviewHtml(Language.EN)
            .parts(overview(List.of(), List.of(red("X", "<script>alert('1')</script>"))));
    assertThat(parts.get("attention"))
        .contains("&lt;script&gt;alert(&#39;1&#39;)")
        .doesNotContain("<script");
  }

  @Test
  void everyPart_ofThePage_hasItsPlace() {
    var parts = new OverviewHtml(Language.ZH).parts(overview(List.of(), List.of()));
    var page = new FirstPage(Language.ZH).whole("extranet", parts);
    assertThat(page).startsWith("<!doctype html>\n<html lang=\"zh-CN\">").contains("English");
    parts.keySet().forEach(part -> assertThat(page).contains("data-part=\"" + part + "\""));
    assertThat(new FirstPage(Language.EN).whole("extranet", Map.copyOf(parts))).contains("中文");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "zh-CN,zh;q=0.9,en;q=0.8|ZH",
        "en-US,en;q=0.9|EN",
        "en;q=0.5,zh;q=0.9|ZH",
        "fr|ZH",
        "en;q=x|EN",
      })
  void acceptLanguage_read_choosesTheBest(String header, Language expected) {
    assertThat(Language.choose(Optional.empty(), header)).isEqualTo(expected);
    assertThat(Language.choose(Optional.of("en"), header)).isEqualTo(Language.EN);
  }
}

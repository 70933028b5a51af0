package govcloud.node.directory;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.catalogue.LocalText;
import govcloud.domain.sharing.CatalogueEntry;
import govcloud.domain.sharing.DataResource;
import govcloud.domain.sharing.ResourceState.Status;
import govcloud.domain.sharing.ResourceState.Version;
import govcloud.domain.sharing.SharingSamples;
import govcloud.domain.tenant.DisasterClass;
import govcloud.domain.tenant.Plan;
import govcloud.domain.tenant.Quotas;
import govcloud.domain.tenant.TenantState;
import govcloud.node.page.Language;
import govcloud.node.projection.Page;
import govcloud.node.sharing.ResourceRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DirectoryHtmlTest {

  private static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");
  private static final DataResource LISTED =
      SharingSamples.listedAs(
          SharingSamples.VIOLATIONS,
          new CatalogueEntry(
              "307030000108/000012",
              Optional.of(CatalogueEntry.Format.INTERFACE),
              Optional.of(CatalogueEntry.Opening.CLOSED),
              List.of("307030000108/000013"),
              Map.of(CatalogueEntry.Quality.COMPLETENESS, 99),
              Optional.of(995),
              Optional.of(500),
              "<车管所>"));

  private static Version version(DataResource content) {
    return new Version(2, content, content.address(), NOON);
  }

  private static Page<ResourceRow> found(Optional<String> next) {
    return new Page<>(List.of(new ResourceRow(Status.PUBLISHED, version(LISTED), 2, NOON)), next);
  }

  @Test
  void list_leadsToEachResource_andToTheNextPageWithTheSameWords() {
    var html =
        new DirectoryHtml(Language.ZH)
            .list("交通 <b>", Optional.of("t 0"), found(Optional.of("t+1")));
    assertThat(html)
        .contains("数据资源目录", "机动车交通违法信息", "307030000108/000012", "有条件共享")
        .contains("href=\"/resources/police/traffic-violations?lang=zh\"")
        .contains("value=\"交通 &lt;b&gt;\"")
        .contains("?lang=en&amp;q=%E4%BA%A4%E9%80%9A+%3Cb%3E&amp;page_token=t+0\"")
        .contains("q=%E4%BA%A4%E9%80%9A+%3Cb%3E&amp;page_token=t%2B1");
    assertThat(
            new DirectoryHtml(Language.EN)
                .list("", Optional.empty(), new Page<>(List.of(), Optional.empty())))
        .contains("No such resource")
        .doesNotContain("<table>");
  }

  @Test
  void emptyPageWithMoreBehindIt_saysNoneSoFar_andLeadsOn() {
    assertThat(
            new DirectoryHtml(Language.EN)
                .list("a", Optional.empty(), new Page<>(List.of(), Optional.of("t+1"))))
        .contains("None so far", "q=a&amp;page_token=t%2B1")
        .doesNotContain("No such resource", "<table>");
  }

  @Test
  void resource_saysAllCoreMetadata_inBothLanguages() {
    var zh = new DirectoryHtml(Language.ZH).one(version(LISTED), Status.PUBLISHED, owner());
    assertThat(zh)
        .contains("资源分类", "资源代码", "提供方代码", "格式", "共享类型", "共享条件", "共享方式", "开放属性")
        .contains("更新周期", "发布日期", "关联资源", "数据质量", "可用率", "响应时限", "联系方式", "信息项")
        .contains("公安局", "11999999MB1234567M", "接口查询、核验", "不开放", "实时", "完整性 99 %", "99.5 %")
        .contains("href=\"/resources/police/traffic-violations?lang=en&amp;resource_version=2\"")
        .contains("&lt;车管所&gt;", "500 ms", "公民身份号码", "L3", "2026-03-02 12:00")
        .contains(
            "href=\"/v1/sharing/resources/police/traffic-violations/mock?resource_version=2\"");
    assertThat(
            new DirectoryHtml(Language.EN)
                .one(version(SharingSamples.VIOLATIONS), Status.WITHDRAWN, owner()))
        .contains("Traffic violations", "withdrawn", "query, predicate", "Police")
        .doesNotContain("Quality", "Availability", "Contact");
  }

  private static TenantState owner() {
    return new TenantState(
        TenantState.Status.ACTIVE,
        new LocalText("公安局", "Police"),
        "11999999MB1234567M",
        "999999",
        DisasterClass.CONTINUOUS,
        Plan.SMALL,
        Quotas.NONE,
        List.of(),
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.of(NOON),
        Optional.of(NOON));
  }
}

package govcloud.node.projection;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.recall.RecallState;
import govcloud.domain.sharing.CatalogueEntry;
import govcloud.domain.sharing.DataResource;
import govcloud.domain.sharing.Provider;
import govcloud.domain.sharing.SharingSamples;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RowJsonTest {

  record Row(String name, Optional<String> added) {}

  @Test
  void rowOfAnOlderProgram_read_lacksWhatCameLater() {
    assertThat(RowJson.read("{\"name\":\"permits\"}", Row.class))
        .isEqualTo(new Row("permits", Optional.empty()));
  }

  @Test
  void providerOfAnOlderProgram_read_hasNoAddress() {
    assertThat(RowJson.read("{\"kind\":\"APP\",\"app\":\"permits\"}", Provider.class))
        .isEqualTo(Provider.app("permits"));
  }

  @Test
  void resourceOfAnOlderProgram_read_hasNoCatalogueEntry_andOneOfTodayKeepsIts() {
    var today = SharingSamples.VIOLATIONS;
    var older =
        RowJson.write(today)
            .replaceAll(",\"catalogue\":\\{[^}]*\\{[^}]*\\}[^}]*\\}", "")
            .replace(",\"length\":0,\"element\":\"\"", "");
    assertThat(older).doesNotContain("catalogue", "length", "element");
    assertThat(RowJson.read(older, DataResource.class)).isEqualTo(today);
    var listed =
        SharingSamples.listedAs(
            today,
            new CatalogueEntry(
                "307030000108/000012",
                Optional.of(CatalogueEntry.Format.TABLE),
                Optional.empty(),
                List.of(),
                Map.of(CatalogueEntry.Quality.ACCURACY, 97),
                Optional.of(995),
                Optional.empty(),
                ""));
    assertThat(RowJson.read(RowJson.write(listed), DataResource.class)).isEqualTo(listed);
  }

  /** What came to a recall since: a limit, and whether it has passed. */
  @Test
  void recallOfAnOlderProgram_read_hasNoLimit() {
    var older =
        RowJson.write(RecallState.NONE).replaceAll("\"(due|escalated)\":(null|false),?", "");
    assertThat(older).doesNotContain("due", "escalated");
    assertThat(RowJson.read(older, RecallState.class)).isEqualTo(RecallState.NONE);
  }

  @Test
  void row_writtenAndRead_isTheSame() {
    for (var row : new Row[] {new Row("a", Optional.of("b")), new Row("a", Optional.empty())}) {
      assertThat(RowJson.read(RowJson.write(row), Row.class)).isEqualTo(row);
    }
  }
}

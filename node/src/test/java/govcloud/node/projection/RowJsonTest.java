package govcloud.node.projection;

import static org.assertj.core.api.Assertions.assertThat;

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
  void row_writtenAndRead_isTheSame() {
    for (var row : new Row[] {new Row("a", Optional.of("b")), new Row("a", Optional.empty())}) {
      assertThat(RowJson.read(RowJson.write(row), Row.class)).isEqualTo(row);
    }
  }
}

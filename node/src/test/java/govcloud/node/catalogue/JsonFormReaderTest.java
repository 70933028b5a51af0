package govcloud.node.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonFormReaderTest {

  private final JsonFormReader reader = new JsonFormReader();

  @Test
  void everyKindOfValue_read_isWhatGuardsExpect() {
    var reading =
        reader.read(
            "{\"a\": 1, \"b\": 1.5, \"c\": true, \"d\": [1, null, {\"e\": \"中\"}], \"f\": null}");
    assertThat(reading.values())
        .isEqualTo(Map.of("a", 1L, "b", 1.5, "c", true, "d", List.of(1L, Map.of("e", "中"))));
    assertThat(reading.readable()).isTrue();
  }

  @Test
  void numberBeyondLong_read_isADouble() {
    assertThat(reader.read("{\"a\": 12345678901234567890}").values())
        .isEqualTo(Map.of("a", 1.2345678901234567e19));
  }

  @Test
  void blank_read_isEmpty() {
    assertThat(reader.read(" ").values()).isEmpty();
    assertThat(reader.read("").readable()).isTrue();
  }

  @Test
  void notAnObject_read_failsWithReason() {
    assertThat(reader.read("[1]").error()).isEqualTo("form: ARRAY (expected: an object)");
    assertThat(reader.read("{\"a\"").error()).startsWith("form: Unexpected end-of-input");
    assertThat(reader.read("{\"a\":".repeat(500)).error()).contains("nesting depth");
    assertThat(reader.read("{\"a\": 1e" + "9".repeat(200) + "}").readable()).isFalse();
    assertThat(reader.read("x".repeat(300_000)).error()).contains("expected: at most 262144");
  }
}

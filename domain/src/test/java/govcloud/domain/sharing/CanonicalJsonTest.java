package govcloud.domain.sharing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {

  /** Section 3.2.3 of RFC 8785, without its numbers that are not whole. */
  @Test
  void membersOfTheStandard_written_areSortedByCodeUnits() {
    var value =
        Map.of(
            "\u20ac", "Euro Sign",
            "\r", "Carriage Return",
            "\ufb33", "Hebrew Letter Dalet With Dagesh",
            "1", "One",
            "\ud83d\ude00", "Emoji: Grinning Face",
            "\u0080", "Control",
            "\u00f6", "Latin Small Letter O With Diaeresis");
    assertThat(text(value))
        .isEqualTo(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\","
                + "\"\u20ac\":\"Euro Sign\",\"\ud83d\ude00\":\"Emoji: Grinning Face\","
                + "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
  }

  /** The text of section 3.2.2 of RFC 8785. */
  @Test
  void textOfTheStandard_written_escapesAsLittleAsItMust() {
    assertThat(text("\u20ac$\u000f\nA'B\"\\\\\"/"))
        .isEqualTo("\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"");
  }

  @Test
  void nestedValue_written_hasNoSpace() {
    assertThat(text(Map.of("b", List.of(1, 2L, true), "a", Map.of(), "c", List.of())))
        .isEqualTo("{\"a\":{},\"b\":[1,2,true],\"c\":[]}");
  }

  @Test
  void valueWithoutOneForm_written_isRefused() {
    assertThatThrownBy(() -> CanonicalJson.bytes("\ud83d")).hasMessageContaining("half a char");
    assertThatThrownBy(() -> CanonicalJson.bytes(1L << 53))
        .hasMessageContaining("9007199254740991");
    assertThatThrownBy(() -> CanonicalJson.bytes(Long.MIN_VALUE))
        .hasMessageContaining("9007199254740991");
    assertThatThrownBy(() -> CanonicalJson.bytes(1.5)).hasMessageContaining("whole number");
  }

  @Test
  void address_ofEmptyMap_isTheHashOfTwoBytes() {
    assertThat(CanonicalJson.address(Map.of())) // printf '{}' | sha256sum
        .isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
  }

  private static String text(Object value) {
    return new String(CanonicalJson.bytes(value), UTF_8);
  }
}

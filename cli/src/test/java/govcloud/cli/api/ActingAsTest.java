package govcloud.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ActingAsTest {
  @Test
  void anyName_asHeader_isSafe() {
    assertThat(ActingAs.header("Resource21", "importer")).isEqualTo("Resource21;role=importer");
    assertThat(ActingAs.person("a;role=operator\r\n")).isEqualTo("a%3Brole%3Doperator");
    assertThat(ActingAs.person("a\r\nb c")).isEqualTo("ab%20c");
    assertThat(ActingAs.person("  ")).isEqualTo("unknown");
    assertThat(ActingAs.person("张三")).isEqualTo("%E5%BC%A0%E4%B8%89");
  }

  @Test
  void longName_asHeader_isCutBetweenCharacters() {
    String person = ActingAs.person("长".repeat(400));
    assertThat(person).hasSizeLessThanOrEqualTo(190);
    assertThat(URLDecoder.decode(person, StandardCharsets.UTF_8)).matches("长+");
  }
}

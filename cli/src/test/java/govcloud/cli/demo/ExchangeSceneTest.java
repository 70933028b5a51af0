package govcloud.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.cli.CommandFailure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ExchangeSceneTest {
  private static final Pattern NUMBER = Pattern.compile("\"(\\d{17}[\\dX])\"");
  private static final Pattern CREDIT = Pattern.compile("\"([19]1\\d{6}MB\\d{7}[0-9A-Z])\"");

  private final ObjectMapper json = new ObjectMapper();
  private final List<ExchangeScene> scenes = ExchangeScene.named(json, null, "7");

  @Test
  void everyText_isChineseAndEnglish() {
    List<JsonNode> texts = new ArrayList<>();
    for (ExchangeScene scene : scenes) {
      texts.addAll(scene.json().findParents("zh"));
    }
    texts.addAll(ExchangeScene.cast(json).findParents("zh"));
    assertThat(texts)
        .hasSizeGreaterThan(100)
        .allSatisfy(
            text -> {
              assertThat(text.path("zh").asText()).matches(".*\\p{IsHan}.*");
              assertThat(text.path("en").asText()).matches("[ -~]+");
            });
  }

  @Test
  void everyNumber_isNobodysAndChecks() {
    String all = scenes.toString() + ExchangeScene.cast(json);
    Set<String> people = found(NUMBER, all);
    Set<String> organisations = found(CREDIT, all);
    assertThat(people)
        .hasSizeGreaterThan(1)
        .allSatisfy(
            number -> {
              assertThat(number).startsWith(CreditCode.NOWHERE);
              assertThat(number.charAt(17)).isEqualTo(CitizenNumber.check(number.substring(0, 17)));
            });
    assertThat(organisations)
        .hasSizeGreaterThan(8)
        .allSatisfy(
            code -> {
              assertThat(code.substring(2)).startsWith(CreditCode.NOWHERE);
              assertThat(code.charAt(17)).isEqualTo(CreditCode.check(code.substring(0, 17)));
            });
  }

  private static Set<String> found(Pattern pattern, String text) {
    Set<String> found = new HashSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  @Test
  void recordsAndTerms_haveItemsOfTheResourceAlone() {
    for (ExchangeScene scene : scenes) {
      List<String> items = scene.json().at("/content/items").findValuesAsText("name");
      for (JsonNode record : scene.json().path("records")) {
        record.path("form").fieldNames().forEachRemaining(name -> assertThat(items).contains(name));
      }
      assertThat(items).containsAll(scene.terms().path("fields").findValuesAsText("item"));
      assertThat(items).contains(scene.json().at("/content/subject").asText());
    }
  }

  @Test
  void scene_thatIsNotThere_isRefusedWithThoseThatAre() {
    assertThatThrownBy(() -> ExchangeScene.named(json, List.of("weather"), "7"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("--scene: weather (expected: one of [violations,");
  }

  /** RFC 6238, appendix B, the last six of eight digits. */
  @Test
  void oneTimePassword_ofTheRfc_isRight() {
    String secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    assertThat(OneTimePassword.of(secret, 59 / 30)).isEqualTo("287082");
    assertThat(OneTimePassword.of(secret, 1_111_111_109L / 30)).isEqualTo("081804");
    assertThat(OneTimePassword.of(secret, 20_000_000_000L / 30)).isEqualTo("353130");
  }
}

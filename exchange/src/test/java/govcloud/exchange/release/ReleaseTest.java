package govcloud.exchange.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import govcloud.domain.sharing.AgreementTerms.Field;
import govcloud.domain.sharing.Masking;
import govcloud.domain.sharing.Masking.Rule;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] KEY = {1, 2, 3};

  private static Masking masking(String text) {
    String[] words = text.split(" ", -1);
    return words.length == 3
        ? Masking.ends(Integer.parseInt(words[1]), Integer.parseInt(words[2]))
        : Masking.of(Rule.valueOf(words[0]));
  }

  private static String shown(String value, Masking masking, String claim) {
    return MaskedValue.of(TextNode.valueOf(value), masking, claim, KEY)
        .map(JsonNode::asText)
        .orElse("nothing");
  }

  @ParameterizedTest
  @CsvSource({
    "PLAIN,浙A12345,浙A12345",
    "HIDDEN,浙A12345,nothing",
    "ENDS 1 1,张小三,张*三",
    "ENDS 1 1,张三,***",
    "ENDS 3 4,99999919900101123X,999***********123X",
    "ENDS 3 4,1234567,***",
    "ENDS 2 2,浙A12312,浙A***12",
    "YEAR,2026-03-02,2026",
    "YEAR,2026-03-02T01:15:27Z,2026",
    "YEAR,yesterday,***",
    "PREDICATE,A2,unknown"
  })
  void value_masked_showsWhatWasAgreed(String masking, String value, String shown) {
    assertThat(shown(value, masking(masking), null)).isEqualTo(shown);
  }

  @Test
  void predicate_answered_tellsWhetherTheClaimIsRight() {
    Masking predicate = Masking.of(Rule.PREDICATE);
    assertThat(shown("A2", predicate, "A2")).isEqualTo("valid");
    assertThat(shown("A2", predicate, "B1")).isEqualTo("not_valid");
    assertThat(MaskedValue.of(JSON.missingNode(), predicate, "B1", KEY))
        .contains(TextNode.valueOf("unknown"));
  }

  @Test
  void hash_ofEqualValues_isEqualUnderOneKeyAlone() {
    Masking hash = Masking.of(Rule.HASH);
    assertThat(shown("A2", hash, null)).isEqualTo(shown("A2", hash, null)).hasSize(64);
    assertThat(MaskedValue.of(TextNode.valueOf("A2"), hash, null, new byte[] {9}))
        .isNotEqualTo(MaskedValue.of(TextNode.valueOf("A2"), hash, null, KEY));
  }

  @Test
  void anyValue_withEndsKept_neverShowsMoreThanThose() {
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      String value =
          random
              .ints(random.nextInt(24), 0, 4)
              .mapToObj(n -> List.of("张", "9", "X", "😀").get(n))
              .reduce("", String::concat);
      int first = random.nextInt(6);
      int last = random.nextInt(6);
      String shown = shown(value, Masking.ends(first, last), null);
      long visible = shown.codePoints().filter(c -> c != '*').count();
      long length = value.codePoints().count();
      assertThat(visible).isEqualTo(length > first + last ? first + last : 0);
      assertThat(shown).isEqualTo(shown(value, Masking.ends(first, last), null));
    }
  }

  private static final List<Field> FIELDS =
      List.of(
          new Field("place", Masking.PLAIN),
          new Field("plate", Masking.ends(2, 2)),
          new Field("points", Masking.PLAIN),
          new Field("driver", Masking.of(Rule.HIDDEN)));

  @Test
  void records_released_haveTheAgreedFieldsAloneInTheirOrder() throws Exception {
    JsonNode record =
        JSON.readTree(
            "{\"driver\":\"李四\",\"secret\":\"x\",\"plate\":\"浙A12312\",\"points\":3,"
                + "\"place\":\"文三路\"}");
    Release release =
        Release.of(List.of(record, JSON.readTree("{\"place\":\"x\"}")), FIELDS, Map.of(), KEY);
    assertThat(release.records())
        .map(JsonNode::toString)
        .containsExactly(
            "{\"place\":\"文三路\",\"plate\":\"浙A***12\",\"points\":3}", "{\"place\":\"x\"}");
    assertThat(release.masked()).containsExactly("driver", "plate");
    assertThat(release.columns().get("place"))
        .containsExactly(TextNode.valueOf("文三路"), TextNode.valueOf("x"));
  }

  @Test
  void valueWithParts_released_isHidden() throws Exception {
    JsonNode record = JSON.readTree("{\"place\":{\"name\":\"李四\"},\"plate\":[1],\"points\":null}");
    assertThat(Release.of(List.of(record), FIELDS, Map.of(), KEY).records().get(0).toString())
        .isEqualTo("{\"place\":\"***\",\"plate\":\"***\"}");
  }

  private static Map<String, List<JsonNode>> columns(String records) throws Exception {
    Release release =
        Release.of(
            List.of(JSON.readValue(records, JsonNode[].class)),
            List.of(new Field("a", Masking.of(Rule.PLAIN)), new Field("b", Masking.of(Rule.PLAIN))),
            Map.of(),
            KEY);
    return release.columns();
  }

  @Test
  void valueThatARecordLacks_hasItsPlace_soThatNoValueChangesItsRecord() throws Exception {
    assertThat(columns("[{\"a\":1,\"b\":2},{\"a\":3}]"))
        .isNotEqualTo(columns("[{\"a\":1},{\"a\":3,\"b\":2}]"));
    assertThat(columns("[{\"a\":1},{\"a\":3,\"b\":null}]")).containsOnlyKeys("a");
    assertThat(columns("[{\"a\":1},{\"b\":2}]").toString()).isEqualTo("{a=[1, null], b=[null, 2]}");
  }
}

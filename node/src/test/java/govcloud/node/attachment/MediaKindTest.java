package govcloud.node.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaKindTest {

  @ParameterizedTest
  @CsvSource({
    "255044462d312e37, application/pdf",
    "89504e470d0a1a0a00, image/png",
    "ffd8ffe000, image/jpeg",
    "504b0304140000, application/ofd",
    "d0cf11e0a1b11ae100, application/msword",
  })
  void beginning_ofAKind_fitsItAlone(String hex, String type) {
    var head = HexFormat.of().parseHex(hex);
    for (var kind : MediaKind.values()) {
      assertThat(kind.fits(head))
          .as("%s as %s", hex, kind)
          .isEqualTo(MediaKind.of(type).orElseThrow() == kind);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "一二三\r\n\tone\f", "<html><script>"})
  void plainText_fitsText(String text) {
    assertThat(MediaKind.TEXT.fits(text.getBytes(StandardCharsets.UTF_8))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "\u001b[31m", "%PDF-1.7", "\u007f"})
  void controlCharactersAndOtherKinds_areNoText(String text) {
    assertThat(MediaKind.TEXT.fits(text.getBytes(StandardCharsets.UTF_8))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2550", "00255044462d"})
  void markThatIsCutOrNotAtTheBeginning_isNoPdf(String hex) {
    assertThat(MediaKind.PDF.fits(HexFormat.of().parseHex(hex))).isFalse();
  }
}

package govcloud.node.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import govcloud.node.ReferenceKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttachmentSettingsTest {

  private static AttachmentSettings read(String text) {
    return AttachmentSettings.from(
        ConfigFactory.parseString(text).withFallback(ReferenceKeys.reference()).resolve());
  }

  @Test
  void everyKey_reference_isMappedAndExplained() {
    ReferenceKeys.requireMappedAndExplained("govcloud.attachments", AttachmentSettings.class);
  }

  @Test
  void nothingSet_read_takesPdfAndSixtyFourMebibytes() {
    assertThat(read("").mediaTypes()).contains("application/pdf", "application/ofd");
    assertThat(read("").maxSize()).isEqualTo(64L << 20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max-size = 1 | max-size: 1 (expected: 1 KiB to 64 GiB)",
        "progress-timeout = 0 | progress-timeout: PT0S (expected: at least 1 ms)",
        "media-types = [text/html] | media-types: text/html (expected: some of [application/",
      })
  void badSetting_read_namesKeyValueAndExpectation(String line, String message) {
    assertThatThrownBy(() -> read("govcloud.attachments." + line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("govcloud.attachments." + message);
  }
}

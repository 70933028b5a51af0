package govcloud.domain.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class CaseNumberTest {

  private static final Instant AT = Instant.parse("2026-03-02T01:15:27Z");

  @Test
  void pattern_filled_hasAreaMonthAndPaddedSerial() {
    assertThat(CaseNumber.of("{area}-{yyyyMM}-{serial:6}", "999999", AT, 218))
        .isEqualTo("999999-202603-000218");
  }

  @Test
  void serialLongerThanItsPlace_filled_isNotCut() {
    assertThat(CaseNumber.of("交函〔{yyyy}〕{serial:2}号", "999999", AT, 12_345))
        .isEqualTo("交函〔2026〕12345号");
  }

  @Test
  void newYearInChina_filled_isTheNewYear() {
    assertThat(CaseNumber.of("{yyyy}", "999999", Instant.parse("2025-12-31T16:00:00Z"), 1))
        .isEqualTo("2026");
  }

  @Test
  void areaWithPatternLetters_filled_isTakenLiterally() {
    assertThat(CaseNumber.of("{area}$1-{other}", "$1\\{serial:3}", AT, 1))
        .isEqualTo("$1\\{serial:3}$1-{other}");
  }
}

package govcloud.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {

  private static final String SECRET =
      Base32.encode("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

  /** Appendix B of RFC 6238, of its eight digits the last six. */
  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130"
  })
  void vectorsOfTheRfc_hold(long second, String code) {
    assertThat(Totp.code(SECRET, second / 30)).isEqualTo(code);
    assertThat(Totp.step(SECRET, code, Instant.ofEpochSecond(second))).isEqualTo(second / 30);
  }

  @Test
  void code_isRightInItsStepAndThoseBeside() {
    var now = Instant.ofEpochSecond(1_111_111_111);
    long step = now.getEpochSecond() / 30;
    for (long beside = -3; beside <= 3; beside++) {
      var found = Totp.step(SECRET, Totp.code(SECRET, step + beside), now);
      assertThat(found).isEqualTo(Math.abs(beside) <= 1 ? step + beside : 0);
    }
    assertThat(Totp.step(SECRET, "", now)).isZero();
  }

  @Test
  void base32_vectorsOfRfc4648_hold() {
    assertThat(SECRET).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    assertThat(Base32.encode("foobar".getBytes(StandardCharsets.US_ASCII))).isEqualTo("MZXW6YTBOI");
    assertThat(Base32.decode("MZXW 6YTB OI")).asString().isEqualTo("foobar");
  }
}

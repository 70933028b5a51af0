package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.node.ProductionStart.Sample;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a node in production does not start beside. */
class ProductionStartTest {

  private static final Instant BEFORE = Instant.parse("2026-03-02T01:00:00Z");

  /** How Cassandra's clock stands to a question that took 300 ms. */
  private static Sample sample(long millis) {
    return new Sample("/192.0.2.8:9042", BEFORE, BEFORE.plusMillis(millis), BEFORE.plusMillis(300));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "300, 0", "150, 0", "301, 1", "-1, -1", "-5000, -5000", "5300, 5000"})
  void clocks_areApart_asFarAsTheWayDoesNotExplain(long theirs, long error) {
    assertThat(sample(theirs).error()).isEqualTo(Duration.ofMillis(error));
  }

  @Test
  void clock_withinTheLimit_starts_andBeyondItIsRefusedInWords() {
    assertThatCode(() -> ProductionStart.requireClock(sample(2_300))).doesNotThrowAnyException();
    assertThatCode(() -> ProductionStart.requireClock(sample(-2_000))).doesNotThrowAnyException();
    assertThatThrownBy(() -> ProductionStart.requireClock(sample(2_301)))
        .hasMessage(
            "clock: 2026-03-02T01:00:00.300Z, which is 2001 ms behind that of /192.0.2.8:9042"
                + " (expected: at most 2000 ms apart; let both machines ask the same NTP servers)"
                + " CLOCK_WRONG");
    assertThatThrownBy(() -> ProductionStart.requireClock(sample(-9_000)))
        .hasMessageContaining("9000 ms ahead of that of /192.0.2.8:9042")
        .hasMessageEndingWith("CLOCK_WRONG");
  }
}

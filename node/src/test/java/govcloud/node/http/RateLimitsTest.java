package govcloud.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitsTest {

  private final AtomicLong nanos = new AtomicLong();
  private final RateLimits limits = new RateLimits(2, nanos::get);

  private int allowed(String tenant, int requests, long perSecond) {
    var allowed = 0;
    for (int i = 0; i < requests; i++) {
      allowed += limits.take(tenant, perSecond).allowed() ? 1 : 0;
    }
    return allowed;
  }

  @Test
  void burst_ofTwoSeconds_thenTheSustainedRate() {
    assertThat(allowed("harbour", 100, 10)).isEqualTo(20);
    assertThat(limits.take("harbour", 10).retryAfter()).isEqualTo(1);
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(allowed("harbour", 100, 10)).isEqualTo(10);
  }

  @Test
  void neighbour_atFiftyTimesItsRate_takesNothingFromOthers() {
    assertThat(allowed("loud", 500, 10)).isEqualTo(20);
    assertThat(allowed("quiet", 20, 10)).isEqualTo(20);
  }

  @Test
  void rate_changed_holdsAtOnce() {
    assertThat(allowed("harbour", 20, 10)).isEqualTo(20);
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(allowed("harbour", 500, 100)).isBetween(100, 200);
  }
}

package govcloud.node.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RequestMeterTest {

  private static final Instant NOON = Instant.parse("2026-03-02T12:10:00Z");
  private static final Instant HOUR = Instant.parse("2026-03-02T12:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final RequestMeter meter = new RequestMeter(new Given());

  private final class Given extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now.get();
    }
  }

  @Test
  void requests_areCountedByDepartmentAndHour() {
    meter.answered("harbour");
    meter.answered("harbour");
    meter.refused("harbour");
    now.set(NOON.plusSeconds(3600));
    meter.answered("harbour");
    assertThat(meter.counted())
        .containsExactlyInAnyOrder(
            new RequestMeter.Counted("harbour", HOUR, 2, 1),
            new RequestMeter.Counted("harbour", HOUR.plusSeconds(3600), 1, 0));
  }

  @Test
  void hour_isForgottenOnlyWhenLongOver() {
    meter.answered("harbour");
    meter.forget(meter.counted().get(0));
    assertThat(meter.counted()).hasSize(1);
    now.set(NOON.plusSeconds(4 * 3600));
    meter.forget(meter.counted().get(0));
    assertThat(meter.counted()).isEmpty();
  }

  @Test
  void hours_ofSeveralSourcesAddUp() {
    var one = new UsageTable.Hour(HOUR, 1, 2, 0, 0);
    var two = new UsageTable.Hour(HOUR, 0, 0, 3, 4);
    var later = new UsageTable.Hour(HOUR.plusSeconds(3600), 5, 0, 0, 0);
    assertThat(UsageTable.sum(List.of(later, one), List.of(two)))
        .containsExactly(new UsageTable.Hour(HOUR, 1, 2, 3, 4), later);
  }
}

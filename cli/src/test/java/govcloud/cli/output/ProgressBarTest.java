package govcloud.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.cli.TestTerminal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProgressBarTest {
  private static final class HandClock extends Clock {
    private Instant now = Instant.parse("2026-03-02T00:00:00Z");

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
      return now;
    }
  }

  private final HandClock clock = new HandClock();

  @Test
  void halfDone_shown_hasRateAndTimeLeft() {
    ProgressBar bar = new ProgressBar(new TestTerminal().terminal(), clock, "Importing", "events");
    clock.now = clock.now.plusSeconds(10);
    bar.update(0.5, 4000, "3 deviations");
    assertThat(bar.text())
        .isEqualTo(
            "Importing ████████████░░░░░░░░░░░░  50%  4,000 events  400/s  10 s left  3 deviations");
    bar.close();
  }

  @Test
  void longStep_shown_countsDownAndThenTellsWhatIsSpent() {
    ProgressBar bar = new ProgressBar(new TestTerminal().terminal(), clock, "Starting", "");
    clock.now = clock.now.plusSeconds(18);
    bar.update(0.6, 0, "nodes");
    assertThat(bar.text()).endsWith(" 60%  12 s left  nodes");
    clock.now = clock.now.plusSeconds(8);
    bar.update(0.6, 0, "nodes");
    assertThat(bar.text()).endsWith(" 60%  4 s left  nodes");
    clock.now = clock.now.plusSeconds(14);
    bar.update(0.6, 0, "nodes");
    assertThat(bar.text()).endsWith(" 60%  40 s  nodes");
    bar.close();
  }

  @Test
  void narrowTerminal_drawn_staysOnOneLine() {
    TestTerminal terminal = new TestTerminal(true, "", Map.of("COLUMNS", "40"));
    ProgressBar bar = new ProgressBar(terminal.terminal(), clock, "Importing", "events");
    bar.update(0.5, 4000, "a very long note that does not fit");
    String drawn = terminal.err().replace("\r", "").replace("\u001b[K", "");
    assertThat(Width.of(drawn)).isLessThan(40);
    bar.close();
  }

  @Test
  void logFile_drawn_hasNoControlCharacters() {
    TestTerminal terminal = new TestTerminal();
    ProgressBar bar = new ProgressBar(terminal.terminal(), clock, "Importing", "");
    for (int i = 0; i < 100; i++) {
      clock.now = clock.now.plusMillis(100);
      bar.update(i / 100.0, i, "");
    }
    bar.close();
    assertThat(terminal.err()).doesNotContain("\r").doesNotContain("\u001b");
    assertThat(terminal.err().split("\n", -1)).hasSizeLessThan(5);
  }

  @Test
  void chineseText_measured_isTwoColumnsWide() {
    assertThat(Width.of("交通abc")).isEqualTo(7);
    assertThat(Width.cut("交通运输局", 6)).isEqualTo("交通…");
    assertThat(Width.padded("局", 4)).isEqualTo("局  ");
  }
}

package govcloud.cli.output;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * One line that shows how far something is, how fast it goes and how long it will take. A person
 * sees it redrawn in place; a log file gets a line every few seconds.
 */
public final class ProgressBar implements AutoCloseable {
  private static final Duration REDRAW = Duration.ofMillis(100);
  private static final Duration LOG_LINE = Duration.ofSeconds(10);
  private static final int BAR = 24;
  private static final String CLEAR_REST = "\u001b[K";

  private final Terminal terminal;
  private final Clock clock;
  private final String title;
  private final String unit;
  private final Instant began;
  private Instant drawn;
  private double share;
  private Instant changed;
  private long count;
  private String note = "";

  /** A bar that counts things of a unit, such as events. */
  public ProgressBar(Terminal terminal, Clock clock, String title, String unit) {
    this.terminal = terminal;
    this.clock = clock;
    this.title = title;
    this.unit = unit;
    this.began = clock.instant();
    this.drawn = Instant.MIN;
    this.changed = began;
  }

  /**
   * Tells how far it is.
   *
   * @param newShare of the whole, 0 to 1
   * @param newCount of things done
   * @param newNote a few words beside it
   */
  public synchronized void update(double newShare, long newCount, String newNote) {
    Instant now = clock.instant();
    double within = Math.max(0, Math.min(1, newShare));
    changed = within == share ? changed : now;
    share = within;
    count = newCount;
    note = newNote;
    Duration every = terminal.interactive() ? REDRAW : LOG_LINE;
    if (drawn.equals(Instant.MIN) || Duration.between(drawn, now).compareTo(every) >= 0) {
      drawn = now;
      draw();
    }
  }

  private void draw() {
    if (terminal.interactive()) {
      terminal.err().print("\r" + Width.cut(text(), terminal.columns() - 1) + CLEAR_REST);
    } else {
      terminal.err().println(text());
    }
    terminal.err().flush();
  }

  /** The line as it is now. */
  String text() {
    Duration spent = Duration.between(began, clock.instant());
    double seconds = spent.toMillis() / 1000.0;
    int filled = (int) Math.round(share * BAR);
    StringBuilder line = new StringBuilder(title).append(' ');
    line.append("█".repeat(filled)).append("░".repeat(BAR - filled));
    line.append(String.format(Locale.ROOT, " %3d%%", (int) (share * 100)));
    if (!unit.isEmpty()) {
      line.append(String.format(Locale.ROOT, "  %,d %s", count, unit));
      if (seconds >= 0.5) {
        line.append(String.format(Locale.ROOT, "  %,.0f/s", count / seconds));
      }
    }
    double left = left(seconds);
    if (share > 0.01 && left >= 1 && seconds >= 1) {
      line.append("  ").append(time(left)).append(" left");
    } else {
      line.append("  ").append(time(seconds));
    }
    return note.isEmpty() ? line.toString() : line.append("  ").append(note).toString();
  }

  /** Counted down from the last step, so that it does not grow while a long step is under way. */
  private double left(double spent) {
    double untilStep = Duration.between(began, changed).toMillis() / 1000.0;
    return untilStep / share - spent;
  }

  private static String time(double seconds) {
    long whole = Math.round(seconds);
    if (whole >= 3600) {
      return String.format(Locale.ROOT, "%d:%02d h", whole / 3600, whole / 60 % 60);
    }
    return whole >= 60
        ? String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60)
        : whole + " s";
  }

  /** Draws it a last time and goes to the next line. */
  @Override
  public synchronized void close() {
    draw();
    if (terminal.interactive()) {
      terminal.err().println();
      terminal.err().flush();
    }
  }
}

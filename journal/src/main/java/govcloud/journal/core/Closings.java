package govcloud.journal.core;

import govcloud.journal.ClockPassedException;
import govcloud.journal.JournalException;
import govcloud.journal.JournalUnavailableException;
import java.util.ArrayDeque;

/** Clocks that wait to be closed, in the order in which that was asked. */
final class Closings {

  /** One clock and who wants it closed. */
  private static final class Closing {
    private final long clock;
    private final long born;
    private final Reply<Long> reply;
    private boolean answered;

    Closing(long clock, long born, Reply<Long> reply) {
      this.clock = clock;
      this.born = born;
      this.reply = reply;
    }
  }

  private final SliceHost host;
  private final HostSettings settings;
  private final ArrayDeque<Closing> waiting = new ArrayDeque<>();

  Closings(SliceHost host, HostSettings settings) {
    this.host = host;
    this.settings = settings;
  }

  void add(long clock, Reply<Long> reply) {
    waiting.add(new Closing(clock, host.now(), reply));
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** The highest clock that a record may have as long as the next mark is not in the log. */
  long ceiling() {
    return waiting.isEmpty() ? Long.MAX_VALUE : waiting.peek().clock;
  }

  /**
   * Answers the next one if no mark is needed.
   *
   * @return whether it was answered
   */
  boolean settleNext() {
    LogEnd end = host.end();
    long clock = ceiling();
    if (clock == end.closedClock() && end.lastMark() >= 0) {
      answer(waiting.remove(), end.lastMark(), null);
      return true;
    }
    long passed = Math.max(end.highestClock(), end.closedClock());
    if (passed > clock || clock == end.closedClock()) {
      answer(waiting.remove(), null, new ClockPassedException(host.slice(), clock, passed));
      return true;
    }
    return false;
  }

  /** The next one's mark is in the log. */
  void closed(long offset) {
    answer(waiting.remove(), offset, null);
  }

  /** Fails what has waited too long; a mark under way may get into the log all the same. */
  void expire() {
    long oldest = host.now() - settings.ticks(settings.patience());
    for (Closing closing : waiting) {
      if (closing.born <= oldest) {
        answer(closing, null, impatience());
      }
    }
  }

  void stop(JournalException reason) {
    while (!waiting.isEmpty()) {
      answer(waiting.remove(), null, reason);
    }
  }

  private static void answer(Closing closing, Long offset, JournalException failure) {
    if (!closing.answered) {
      closing.answered = true;
      closing.reply.receive(offset, failure);
    }
  }

  private JournalException impatience() {
    return new JournalUnavailableException(
        "slice "
            + host.slice()
            + ", closing a clock: the store does not answer (expected: within the patience)");
  }
}

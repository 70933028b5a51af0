package govcloud.journal.core;

import govcloud.journal.JournalException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Requests to the store that are safe to repeat: repeated, with growing pauses, until answered. */
final class Repeating {

  private final Timers timers;
  private final HostSettings settings;

  Repeating(Timers timers, HostSettings settings) {
    this.timers = timers;
    this.settings = settings;
  }

  /**
   * Asks until there is an answer or it is no longer wanted. What no repetition can mend goes to
   * {@code damaged}.
   */
  <T> void ask(
      BooleanSupplier wanted,
      Consumer<Reply<T>> request,
      Consumer<T> then,
      Consumer<JournalException> damaged) {
    ask(wanted, request, then, damaged, 0);
  }

  private <T> void ask(
      BooleanSupplier wanted,
      Consumer<Reply<T>> request,
      Consumer<T> then,
      Consumer<JournalException> damaged,
      int repetition) {
    if (!wanted.getAsBoolean()) {
      return;
    }
    request.accept(
        (value, failure) -> {
          if (!wanted.getAsBoolean()) {
            return;
          }
          if (failure == null) {
            then.accept(value);
          } else if (failure instanceof JournalException damage) {
            damaged.accept(damage);
          } else {
            timers.after(
                settings.pause(repetition),
                () -> ask(wanted, request, then, damaged, repetition + 1));
          }
        });
  }
}

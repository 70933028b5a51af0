package govcloud.journal.simulation;

import java.util.function.LongFunction;

/**
 * Plays the history of a seed; the answer is what went wrong, or an empty string. As a function, so
 * that a copy of all this under another class loader can be asked as well.
 */
public final class Simulation implements LongFunction<String> {

  private final Tally total = new Tally();

  /** What happened in all histories so far. */
  public Tally total() {
    return total;
  }

  @Override
  public String apply(long seed) {
    History history = new History(seed, false);
    try {
      history.play();
    } catch (Violation | RuntimeException violation) {
      return String.valueOf(violation);
    }
    total.add(history.tally());
    return "";
  }

  /** Plays a seed once more and gives the end of its history in words. */
  public static String replay(long seed) {
    History history = new History(seed, true);
    String outcome = "no violation";
    try {
      history.play();
    } catch (Violation | RuntimeException violation) {
      outcome = String.valueOf(violation);
    }
    return "seed " + seed + ": " + outcome + System.lineSeparator() + history.trace();
  }

  /** Plays one seed, for people: {@code SEED}. */
  public static void main(String[] arguments) {
    System.out.println(replay(Long.parseLong(arguments[0])));
  }
}

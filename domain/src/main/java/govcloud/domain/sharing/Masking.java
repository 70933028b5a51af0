package govcloud.domain.sharing;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What of a field leaves the provider.
 *
 * @param first characters that stay at the beginning; only for {@link Rule#ENDS}, else 0
 * @param last characters that stay at the end; only for {@link Rule#ENDS}, else 0
 */
public record Masking(Rule rule, int first, int last) {

  /** The value as it is. */
  public static final Masking PLAIN = of(Rule.PLAIN);

  private static final int MOST_KEPT = 64;

  public Masking {
    Objects.requireNonNull(rule, "rule");
  }

  /** Ways to mask. */
  public enum Rule {
    /** The value as it is. */
    PLAIN,
    /** Nothing, not even whether there is a value. */
    HIDDEN,
    /** The first and the last characters; each between them is a star. */
    ENDS,
    /** A keyed hash: equal values can be told, and nothing else. */
    HASH,
    /** The year of a date or moment. */
    YEAR,
    /** The answer to a question about the value: yes, no or unknown. */
    PREDICATE
  }

  /** A rule without numbers. */
  public static Masking of(Rule rule) {
    return new Masking(rule, 0, 0);
  }

  /** Keeps the first and last characters. */
  public static Masking ends(int first, int last) {
    return new Masking(Rule.ENDS, first, last);
  }

  /**
   * What is agreed on where an application does not say it: the least that serves. Of a resource
   * that is shared with everybody the value; of any other whether the consumer's claim is right,
   * and nothing in a batch, in which nobody claims anything. A file is given as it is.
   *
   * @param mode the mode in which everything is given at once, or none for queries
   */
  public static Masking usual(SharingClass sharing, Optional<Mode> mode) {
    if (sharing == SharingClass.UNCONDITIONAL || mode.equals(Optional.of(Mode.FILE))) {
      return PLAIN;
    }
    return of(mode.isPresent() ? Rule.HIDDEN : Rule.PREDICATE);
  }

  void check(String at, Faults faults) {
    if (rule == Rule.ENDS) {
      faults.range(at + "/first", first, 0, MOST_KEPT);
      faults.range(at + "/last", last, 0, MOST_KEPT);
      faults.require(first + last > 0, at, "nothing kept", "first + last >= 1, or hidden");
    } else {
      faults.require(first == 0, at + "/first", first, "0, for it is only for ends");
      faults.require(last == 0, at + "/last", last, "0, for it is only for ends");
    }
  }

  void check(String at, Item item, Faults faults) {
    faults.require(
        rule != Rule.YEAR || item.type().hasYear(),
        at + "/rule",
        "year of " + Words.of(item.type()),
        "a date or timestamp");
    faults.require(
        rule != Rule.ENDS || item.type().hasEnds(),
        at + "/rule",
        "ends of " + Words.of(item.type()),
        "a text, citizen_number or credit_code");
  }

  /** The masking as a document. */
  Map<String, Object> document() {
    var document = new HashMap<String, Object>();
    document.put("rule", Words.of(rule));
    if (rule == Rule.ENDS) {
      document.put("first", first);
      document.put("last", last);
    }
    return document;
  }
}

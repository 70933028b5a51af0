package govcloud.domain.operation;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * That a cloud which has officers gets its next key: what two of them sign, and what a node then
 * makes, and nothing else.
 *
 * @param kind of the key
 * @param number that it gets; the one before is the newest until then
 */
public record KeyRotation(Kind kind, int number) {

  private static final Pattern SUBJECT = Pattern.compile("keys/(signing|epoch)/([1-9][0-9]{0,4})");

  /** Keys that are followed by others. */
  public enum Kind {
    /** Signs what this cloud sends, and vouches for the next one. */
    SIGNING,
    /** Secrets that seal what is sent from then on. */
    EPOCH;

    /** As people write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The one with a word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Kind of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /** The subject of its operation; two rotations never have the same one. */
  public String subject() {
    return "keys/" + kind.word() + "/" + number;
  }

  /**
   * The one of an operation.
   *
   * @throws IllegalArgumentException if the subject is of none
   */
  public static KeyRotation of(String subject) {
    Matcher found = SUBJECT.matcher(subject);
    if (!found.matches()) {
      throw new IllegalArgumentException(
          "subject: " + subject + " (expected: " + SUBJECT.pattern() + ")");
    }
    return new KeyRotation(Kind.of(found.group(1)), Integer.parseInt(found.group(2)));
  }
}

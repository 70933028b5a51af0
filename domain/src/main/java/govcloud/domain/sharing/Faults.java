package govcloud.domain.sharing;

import static java.nio.charset.StandardCharsets.UTF_8;

import govcloud.domain.Decision;
import govcloud.domain.Refusal;
import govcloud.domain.RefusalCode;
import govcloud.domain.catalogue.LocalText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** Collects what is wrong with a document: each as a refusal that names place and expectation. */
final class Faults {

  /** Name of the fact that tells the place, as a JSON pointer (RFC 6901). */
  static final String AT = "at";

  static final int LONGEST_TITLE = 200;
  static final int LONGEST_TEXT = 2_000;

  private static final Pattern IDENTIFIER = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  private final RefusalCode code;
  private final List<Refusal> found = new ArrayList<>();

  Faults(RefusalCode code) {
    this.code = code;
  }

  /** Everything that was found, in the order of the document. */
  List<Refusal> found() {
    return List.copyOf(found);
  }

  /** Refuses with the first fault and says how many there are beside it. */
  static <E> Decision<E> refuse(List<Refusal> faults) {
    var first = faults.get(0);
    return new Decision.Refused<>(
        faults.size() == 1 ? first : first.with("more_faults", "" + (faults.size() - 1)));
  }

  void require(boolean holds, String at, Object value, String expected) {
    if (!holds) {
      found.add(Refusal.of(code, at + ": " + value + " (expected: " + expected + ")").with(AT, at));
    }
  }

  void identifier(String at, String value) {
    require(IDENTIFIER.matcher(value).matches(), at, quoted(value), "^" + IDENTIFIER + "$");
  }

  void text(String at, String value, int longest) {
    require(
        isText(value, longest),
        at,
        value.length() > longest ? value.length() + " characters" : quoted(value),
        "1 to " + longest + " characters");
  }

  void text(String at, LocalText value, int longest) {
    text(at + "/zh", value.zh(), longest);
    text(at + "/en", value.en(), longest);
  }

  void size(String at, Collection<?> values, int least, int most) {
    require(
        values.size() >= least && values.size() <= most,
        at,
        values.size() + " elements",
        least + " to " + most);
  }

  void range(String at, long value, long least, long most) {
    require(value >= least && value <= most, at, value, least + " to " + most);
  }

  /** Whether it says something, is not too long and has no half characters. */
  static boolean isText(String value, int longest) {
    return !value.isBlank() && value.length() <= longest && UTF_8.newEncoder().canEncode(value);
  }

  static String badText(String name, String value, int longest) {
    return name
        + ": "
        + (value.length() > longest ? value.length() + " characters" : quoted(value))
        + " (expected: 1 to "
        + longest
        + " characters)";
  }

  static String quoted(String value) {
    return '"' + value + '"';
  }
}

package govcloud.domain.sharing;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What national and local catalogues say of a resource beside what sharing needs; each may be
 * absent.
 *
 * @param code of the resource in the catalogue, such as {@code 307030000108/000012}; or empty
 * @param format in which the owner keeps it
 * @param opening whether the public may have it
 * @param related codes of other resources
 * @param quality how good the data is, in per cent
 * @param availability what part of the time it can be had, in thousandths
 * @param answerMillis within what time nearly every answer comes, in milliseconds
 * @param contact office and telephone for questions, never a person; or empty
 */
public record CatalogueEntry(
    String code,
    Optional<Format> format,
    Optional<Opening> opening,
    List<String> related,
    Map<Quality, Integer> quality,
    Optional<Integer> availability,
    Optional<Integer> answerMillis,
    String contact) {

  /** Nothing is said. */
  public static final CatalogueEntry NONE =
      new CatalogueEntry(
          "",
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Map.of(),
          Optional.empty(),
          Optional.empty(),
          "");

  private static final Pattern CODE = Pattern.compile("[0-9A-Z]{5,20}/[0-9]{6}");
  private static final int MOST_RELATED = 50;
  private static final int LONGEST_ANSWER = 86_400_000;

  public CatalogueEntry {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(opening, "opening");
    related = List.copyOf(related);
    quality = Collections.unmodifiableMap(new TreeMap<>(quality));
    Objects.requireNonNull(availability, "availability");
    Objects.requireNonNull(answerMillis, "answerMillis");
    Objects.requireNonNull(contact, "contact");
  }

  /** Forms in which data is kept. */
  public enum Format {
    /** A programming interface. */
    INTERFACE,
    /** Tables of a database. */
    TABLE,
    FILE
  }

  /** Whether the public may have data. */
  public enum Opening {
    OPEN,
    /** Those of the public who fulfil a condition. */
    CONDITIONAL,
    CLOSED
  }

  /** How good data is (the characteristics of GB/T 36344). */
  public enum Quality {
    /** Follows standards and rules. */
    CONFORMITY,
    COMPLETENESS,
    ACCURACY,
    /** Does not contradict other data. */
    CONSISTENCY,
    TIMELINESS,
    ACCESSIBILITY
  }

  void check(String at, DataResource of, Faults faults) {
    faults.require(
        code.isEmpty() || CODE.matcher(code).matches(),
        at + "/code",
        Faults.quoted(code),
        "^" + CODE + "$");
    opening.ifPresent(
        how ->
            faults.require(
                how == Opening.CLOSED || mayBeOpen(how, of),
                at + "/opening",
                Words.of(how),
                "closed of what is not shared or has l3 and l4 items; open without condition only"
                    + " of what is shared so"));
    checkRelated(at + "/related", faults);
    quality.forEach(
        (indicator, percent) ->
            faults.range(at + "/quality/" + Words.of(indicator), percent, 0, 100));
    availability.ifPresent(of1000 -> faults.range(at + "/availability", of1000, 0, 1_000));
    answerMillis.ifPresent(most -> faults.range(at + "/answer_millis", most, 1, LONGEST_ANSWER));
    if (!contact.isEmpty()) {
      faults.text(at + "/contact", contact, Faults.LONGEST_TITLE);
    }
  }

  /** What departments do not get, or not all of them, the public does not get more easily. */
  private static boolean mayBeOpen(Opening how, DataResource of) {
    return of.sharing() != SharingClass.NOT_SHARED
        && (how == Opening.CONDITIONAL || of.sharing() == SharingClass.UNCONDITIONAL)
        && of.items().stream().allMatch(item -> item.sensitivity().compareTo(Sensitivity.L3) < 0);
  }

  private void checkRelated(String at, Faults faults) {
    faults.size(at, related, 0, MOST_RELATED);
    var seen = new HashSet<String>();
    for (var i = 0; i < related.size(); i++) {
      var other = related.get(i);
      faults.require(
          CODE.matcher(other).matches() && seen.add(other) && !other.equals(code),
          at + "/" + i,
          Faults.quoted(other),
          "^" + CODE + "$, each only once, of another resource");
    }
  }

  /** What is said, as a document. */
  Map<String, Object> document() {
    var document = new HashMap<String, Object>();
    if (!code.isEmpty()) {
      document.put("code", code);
    }
    format.ifPresent(how -> document.put("format", Words.of(how)));
    opening.ifPresent(how -> document.put("opening", Words.of(how)));
    if (!related.isEmpty()) {
      document.put("related", related);
    }
    if (!quality.isEmpty()) {
      var indicators = new HashMap<String, Object>();
      quality.forEach((indicator, percent) -> indicators.put(Words.of(indicator), percent));
      document.put("quality", indicators);
    }
    availability.ifPresent(of1000 -> document.put("availability", of1000));
    answerMillis.ifPresent(most -> document.put("answer_millis", most));
    if (!contact.isEmpty()) {
      document.put("contact", contact);
    }
    return document;
  }
}

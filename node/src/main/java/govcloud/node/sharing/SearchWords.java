package govcloud.node.sharing;

import govcloud.domain.sharing.DataResource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Words by which resources are found. Where letters are written without spaces between words, as in
 * Chinese, each letter and each two neighbours count as words.
 */
final class SearchWords {

  /** Words of one resource; those of title and category come first. */
  static final int MOST = 400;

  private static final Pattern SPACE = Pattern.compile("[^\\p{L}\\p{N}]+");

  private SearchWords() {}

  /** What a resource says of itself, in lower case. */
  static String text(DataResource resource) {
    var text = new StringBuilder();
    text.append(resource.title().zh()).append(' ').append(resource.title().en()).append(' ');
    text.append(resource.category()).append(' ').append(resource.id()).append(' ');
    var entry = resource.catalogue();
    text.append(entry.code()).append(' ').append(entry.contact()).append(' ');
    text.append(String.join(" ", entry.related())).append(' ');
    text.append(resource.summary().zh()).append(' ').append(resource.summary().en());
    for (var item : resource.items()) {
      text.append(' ').append(item.title().zh()).append(' ').append(item.title().en());
      text.append(' ').append(item.element());
    }
    return text.toString().toLowerCase(Locale.ROOT);
  }

  /** The words under which a text is filed. */
  static Set<String> of(String text) {
    var words = new LinkedHashSet<String>();
    for (var run : runs(text)) {
      if (words.size() >= MOST) {
        break;
      }
      if (isIdeographic(run.codePointAt(0))) {
        run.codePoints().forEach(letter -> words.add(Character.toString(letter)));
        words.addAll(pairs(run));
      } else {
        words.add(run);
      }
    }
    return words;
  }

  /**
   * The words that a text must have all to be found by {@code query}, the most telling first: the
   * same whichever is written first, so that a page goes on where the one before has ended.
   */
  static List<String> asked(String query) {
    var words = new ArrayList<String>();
    for (var run : runs(query.toLowerCase(Locale.ROOT))) {
      if (isIdeographic(run.codePointAt(0)) && run.codePointCount(0, run.length()) > 1) {
        words.addAll(pairs(run));
      } else {
        words.add(run);
      }
    }
    return words.stream()
        .distinct()
        .sorted(
            Comparator.comparingInt(String::length)
                .reversed()
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private static List<String> pairs(String run) {
    var letters = run.codePoints().mapToObj(Character::toString).toList();
    var pairs = new ArrayList<String>();
    for (var i = 0; i + 1 < letters.size(); i++) {
      pairs.add(letters.get(i) + letters.get(i + 1));
    }
    return pairs;
  }

  /** Pieces of letters and digits, each either ideographic or not. */
  private static List<String> runs(String text) {
    var runs = new ArrayList<String>();
    for (var piece : SPACE.split(text, -1)) {
      var run = new StringBuilder();
      for (var letter : piece.codePoints().toArray()) {
        if (!run.isEmpty() && isIdeographic(run.codePointAt(0)) != isIdeographic(letter)) {
          runs.add(run.toString());
          run.setLength(0);
        }
        run.appendCodePoint(letter);
      }
      if (!run.isEmpty()) {
        runs.add(run.toString());
      }
    }
    return runs;
  }

  private static boolean isIdeographic(int letter) {
    return Character.isIdeographic(letter);
  }
}

package govcloud.node.replication.site;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a record lies in the logs of a site.
 *
 * @param slice the slice
 * @param offset of the batch in the slice's log
 * @param index of the record in the batch
 */
public record OrphanPlace(int slice, long offset, int index) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,5})-(\\d{1,18})-(\\d{1,9})");

  /** Before all records. */
  static final OrphanPlace START = new OrphanPlace(0, 0, 0);

  /** The text, such as {@code 3-4711-0}. */
  String text() {
    return slice + "-" + offset + "-" + index;
  }

  /** The place that a text names, if it does. */
  static Optional<OrphanPlace> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new OrphanPlace(
                Integer.parseInt(matcher.group(1)),
                Long.parseLong(matcher.group(2)),
                Integer.parseInt(matcher.group(3))))
        : Optional.empty();
  }
}

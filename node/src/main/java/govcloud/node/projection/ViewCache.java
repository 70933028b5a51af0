package govcloud.node.projection;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The rows and numbers that one writer has read or written last, so that it need not read them
 * again: bounded, least recently used first out. What it holds can not grow old, because a row of a
 * version is a function of the log alone, and the writer folds the log in order.
 */
final class ViewCache<R> {

  /**
   * Numbers of a scope.
   *
   * @param counts as they lie beside the rows
   * @param published the text that was last copied to where numbers are read, or null
   */
  record Numbers(Map<String, Long> counts, String published) {}

  private final Map<String, ViewFold.Kept<R>> rows;
  private final Map<String, Numbers> numbers;
  private long written;

  /** Holds at most so many rows, and as many scopes. */
  ViewCache(int limit) {
    rows = bounded(limit);
    numbers = bounded(limit);
  }

  private static <V> Map<String, V> bounded(int limit) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > limit;
      }
    };
  }

  /** Those of the rows that are known. */
  synchronized Map<String, ViewFold.Kept<R>> rows(Collection<String> ids) {
    Map<String, ViewFold.Kept<R>> known = new HashMap<>();
    for (String id : ids) {
      ViewFold.Kept<R> row = rows.get(id);
      if (row != null) {
        known.put(id, row);
      }
    }
    return known;
  }

  /** The numbers of a scope, or null. */
  synchronized Numbers numbers(String scope) {
    return numbers.get(scope);
  }

  /** What is stored now. */
  synchronized void stored(String scope, ViewFold<R> fold, Numbers now) {
    fold.changed()
        .forEach((id, row) -> rows.put(id, new ViewFold.Kept<>(row.version(), row.row())));
    numbers.put(scope, now);
    written += fold.taken();
  }

  /**
   * Whether so many records were written since the beginning or the last failure that nobody who
   * wrote before can have got as far with what he did not finish.
   */
  synchronized boolean alone() {
    return written >= SliceSource.MOST;
  }

  /** After a failure nobody knows what is stored. */
  synchronized void clear() {
    rows.clear();
    numbers.clear();
    written = 0;
  }
}

package govcloud.node.projection;

import govcloud.domain.Commit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Works out what some records of one slice and scope change in a view. Pure; folding a record again
 * that the rows already reflect changes nothing.
 */
final class ViewFold<R> {

  /** A row and the version of the entity that it reflects. */
  record Kept<R>(long version, R row) {}

  /** A row to write, with the position of the record it comes from. */
  record Changed<R>(long version, R row, long position) {}

  /** A list entry to add or to take away. */
  record Place(View.Entry entry, String id) {}

  /** What happens to a list entry, and the position of the record that makes it happen. */
  record Move(boolean present, long position) {}

  private final View<R> view;
  private final int slice;
  private final Map<String, Kept<R>> rows;
  private final Map<String, Changed<R>> changed = new LinkedHashMap<>();
  private final Map<Place, Move> moves = new LinkedHashMap<>();
  private final TreeMap<String, Long> counts;
  private long position;

  ViewFold(View<R> view, int slice, Map<String, Kept<R>> rows, Map<String, Long> counts) {
    this.view = view;
    this.slice = slice;
    this.rows = new HashMap<>(rows);
    this.counts = new TreeMap<>(counts);
  }

  /**
   * Takes in one record.
   *
   * @param commit read only when it is needed
   * @throws IllegalStateException when a record of the entity before this one has not been seen
   */
  void apply(long at, String id, long version, Supplier<Commit<?>> commit) {
    Kept<R> kept = rows.get(id);
    long seen = kept == null ? 0 : kept.version();
    if (version <= seen) {
      return;
    }
    if (version != seen + 1) {
      throw new IllegalStateException(
          "view %s, %s: version %d (expected: %d)".formatted(view.name(), id, version, seen + 1));
    }
    Optional<R> before = kept == null ? Optional.empty() : Optional.of(kept.row());
    R after = view.after(before, id, version, commit.get());
    List<View.Entry> places = view.entries(after, slice);
    before.ifPresent(
        row -> {
          for (View.Entry entry : view.entries(row, slice)) {
            if (!places.contains(entry)) {
              moves.put(new Place(entry, id), new Move(false, at));
            }
          }
          view.countedAs(row).forEach(name -> counts.merge(name, -1L, Long::sum));
        });
    List<View.Entry> old = before.map(row -> view.entries(row, slice)).orElse(List.of());
    for (View.Entry entry : places) {
      if (!old.contains(entry)) {
        moves.put(new Place(entry, id), new Move(true, at));
      }
    }
    view.countedAs(after).forEach(name -> counts.merge(name, 1L, Long::sum));
    rows.put(id, new Kept<>(version, after));
    changed.put(id, new Changed<>(version, after, at));
    position = at;
  }

  /** Rows to write, by entity id; empty when every record was known. */
  Map<String, Changed<R>> changed() {
    return changed;
  }

  /** List entries to add and to take away. */
  Map<Place, Move> moves() {
    return moves;
  }

  /** The numbers as they are now, without zeros. */
  Map<String, Long> counts() {
    TreeMap<String, Long> present = new TreeMap<>(counts);
    present.values().removeIf(number -> number == 0);
    return present;
  }

  /** Position of the last record that changed anything. */
  long position() {
    return position;
  }
}

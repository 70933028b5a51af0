package govcloud.node.projection;

import govcloud.domain.Commit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final boolean alone;
  private final Map<String, Kept<R>> rows;
  private final Map<String, List<View.Entry>> entries = new HashMap<>();
  private final Map<String, Changed<R>> changed = new LinkedHashMap<>();
  private final Map<Place, Move> moves = new LinkedHashMap<>();
  private final Set<Place> passing = new HashSet<>();
  private final TreeMap<String, Long> counts;
  private final Set<String> counting = new HashSet<>();
  private int taken;
  private long position;

  /**
   * Begins with what is stored.
   *
   * @param alone nobody else can have written what comes and goes within these records
   */
  ViewFold(
      View<R> view, int slice, boolean alone, Map<String, Kept<R>> rows, Map<String, Long> counts) {
    this.view = view;
    this.slice = slice;
    this.alone = alone;
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
    Optional<R> old = kept == null ? Optional.empty() : Optional.of(kept.row());
    R row = view.after(old, id, version, commit.get());
    List<View.Entry> left =
        old.map(known -> entries.computeIfAbsent(id, same -> view.entries(known, slice)))
            .orElse(List.of());
    List<View.Entry> entered = view.entries(row, slice);
    left.stream().filter(entry -> !entered.contains(entry)).forEach(entry -> leave(entry, id, at));
    entered.stream().filter(entry -> !left.contains(entry)).forEach(entry -> enter(entry, id, at));
    count(id, old.map(view::countedAs).orElse(List.of()), view.countedAs(row));
    rows.put(id, new Kept<>(version, row));
    entries.put(id, entered);
    changed.put(id, new Changed<>(version, row, at));
    taken++;
    position = at;
  }

  private void count(String id, List<String> no, List<String> yes) {
    if (!no.equals(yes)) {
      no.forEach(name -> counts.merge(name, -1L, Long::sum));
      yes.forEach(name -> counts.merge(name, 1L, Long::sum));
      counting.add(id);
    }
  }

  private void enter(View.Entry entry, String id, long at) {
    Place place = new Place(entry, id);
    if (moves.put(place, new Move(true, at)) == null) {
      passing.add(place);
    }
  }

  /** An entry that came with these records and goes with them need not be written at all. */
  private void leave(View.Entry entry, String id, long at) {
    Place place = new Place(entry, id);
    if (passing.remove(place) && alone) {
      moves.remove(place);
    } else {
      moves.put(place, new Move(false, at));
    }
  }

  /** All rows as they are now, by entity id. */
  Map<String, Kept<R>> rows() {
    return rows;
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

  /** How many records changed anything. */
  int taken() {
    return taken;
  }

  /**
   * Ids of the rows that changed any number, even if only to change back: then it is written again,
   * so that a late write of what it was in between loses. They have to be written together with the
   * numbers, the others need not.
   */
  Set<String> counting() {
    return counting;
  }

  /** Position of the last record that changed anything. */
  long position() {
    return position;
  }
}

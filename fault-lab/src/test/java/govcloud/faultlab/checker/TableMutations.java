package govcloud.faultlab.checker;

import govcloud.faultlab.history.History;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Everything that may be wrong with lists and numbers. */
final class TableMutations {

  private TableMutations() {}

  /** With the lists and numbers that its log adds up to: the recording is older than they are. */
  static StoredCloud right(StoredCloud stored) {
    Evidence evidence = new Evidence(new History(List.of(), List.of()), stored);
    return stored.withTables(ViewChecks.expected(evidence));
  }

  static Map<String, BiFunction<StoredCloud, Random, StoredCloud>> all() {
    Map<String, BiFunction<StoredCloud, Random, StoredCloud>> all = new LinkedHashMap<>();
    all.put("list entry missing", lists((rows, random) -> rows.remove(any(rows, random))));
    all.put("list entry left behind at another place", lists(TableMutations::leftBehind));
    all.put("list entry at a wrong place", lists(TableMutations::wrongPlace));
    all.put("list entry in a wrong list", lists(TableMutations::wrongList));
    all.put("numbers missing", counts((rows, random) -> rows.remove(any(rows, random))));
    all.put("a number one too high", counts(TableMutations::tooHigh));
    all.put("numbers of another slice", counts(TableMutations::anotherSlice));
    all.put("usage missing", usage((rows, random) -> rows.remove(any(rows, random))));
    all.put("an event counted twice", used(1, 0));
    all.put("bytes not counted", used(0, -100));
    all.put("usage in another hour", usage(TableMutations::anotherHour));
    return all;
  }

  private interface Change<T> {
    void make(List<T> rows, Random random);
  }

  private static <T> T any(List<T> rows, Random random) {
    return rows.get(random.nextInt(rows.size()));
  }

  private static <T> void replace(List<T> rows, Random random, UnaryOperator<T> change) {
    int at = random.nextInt(rows.size());
    rows.set(at, change.apply(rows.get(at)));
  }

  private static BiFunction<StoredCloud, Random, StoredCloud> lists(Change<ListEntry> change) {
    return (stored, random) -> {
      List<ListEntry> rows = new ArrayList<>(stored.tables().lists());
      change.make(rows, random);
      return stored.withTables(
          new ViewTables(rows, stored.tables().counts(), stored.tables().usage()));
    };
  }

  private static BiFunction<StoredCloud, Random, StoredCloud> counts(Change<CountsRow> change) {
    return (stored, random) -> {
      List<CountsRow> rows = new ArrayList<>(stored.tables().counts());
      change.make(rows, random);
      return stored.withTables(
          new ViewTables(stored.tables().lists(), rows, stored.tables().usage()));
    };
  }

  private static BiFunction<StoredCloud, Random, StoredCloud> usage(Change<UsageRow> change) {
    return (stored, random) -> {
      List<UsageRow> rows = new ArrayList<>(stored.tables().usage());
      change.make(rows, random);
      return stored.withTables(
          new ViewTables(stored.tables().lists(), stored.tables().counts(), rows));
    };
  }

  private static void leftBehind(List<ListEntry> rows, Random random) {
    ListEntry row = any(rows, random);
    rows.add(new ListEntry(row.list(), row.key() + "0", row.id()));
  }

  private static void wrongPlace(List<ListEntry> rows, Random random) {
    replace(rows, random, row -> new ListEntry(row.list(), row.key() + "0", row.id()));
  }

  private static void wrongList(List<ListEntry> rows, Random random) {
    replace(rows, random, row -> new ListEntry(row.list() + "x", row.key(), row.id()));
  }

  private static void tooHigh(List<CountsRow> rows, Random random) {
    replace(
        rows,
        random,
        row -> {
          int number = row.counts().lastIndexOf(':') + 1;
          int end = row.counts().length() - 1;
          long one = Long.parseLong(row.counts().substring(number, end)) + 1;
          String counts = row.counts().substring(0, number) + one + "}";
          return new CountsRow(row.table(), row.slice(), row.scope(), counts);
        });
  }

  private static void anotherSlice(List<CountsRow> rows, Random random) {
    replace(
        rows,
        random,
        row -> new CountsRow(row.table(), row.slice() + 100, row.scope(), row.counts()));
  }

  private static BiFunction<StoredCloud, Random, StoredCloud> used(long events, long bytes) {
    return usage(
        (rows, random) ->
            replace(
                rows,
                random,
                row ->
                    new UsageRow(
                        row.tenant(),
                        row.day(),
                        row.hour(),
                        row.slice(),
                        row.events() + events,
                        row.bytes() + bytes)));
  }

  private static void anotherHour(List<UsageRow> rows, Random random) {
    replace(
        rows,
        random,
        row ->
            new UsageRow(
                row.tenant(),
                row.day(),
                (row.hour() + 1) % 24,
                row.slice(),
                row.events(),
                row.bytes()));
  }
}

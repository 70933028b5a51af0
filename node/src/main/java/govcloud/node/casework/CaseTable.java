package govcloud.node.casework;

import govcloud.node.projection.Page;
import govcloud.node.projection.PageRequest;
import govcloud.node.projection.SortKey;
import govcloud.node.projection.ViewTable;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** Cases as the read model has them: worklists, numbers and what is late. */
public final class CaseTable {

  private final ViewTable<CaseRow> rows;

  public CaseTable(ViewTable<CaseRow> rows) {
    this.rows = rows;
  }

  /**
   * Cases of a department in order. With an app all its cases, without one the cases that are not
   * finished.
   */
  public CompletionStage<Page<CaseRow>> list(String tenant, CaseQuery query, PageRequest page) {
    Optional<String> before =
        query.sort() == CaseQuery.Sort.DUE
            ? query.dueBefore().map(SortKey::ascending)
            : Optional.empty();
    return rows.list(CaseLists.serving(tenant, query), before, query::admits, page);
  }

  /** One case. */
  public CompletionStage<Optional<CaseRow>> find(String tenant, String app, String caseId) {
    return rows.find("case/" + tenant + "/" + app + "/" + caseId);
  }

  /** Cases of an app that are not finished, by identifier: an order that work does not change. */
  public CompletionStage<Page<CaseRow>> running(String tenant, String app, PageRequest page) {
    return rows.list(CaseLists.running(tenant, app), page);
  }

  /** Cases that are not finished, over all apps of a department. */
  public CompletionStage<Long> active(String tenant) {
    return rows.counts(tenant).thenApply(CaseTable::sumActive);
  }

  /** Cases of an app that are not finished. */
  public CompletionStage<Long> active(String tenant, String app) {
    return rows.counts(tenant).thenApply(counts -> counts.getOrDefault(CaseView.ACTIVE + app, 0L));
  }

  /** How many cases of each app are in each state: app to state to number. */
  public CompletionStage<Map<String, Map<String, Long>>> counts(String tenant) {
    return rows.counts(tenant).thenApply(CaseTable::byAppAndState);
  }

  /** The same numbers for every department: tenant to app to state to number. */
  public CompletionStage<Map<String, Map<String, Map<String, Long>>>> counts() {
    return rows.counts()
        .thenApply(
            all -> {
              Map<String, Map<String, Map<String, Long>>> numbers = new TreeMap<>();
              all.forEach((tenant, counts) -> numbers.put(tenant, byAppAndState(counts)));
              return numbers;
            });
  }

  private static Map<String, Map<String, Long>> byAppAndState(Map<String, Long> counts) {
    Map<String, Map<String, Long>> apps = new TreeMap<>();
    counts.forEach(
        (name, number) -> {
          int slash = name.indexOf('/');
          if (!name.startsWith(CaseView.ACTIVE)) {
            apps.computeIfAbsent(name.substring(0, slash), app -> new TreeMap<>())
                .put(name.substring(slash + 1), number);
          }
        });
    return apps;
  }

  private static long sumActive(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .filter(count -> count.getKey().startsWith(CaseView.ACTIVE))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** How many cases of the whole cloud are yellow and how many red at {@code now}. */
  public CompletionStage<Late> late(Instant now) {
    String key = SortKey.ascending(now);
    return rows.countEntries(CaseLists.allYellow(rows.slices()), key)
        .thenCombine(
            rows.countEntries(CaseLists.allRed(rows.slices()), key),
            (yellowOrRed, red) -> new Late(Math.max(0, yellowOrRed - red), red));
  }

  /** Numbers of yellow and of red cases. */
  public record Late(long yellow, long red) {}

  /**
   * Yellow and red cases of the whole cloud, the longest late first.
   *
   * @param most at most this many
   */
  public CompletionStage<List<CaseRow>> latest(Instant now, int most) {
    return rows.merged(
            CaseLists.allYellow(rows.slices()), SortKey.ascending(now.plusMillis(1)), most)
        .thenApply(
            found ->
                found.stream()
                    .sorted(Comparator.comparing(row -> row.yellowFrom().orElse(Instant.MAX)))
                    .limit(most)
                    .toList());
  }
}

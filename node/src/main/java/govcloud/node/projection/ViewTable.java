package govcloud.node.projection;

import com.datastax.oss.driver.api.core.CqlSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * Reads the tables of one view: lists in the order of their keys, rows by id, numbers. All stages
 * fail with the driver's exceptions when Cassandra does not answer.
 */
public final class ViewTable<R> {

  /** A list entry can be found this many times the page size before a page is given up as full. */
  private static final int PATIENCE = 20;

  private static final String LAST_KEY = "\uFFFF";

  private final View<R> view;
  private final CqlSession session;
  private final ViewStatements statements;
  private final Generations generations;
  private final int slices;
  private final ToIntFunction<String> sliceOf;
  private final Executor executor;

  /**
   * The tables of a view.
   *
   * @param generations tells which generation to read
   */
  public ViewTable(
      CqlSession session,
      String keyspace,
      View<R> view,
      Generations generations,
      int slices,
      ToIntFunction<String> sliceOf,
      Executor executor) {
    this.view = view;
    this.session = session;
    this.statements = new ViewStatements(session, keyspace, view.type());
    this.generations = generations;
    this.slices = slices;
    this.sliceOf = sliceOf;
    this.executor = executor;
  }

  /** What these tables hold. */
  public View<R> view() {
    return view;
  }

  /** How many slices the cloud has, for lists that are kept for each slice. */
  public int slices() {
    return slices;
  }

  ViewStore store(Generation generation) {
    return new ViewStore(session, statements, generation);
  }

  private ViewStore store() {
    return store(generations.serving(view.name()));
  }

  /** The row of an entity, if the view has seen it. */
  public CompletionStage<Optional<R>> find(String id) {
    return rows(List.of(id)).thenApply(found -> Optional.ofNullable(found.get(id)));
  }

  /** A page of a list, in the order of its keys. */
  public CompletionStage<Page<R>> list(String list, PageRequest request) {
    return list(list, Optional.empty(), row -> true, request);
  }

  /**
   * A page of a list.
   *
   * @param before only entries with a key below this one, see {@link SortKey}
   * @param filter only rows that pass; a page may come out short although more follow
   */
  public CompletionStage<Page<R>> list(
      String list, Optional<String> before, Predicate<R> filter, PageRequest request) {
    PageToken start =
        request.token().map(token -> PageToken.decode(token, list)).orElse(new PageToken("", ""));
    return fill(new Filling(list, before.orElse(LAST_KEY), filter, request.size()), start, 0);
  }

  private final class Filling {
    private final String list;
    private final String before;
    private final Predicate<R> filter;
    private final int size;
    private final List<R> items = new ArrayList<>();

    Filling(String list, String before, Predicate<R> filter, int size) {
      this.list = list;
      this.before = before;
      this.filter = filter;
      this.size = size;
    }
  }

  private CompletionStage<Page<R>> fill(Filling page, PageToken after, int looked) {
    // What was left out so far says how rare the others are: more is looked at each time.
    int wanted = Math.max(page.size - page.items.size(), looked);
    // One more than wanted tells whether anything follows.
    return store()
        .entries(page.list, after, page.before, wanted + 1)
        .thenCompose(
            entries -> {
              List<PageToken> some = entries.subList(0, Math.min(wanted, entries.size()));
              return rows(some.stream().map(PageToken::id).toList())
                  .thenComposeAsync(
                      rows -> {
                        int taken = 0;
                        while (taken < some.size() && page.items.size() < page.size) {
                          take(page, some.get(taken++), rows);
                        }
                        if (taken == entries.size()) {
                          return completed(new Page<>(page.items, Optional.empty()));
                        }
                        PageToken last = some.get(taken - 1);
                        int seen = looked + taken;
                        return page.items.size() == page.size || seen >= page.size * PATIENCE
                            ? completed(new Page<>(page.items, Optional.of(last.encode(page.list))))
                            : fill(page, last, seen);
                      },
                      executor);
            });
  }

  /** The row decides: an entry that it no longer has, or has not yet, is left out. */
  private void take(Filling page, PageToken entry, Map<String, R> rows) {
    R row = rows.get(entry.id());
    if (row != null
        && view.entries(row, sliceOf.applyAsInt(entry.id()))
            .contains(new View.Entry(page.list, entry.key()))
        && page.filter.test(row)) {
      page.items.add(row);
    }
  }

  private record Place(String scope, int slice) {}

  /** The rows of some entities, by id; those that the view has not seen are missing. */
  public CompletionStage<Map<String, R>> rows(List<String> ids) {
    Map<Place, List<String>> places = new HashMap<>();
    ids.forEach(
        id ->
            places
                .computeIfAbsent(
                    new Place(view.scope(id), sliceOf.applyAsInt(id)), place -> new ArrayList<>())
                .add(id));
    ViewStore store = store();
    List<CompletableFuture<List<ViewStore.Stored>>> reads =
        places.entrySet().stream()
            .map(
                place ->
                    store
                        .rows(place.getKey().scope(), place.getKey().slice(), place.getValue())
                        .toCompletableFuture())
            .toList();
    return CompletableFuture.allOf(reads.toArray(CompletableFuture<?>[]::new))
        .thenApplyAsync(
            done -> {
              Map<String, R> rows = new HashMap<>();
              for (CompletableFuture<List<ViewStore.Stored>> read : reads) {
                read.join()
                    .forEach(row -> rows.put(row.id(), RowJson.read(row.body(), view.rowType())));
              }
              return rows;
            },
            executor);
  }

  /** The numbers of one scope, such as a tenant, over all slices. */
  public CompletionStage<Map<String, Long>> counts(String scope) {
    return published(scope).thenApply(all -> all.getOrDefault(scope, Map.of()));
  }

  /** The numbers of every scope, over all slices. */
  public CompletionStage<Map<String, Map<String, Long>>> counts() {
    return published(null);
  }

  private CompletionStage<Map<String, Map<String, Long>>> published(String scope) {
    ViewStore store = store();
    List<CompletableFuture<List<ViewStore.ScopeCounts>>> reads = new ArrayList<>();
    for (int slice = 0; slice < slices; slice++) {
      reads.add(store.published(slice, scope).toCompletableFuture());
    }
    return CompletableFuture.allOf(reads.toArray(CompletableFuture<?>[]::new))
        .thenApplyAsync(
            done -> {
              Map<String, Map<String, Long>> sums = new TreeMap<>();
              for (CompletableFuture<List<ViewStore.ScopeCounts>> read : reads) {
                read.join()
                    .forEach(
                        found -> {
                          Map<String, Long> sum =
                              sums.computeIfAbsent(found.scope(), name -> new TreeMap<>());
                          found.counts().forEach((name, n) -> sum.merge(name, n, Long::sum));
                        });
              }
              return sums;
            },
            executor);
  }

  /** Rows of several lists with keys below {@code before}, the first {@code most} of each list. */
  public CompletionStage<List<R>> merged(List<String> lists, String before, int most) {
    List<CompletableFuture<Page<R>>> reads =
        lists.stream()
            .map(
                list ->
                    list(list, Optional.of(before), row -> true, PageRequest.first(most))
                        .toCompletableFuture())
            .toList();
    return CompletableFuture.allOf(reads.toArray(CompletableFuture<?>[]::new))
        .thenApply(done -> reads.stream().flatMap(read -> read.join().items().stream()).toList());
  }

  /** How many entries of the lists have a key up to {@code last}. */
  public CompletionStage<Long> countEntries(List<String> lists, String last) {
    ViewStore store = store();
    List<CompletableFuture<Long>> reads =
        lists.stream().map(list -> store.countEntries(list, last).toCompletableFuture()).toList();
    return CompletableFuture.allOf(reads.toArray(CompletableFuture<?>[]::new))
        .thenApply(done -> reads.stream().mapToLong(CompletableFuture::join).sum());
  }

  private static <T> CompletionStage<T> completed(T value) {
    return CompletableFuture.completedFuture(value);
  }
}

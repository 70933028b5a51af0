package govcloud.node.projection;

import govcloud.journal.Position;
import govcloud.node.projection.parking.ParkedStream;
import govcloud.node.projection.parking.ParkedStreams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** What this node knows of all views: told by other nodes, and stored as offsets. */
final class CassandraViews implements Views {

  /** While somebody waits, the stored offsets are asked this often, in case news was lost. */
  private static final long ASK_MILLIS = 250;

  /** After this many failures without progress a projection counts as failing. */
  private static final int FAILING = 3;

  private final StoredPositions positions;
  private final ViewProgress progress;
  private final SliceHeads heads;
  private final ParkedStreams parked;
  private final Generations generations;
  private final TreeSet<String> views;

  CassandraViews(
      StoredPositions positions,
      ViewProgress progress,
      SliceHeads heads,
      ParkedStreams parked,
      Generations generations,
      Set<String> views) {
    this.positions = positions;
    this.progress = progress;
    this.heads = heads;
    this.parked = parked;
    this.generations = generations;
    this.views = new TreeSet<>(views);
  }

  @Override
  public CompletionStage<Boolean> await(String view, String consistencyToken, Duration timeout) {
    if (!views.contains(view)) {
      throw new IllegalArgumentException("view: " + view + " (expected: one of " + views + ")");
    }
    ConsistencyToken token = ConsistencyToken.parse(consistencyToken, heads.slices());
    String projection = generations.serving(view).projection();
    var key = new ViewProgress.Key(projection, token.slice());
    CompletableFuture<Boolean> reached = progress.await(key, token.position(), timeout);
    askLater(token.slice(), reached);
    return reached;
  }

  private void askLater(int slice, CompletableFuture<Boolean> reached) {
    if (!reached.isDone()) {
      CompletableFuture.delayedExecutor(ASK_MILLIS, TimeUnit.MILLISECONDS)
          .execute(
              () -> {
                if (!reached.isDone()) {
                  positions
                      .of(slice, this::learn)
                      .whenComplete((done, error) -> askLater(slice, reached));
                }
              });
    }
  }

  private void learn(int slice, String projection, long position) {
    var key = new ViewProgress.Key(projection, slice);
    if (position > progress.position(key)) {
      progress.learn(key, position);
    }
  }

  private CompletionStage<Void> refresh() {
    return positions.all(heads.slices(), this::learn);
  }

  @Override
  public CompletionStage<List<ViewLag>> lags() {
    return refresh()
        .thenCompose(
            done -> {
              List<CompletableFuture<ViewLag>> lags =
                  views.stream().map(view -> lag(view).toCompletableFuture()).toList();
              return CompletableFuture.allOf(lags.toArray(CompletableFuture<?>[]::new))
                  .thenApply(all -> lags.stream().map(CompletableFuture::join).toList());
            });
  }

  private CompletionStage<ViewLag> lag(String view) {
    Generation serving = generations.serving(view);
    List<CompletableFuture<SliceHeads.Behind>> reads = new ArrayList<>();
    for (int slice = 0; slice < heads.slices(); slice++) {
      var key = new ViewProgress.Key(serving.projection(), slice);
      reads.add(heads.behind(key, progress.position(key)).toCompletableFuture());
    }
    return CompletableFuture.allOf(reads.toArray(CompletableFuture<?>[]::new))
        .thenCompose(done -> parked.of(serving.projection()))
        .thenApply(
            streams -> lag(serving, reads.stream().map(CompletableFuture::join).toList(), streams));
  }

  /** Stored positions of a projection, by slice. */
  CompletionStage<List<Long>> stored(String projection) {
    return refresh()
        .thenApply(
            done ->
                IntStream.range(0, heads.slices())
                    .mapToObj(slice -> progress.position(new ViewProgress.Key(projection, slice)))
                    .toList());
  }

  /**
   * The lowest position that all projections of a slice, of every generation that is kept up, have
   * stored; {@link Position#BEFORE_FIRST} if one of them has stored none.
   */
  CompletionStage<Long> slowest(int slice) {
    return generations
        .states()
        .thenCompose(
            states -> {
              Map<String, Long> slowest = new HashMap<>();
              views.stream()
                  .flatMap(view -> generations.followed(view).stream())
                  .forEach(
                      generation -> slowest.put(generation.projection(), Position.BEFORE_FIRST));
              return positions
                  .of(
                      slice,
                      (same, projection, position) ->
                          slowest.computeIfPresent(projection, (name, none) -> position))
                  .thenApply(done -> slowest.values().stream().min(Long::compare).orElseThrow());
            });
  }

  /** About the end of every slice, by slice; a view that reads all records may know of more. */
  CompletionStage<long[]> heads(String view) {
    return refresh()
        .thenApply(
            done ->
                IntStream.range(0, heads.slices())
                    .mapToLong(
                        slice ->
                            Math.max(
                                heads.head(slice),
                                progress.position(new ViewProgress.Key(view, slice))))
                    .toArray());
  }

  private ViewLag lag(
      Generation serving, List<SliceHeads.Behind> behind, List<ParkedStream> streams) {
    List<Integer> failing =
        IntStream.range(0, heads.slices())
            .filter(
                slice ->
                    progress.failures(new ViewProgress.Key(serving.projection(), slice)) >= FAILING)
            .boxed()
            .toList();
    return new ViewLag(
        serving,
        behind.stream().mapToLong(SliceHeads.Behind::records).sum(),
        behind.stream().mapToDouble(SliceHeads.Behind::seconds).max().orElse(0),
        failing,
        streams);
  }
}

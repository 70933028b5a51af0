package govcloud.node.projection;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import govcloud.journal.Position;
import govcloud.node.projection.parking.ParkedStream;
import govcloud.node.projection.parking.ParkedStreams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** What this node knows of all views: told by other nodes, and stored as offsets. */
final class CassandraViews implements Views {

  /** Pekko's offset store spreads the offsets of one projection over as many partitions. */
  private static final List<Integer> PARTITIONS = List.of(0, 1, 2, 3, 4);

  /** While somebody waits, the stored offsets are asked this often, in case news was lost. */
  private static final long ASK_MILLIS = 250;

  /** After this many failures without progress a projection counts as failing. */
  private static final int FAILING = 3;

  private final CqlSession session;
  private final PreparedStatement offsets;
  private final ViewProgress progress;
  private final SliceHeads heads;
  private final ParkedStreams parked;
  private final Generations generations;
  private final TreeSet<String> views;

  CassandraViews(
      CqlSession session,
      String keyspace,
      ViewProgress progress,
      SliceHeads heads,
      ParkedStreams parked,
      Generations generations,
      Set<String> views) {
    this.session = session;
    this.progress = progress;
    this.heads = heads;
    this.parked = parked;
    this.generations = generations;
    this.views = new TreeSet<>(views);
    this.offsets =
        session.prepare(
            "SELECT projection_key, offset FROM "
                + keyspace
                + ".projection_offset_store WHERE projection_name = ? AND partition IN ?");
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
    askLater(projection, reached);
    return reached;
  }

  private void askLater(String projection, CompletableFuture<Boolean> reached) {
    if (!reached.isDone()) {
      CompletableFuture.delayedExecutor(ASK_MILLIS, TimeUnit.MILLISECONDS)
          .execute(
              () -> {
                if (!reached.isDone()) {
                  refresh(projection).whenComplete((done, error) -> askLater(projection, reached));
                }
              });
    }
  }

  /** Learns the stored offsets of a projection. */
  private CompletionStage<Void> refresh(String projection) {
    return session
        .executeAsync(offsets.bind(projection, PARTITIONS))
        .thenAccept(
            rows ->
                rows.currentPage()
                    .forEach(
                        row -> {
                          int slice = Integer.parseInt(row.getString("projection_key"));
                          var key = new ViewProgress.Key(projection, slice);
                          long stored = Long.parseLong(row.getString("offset"));
                          if (stored > progress.position(key)) {
                            progress.learn(key, stored);
                          }
                        }));
  }

  @Override
  public CompletionStage<List<ViewLag>> lags() {
    List<CompletableFuture<ViewLag>> reads =
        views.stream()
            .map(
                view -> {
                  Generation serving = generations.serving(view);
                  return refresh(serving.projection())
                      .thenCombine(
                          parked.of(serving.projection()), (done, streams) -> lag(serving, streams))
                      .toCompletableFuture();
                })
            .toList();
    return CompletableFuture.allOf(reads.toArray(CompletableFuture<?>[]::new))
        .thenApply(done -> reads.stream().map(CompletableFuture::join).toList());
  }

  /** Stored positions of a projection, by slice. */
  CompletionStage<List<Long>> stored(String projection) {
    return refresh(projection)
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
              List<CompletableFuture<Long>> reads =
                  views.stream()
                      .flatMap(view -> generations.followed(view).stream())
                      .map(generation -> stored(generation, slice).toCompletableFuture())
                      .toList();
              return CompletableFuture.allOf(reads.toArray(CompletableFuture<?>[]::new))
                  .thenApply(
                      done ->
                          reads.stream()
                              .mapToLong(CompletableFuture::join)
                              .min()
                              .orElse(Position.BEFORE_FIRST));
            });
  }

  private CompletionStage<Long> stored(Generation generation, int slice) {
    return session
        .executeAsync(offsets.bind(generation.projection(), PARTITIONS))
        .thenApply(
            rows -> {
              for (Row row : rows.currentPage()) {
                if (Integer.parseInt(row.getString("projection_key")) == slice) {
                  return Long.parseLong(row.getString("offset"));
                }
              }
              return Position.BEFORE_FIRST;
            });
  }

  /** About the end of every slice, by slice; a view that reads all records may know of more. */
  CompletionStage<long[]> heads(String view) {
    return refresh(view)
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

  private ViewLag lag(Generation serving, List<ParkedStream> streams) {
    long records = 0;
    double seconds = 0;
    List<Integer> failing = new ArrayList<>();
    for (int slice = 0; slice < heads.slices(); slice++) {
      var key = new ViewProgress.Key(serving.projection(), slice);
      SliceHeads.Behind behind = heads.behind(slice, progress.position(key));
      records += behind.records();
      seconds = Math.max(seconds, behind.seconds());
      if (progress.failures(key) >= FAILING) {
        failing.add(slice);
      }
    }
    return new ViewLag(serving, records, seconds, failing, streams);
  }
}

package govcloud.node.projection;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.journal.Position;
import govcloud.node.TestKeyspace;
import govcloud.node.projection.parking.CassandraParkedStreams;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Stored positions on a real Cassandra. */
@Tag("slow")
class StoredPositionsIT {

  private static final int SLICES = 4;

  private TestKeyspace keyspace;
  private StoredPositions positions;

  @BeforeEach
  void open() {
    keyspace = TestKeyspace.open("positions");
    positions = new StoredPositions(keyspace.session(), keyspace.name());
  }

  @AfterEach
  void close() {
    keyspace.close();
  }

  @Test
  void lowerPosition_writtenLate_doesNotReplaceTheHigherOne() {
    get(positions.store(2, Map.of("cases", 500L, "usage", 90L)));
    get(positions.store(2, Map.of("cases", 300L, "usage", 91L)));
    get(positions.store(3, Map.of("cases", 7L)));
    assertThat(stored(2)).isEqualTo(Map.of("cases", 500L, "usage", 91L));
    assertThat(stored(3)).isEqualTo(Map.of("cases", 7L));
    get(positions.store(2, Map.of("cases", 501L)));
    assertThat(stored(2)).containsEntry("cases", 501L);
  }

  @Test
  void slowest_isTheLowestOfEveryGenerationThatIsKeptUp_andNoneBeforeAllHaveStored() {
    var generations = new Generations(keyspace.session(), keyspace.name(), Clock.systemUTC());
    CassandraViews views = views(generations);
    get(positions.store(1, Map.of("cases", 500L, "gone", 3L)));
    assertThat(get(views.slowest(1))).isEqualTo(Position.BEFORE_FIRST);
    get(positions.store(1, Map.of("usage", 400L)));
    assertThat(get(views.slowest(1))).isEqualTo(400);
    assertThat(get(views.slowest(0))).isEqualTo(Position.BEFORE_FIRST);
    GenerationState first = GenerationState.first("cases");
    assertThat(get(generations.change(first, first.begun("r-1", Clock.systemUTC().instant()))))
        .isTrue();
    assertThat(get(views.slowest(1))).isEqualTo(Position.BEFORE_FIRST);
    get(positions.store(1, Map.of("2@cases", 50L)));
    assertThat(get(views.slowest(1))).isEqualTo(50);
    get(positions.store(1, Map.of("2@cases", 20L)));
    assertThat(get(views.slowest(1))).isEqualTo(50);
  }

  private CassandraViews views(Generations generations) {
    var heads =
        new SliceHeads(
            SLICES,
            slice -> Position.BEFORE_FIRST,
            (slice, position) -> CompletableFuture.completedFuture(Optional.empty()),
            Clock.systemUTC());
    return new CassandraViews(
        positions,
        new ViewProgress(),
        heads,
        new CassandraParkedStreams(keyspace.session(), keyspace.name()),
        generations,
        Set.of("cases", "usage"));
  }

  private Map<String, Long> stored(int slice) {
    Map<String, Long> found = new TreeMap<>();
    get(positions.of(slice, (same, projection, position) -> found.put(projection, position)));
    return found;
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }
}

package govcloud.replication.archive;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.replication.statement.Finding;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every damage is found, at its place, and nothing else is accused. */
@Execution(ExecutionMode.CONCURRENT)
class MutationTest {
  private static final int FEW = 650;
  private static final int MANY = 13_000;

  @Tag("slow")
  @Test
  void replica_damagedInSomeWays_isFoundAndLocated() throws Exception {
    check(0, FEW);
  }

  @ParameterizedTest
  @ValueSource(longs = {1_000_000, 2_000_000})
  @Tag("slow")
  void replica_damagedInManyWays_isFoundAndLocated(long firstSeed) throws Exception {
    check(firstSeed, Integer.getInteger("govcloud.mutations", MANY) / 2);
  }

  private static void check(long firstSeed, int count) throws Exception {
    Map<Mutations.Way, Integer> ways = new EnumMap<>(Mutations.Way.class);
    Mutations mutations = new Mutations(firstSeed);
    TestReplica sound = TestReplica.of(TestKeys.HOME, firstSeed);
    for (long seed = firstSeed; seed < firstSeed + count; seed++) {
      Mutations.Mutation mutation = mutations.of(seed);
      ways.merge(mutation.way(), 1, Integer::sum);
      ReplicaReport report =
          new ReplicaVerifier(mutation.store(), mutation.blobs(), sound.trust())
              .verify(sound.anchor());
      String what = "seed " + seed + ": " + mutation.way() + " of " + mutation.names();
      Set<String> damaged = new TreeSet<>(mutation.names());
      assertThat(report.findings().stream().map(Finding::name).collect(Collectors.toSet()))
          .as("%s: %s", what, report.findings())
          .isEqualTo(damaged);
      if (!mutation.whole() && !damaged.isEmpty()) {
        assertThat(report.findings())
            .as("%s from %d", what, mutation.from())
            .anyMatch(f -> f.from() <= mutation.from() && mutation.from() < f.to());
      }
    }
    assertThat(ways).hasSize(Mutations.Way.values().length);
  }
}

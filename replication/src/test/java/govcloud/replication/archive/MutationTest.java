package govcloud.replication.archive;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.replication.simulation.PatchedCore;
import govcloud.replication.simulation.Player;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every damage is found, at its place, and nothing else is accused. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class MutationTest {
  private static final int FEW = 700;
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
    Player damages = PatchedCore.simulation(Damages.class);
    for (long seed = firstSeed; seed < firstSeed + count; seed++) {
      assertThat(damages.play(seed)).isEmpty();
    }
    Set<Mutations.Way> ways = EnumSet.noneOf(Mutations.Way.class);
    Mutations mutations = new Mutations(Damages.base(firstSeed));
    for (long seed = firstSeed; seed < firstSeed + FEW; seed++) {
      ways.add(mutations.of(seed).way());
    }
    assertThat(ways).hasSize(Mutations.Way.values().length);
  }
}

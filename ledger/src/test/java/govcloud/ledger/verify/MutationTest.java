package govcloud.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.ledger.Finding;
import govcloud.ledger.log.LedgerFiles;
import govcloud.ledger.log.MemoryStore;
import govcloud.ledger.log.TestLedger;
import govcloud.ledger.note.TrustPolicy;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every damage is found and told where it is, and nothing else is blamed. */
@Tag("slow")
class MutationTest {
  private static final int[] SIZES = {1, 5, 256, 300, 515};
  private static final int FEW = 100;
  private static final int MANY = 2_050;

  @Tag("slow")
  @Test
  void someDamages_areFoundAndLocated() throws Exception {
    check(0, FEW);
  }

  @Test
  @Tag("slow")
  void manyDamages_areFoundAndLocated() throws Exception {
    check(1_000_000, MANY);
  }

  private static void check(long firstSeed, int countOfEach) throws Exception {
    TrustPolicy policy = TestLedger.policy();
    Map<Mutations.Way, Integer> ways = new EnumMap<>(Mutations.Way.class);
    for (int size : SIZES) {
      Mutations mutations = new Mutations(size);
      assertThat(new LedgerVerifier(mutations.sound(), policy).verify(mutations.known()).findings())
          .as("sound ledger of %d", size)
          .isEmpty();
      for (long seed = firstSeed; seed < firstSeed + countOfEach; seed++) {
        Mutations.Mutation mutation = mutations.of(seed);
        ways.merge(mutation.way(), 1, Integer::sum);
        MemoryStore damaged = mutations.apply(mutation);
        LedgerReport report = new LedgerVerifier(damaged, policy).verify(mutations.known());
        Set<String> blamed =
            report.findings().stream().map(Finding::name).collect(Collectors.toSet());
        String what = "size %d, seed %d: %s".formatted(size, seed, mutation);
        assertThat(report.verdict()).as(what).isNotEqualTo(LedgerReport.Verdict.VALID);
        // Where everything that says what the edge was is damaged at once, only that is known.
        if (mutation.changes().size() == 1 || !blamed.contains(LedgerFiles.CHECKPOINT)) {
          assertThat(blamed).as(what).containsAnyElementsOf(mutation.changes().keySet());
        }
        if (isPlain(mutation)) {
          assertThat(mutation.changes().keySet()).as(what).containsAll(blamed);
        }
      }
    }
    assertThat(ways).containsOnlyKeys(Mutations.Way.values());
  }

  /**
   * Two files may say the same wrong thing; a false checkpoint makes others doubtful: the tail
   * behind it, and what was kept.
   */
  private static boolean isPlain(Mutations.Mutation mutation) {
    return mutation.changes().size() == 1
        && !mutation.changes().containsKey(LedgerFiles.CHECKPOINT);
  }
}

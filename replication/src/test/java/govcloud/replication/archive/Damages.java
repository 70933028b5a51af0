package govcloud.replication.archive;

import govcloud.replication.simulation.Player;
import govcloud.replication.simulation.Tally;
import govcloud.replication.statement.Finding;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Damages a replica in the way of a seed, and compares what the verifier finds. A player, so that
 * signatures of the files that stay whole are computed once and not ten thousand times.
 */
public final class Damages implements Player {
  private static final long SEEDS = 1_000_000;

  private long base = -1;
  private Mutations mutations;
  private TestReplica sound;

  /** The replica that a seed damages is the same for a million seeds. */
  static long base(long seed) {
    return seed / SEEDS * SEEDS;
  }

  @Override
  public String play(long seed) {
    try {
      if (base != base(seed)) {
        base = base(seed);
        mutations = new Mutations(base);
        sound = TestReplica.of(TestKeys.HOME, base);
      }
      return judge(seed, mutations.of(seed));
    } catch (Exception e) {
      throw new IllegalStateException("seed " + seed, e);
    }
  }

  private String judge(long seed, Mutations.Mutation mutation) throws Exception {
    ReplicaReport report =
        new ReplicaVerifier(mutation.store(), mutation.blobs(), sound.trust())
            .verify(sound.anchor());
    Set<String> damaged = new TreeSet<>(mutation.names());
    Set<String> accused = report.findings().stream().map(Finding::name).collect(Collectors.toSet());
    boolean located =
        mutation.whole()
            || damaged.isEmpty()
            || report.findings().stream()
                .anyMatch(f -> f.from() <= mutation.from() && mutation.from() < f.to());
    return accused.equals(damaged) && located
        ? ""
        : "seed %d: %s of %s from %d: %s"
            .formatted(seed, mutation.way(), damaged, mutation.from(), report.findings());
  }

  @Override
  public Tally total() {
    return new Tally();
  }
}

package govcloud.replication.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The verifier in another language, written from the specification, comes to the same verdicts. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class IndependentVerifierTest {
  private static final int FEW = 420;
  private static final int MANY = 3_000;

  @TempDir private Path folder;

  @BeforeAll
  static void node() throws Exception {
    assumeTrue(
        IndependentVerifier.isInstalled(), "node is not installed (expected: Node.js 18 or newer)");
  }

  @Test
  void goldenReplica_verified_isSound() throws Exception {
    Process process =
        new ProcessBuilder(
                "node",
                IndependentVerifier.PROGRAM.toString(),
                GoldenReplicaTest.FOLDER.toString(),
                GoldenReplicaTest.TRUST.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("findings 0, proved cuts 1 2");
  }

  @Tag("slow")
  @Test
  void someDamages_verified_giveTheSameFindings() throws Exception {
    compare(0, FEW);
  }

  @Test
  @Tag("slow")
  void manyDamages_verified_giveTheSameFindings() throws Exception {
    compare(2_000_000, MANY);
  }

  private void compare(long firstSeed, int count) throws Exception {
    Mutations mutations = new Mutations(firstSeed);
    TestReplica sound = TestReplica.of(TestKeys.HOME, firstSeed);
    try (IndependentVerifier other =
        IndependentVerifier.start(
            folder, mutations.sound(), mutations.soundBlobs(), sound.trust(), sound.anchor())) {
      for (long seed = firstSeed; seed < firstSeed + count; seed++) {
        Mutations.Mutation mutation = mutations.of(seed);
        ReplicaReport report =
            new ReplicaVerifier(mutation.store(), mutation.blobs(), sound.trust())
                .verify(sound.anchor());
        assertThat(other.verify(mutation.store(), mutation.blobs()))
            .as("seed %d: %s of %s", seed, mutation.way(), mutation.names())
            .isEqualTo(IndependentVerifier.Verdict.of(report));
      }
    }
  }
}

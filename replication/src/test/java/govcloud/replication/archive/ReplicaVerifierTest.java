package govcloud.replication.archive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplicaVerifierTest {
  @Test
  void soundReplica_verified_everythingIsProvedAndNothingFound() throws Exception {
    for (long seed = 0; seed < 20; seed++) {
      TestReplica replica = TestReplica.of(TestKeys.HOME, seed);
      ReplicaReport report = replica.verifier().verify(replica.anchor());
      assertThat(report.findings()).isEmpty();
      assertThat(report.provedCuts()).containsExactly(1L, 2L);
      assertThat(report.blobs()).isEqualTo(2);
      assertThat(report.segments()).isEqualTo(8);
      assertThat(report.receipts()).isEqualTo(8);
      assertThat(report.manifests()).isEqualTo(4);
      assertThat(report.records()).isPositive();
    }
  }
}

package govcloud.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.node.cluster.CassandraSafety.Unsafe;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CassandraSafetyTest {

  @Test
  void syncedCommitLog_andTheNewPaxos_areSafe() {
    for (String sync : new String[] {"batch", "group", "BATCH"}) {
      assertThat(CassandraSafety.judge("c1", Map.of("commitlog_sync", sync, "paxos_variant", "v2")))
          .isEmpty();
    }
  }

  @Test
  void whatCassandraHasByDefault_isNot() {
    assertThat(
            CassandraSafety.judge(
                "c1", Map.of("commitlog_sync", "periodic", "paxos_variant", "v1")))
        .containsExactly(
            new Unsafe("c1", "commitlog_sync", "periodic", "batch or group"),
            new Unsafe("c1", "paxos_variant", "v1", "v2"));
  }

  @Test
  void settingThatIsNotThere_isNotTrusted() {
    assertThat(CassandraSafety.judge("c1", Map.of("commitlog_sync", "batch")))
        .containsExactly(new Unsafe("c1", "paxos_variant", "not there", "v2"));
  }
}

package govcloud.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What short fail-over rests on, in the file that every node includes. */
class FailOverSettingsTest {
  private final Config config =
      ConfigFactory.parseFile(Path.of("../cluster-configs/base.conf").toFile())
          .withFallback(ConfigFactory.defaultReferenceUnresolved())
          .resolve();

  @Test
  void deadNode_isGivenUpWithinTenSeconds() {
    Config cluster = config.getConfig("pekko.cluster");
    Duration noticed = cluster.getDuration("failure-detector.acceptable-heartbeat-pause");
    Duration decided = cluster.getDuration("split-brain-resolver.stable-after");
    Duration removed = cluster.getDuration("down-removal-margin");
    assertThat(noticed.plus(decided).plus(removed)).isLessThanOrEqualTo(Duration.ofSeconds(6));
    assertThat(cluster.getString("downing-provider-class")).endsWith("SplitBrainResolverProvider");
  }

  @Test
  void nodesThatAreLeft_areGivenSlices_howeverFew() {
    assertThat(config.getInt("pekko.cluster.min-nr-of-members")).isEqualTo(1);
  }

  @Test
  void nodeThatWasRemoved_endsItsProcess_soThatItsKeeperStartsItAgain() {
    assertThat(config.getBoolean("pekko.coordinated-shutdown.exit-jvm")).isTrue();
    assertThat(config.getDuration("pekko.cluster.shutdown-after-unsuccessful-join-seed-nodes"))
        .isEqualTo(config.getDuration("govcloud.cluster.join-timeout"));
  }

  @Test
  void recordsOfAnOlderWriter_areNeverDroppedSilently() {
    assertThat(config.getString("pekko.persistence.journal-plugin-fallback.replay-filter.mode"))
        .isEqualTo("off");
  }

  @Test
  void recoveriesAfterAFailOver_areThrottled_andStartOnAMessageAlone() {
    assertThat(config.getInt("pekko.persistence.max-concurrent-recoveries")).isEqualTo(32);
    assertThat(config.getBoolean("pekko.cluster.sharding.remember-entities")).isFalse();
  }
}

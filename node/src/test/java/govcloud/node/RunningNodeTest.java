package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;

/** What a node sets by itself. */
class RunningNodeTest {

  @Test
  void remoting_thatAFileOpens_isClosed() {
    var file =
        ConfigFactory.parseString(
            """
            pekko.remote.deployment.enable-allow-list = off
            pekko.remote.deployment.allowed-actor-classes = ["some.Actor"]
            """);
    var deployment =
        RunningNode.settings(file, "1.0", "node-1", "tcp").getConfig("pekko.remote.deployment");
    assertThat(deployment.getBoolean("enable-allow-list")).isTrue();
    assertThat(deployment.getStringList("allowed-actor-classes")).isEmpty();
  }
}

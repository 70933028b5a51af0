package govcloud.node.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;

/**
 * What a node does for others beside taking their messages: it makes no actors for them. Pekko
 * would make one of any class that another node names, and nodes here never ask for that.
 */
public final class ClosedRemoting {

  private ClosedRemoting() {}

  /** Settings of the program, which no file of settings changes. */
  public static Config settings() {
    return ConfigFactory.parseMap(
        Map.of(
            "pekko.remote.deployment.enable-allow-list",
            true,
            "pekko.remote.deployment.allowed-actor-classes",
            List.of()),
        "the program");
  }
}

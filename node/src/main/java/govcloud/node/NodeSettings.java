package govcloud.node;

import com.typesafe.config.Config;
import java.util.regex.Pattern;

/**
 * Who this node is and what it holds in common with the others.
 *
 * @param name unique in the cloud, such as {@code node-1}
 * @param cloud the cloud's name, such as {@code extranet}
 * @param slices how many slices the journal has; fixed when the cloud is created
 */
public record NodeSettings(String name, String cloud, int slices) {

  private static final Pattern IDENTIFIER = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  public NodeSettings {
    requireIdentifier("name", name);
    requireIdentifier("cloud", cloud);
  }

  /** Reads {@code govcloud.node} and the number of slices from the whole configuration. */
  public static NodeSettings from(Config root) {
    return new NodeSettings(
        root.getString("govcloud.node.name"),
        root.getString("govcloud.node.cloud"),
        root.getInt("govcloud.journal.slices"));
  }

  private static void requireIdentifier(String key, String value) {
    if (!IDENTIFIER.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "govcloud.node." + key + ": \"" + value + "\" (expected: ^" + IDENTIFIER + "$)");
    }
  }
}

package govcloud.node;

import com.typesafe.config.Config;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who this node is and what it holds in common with the others.
 *
 * @param name unique in the cloud, such as {@code node-1}
 * @param cloud the cloud's name, such as {@code extranet}
 * @param slices how many slices the journal has; fixed when the cloud is created
 * @param copyOf the department of whose copy this node is, to look at and to train on; empty: it is
 *     of a cloud
 */
public record NodeSettings(String name, String cloud, int slices, Optional<String> copyOf) {

  private static final Pattern IDENTIFIER = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  public NodeSettings {
    requireIdentifier("name", name);
    requireIdentifier("cloud", cloud);
    copyOf.ifPresent(department -> requireIdentifier("copy-of", department));
  }

  /** Reads {@code govcloud.node} and the number of slices from the whole configuration. */
  public static NodeSettings from(Config root) {
    return new NodeSettings(
        root.getString("govcloud.node.name"),
        root.getString("govcloud.node.cloud"),
        root.getInt("govcloud.journal.slices"),
        copyOf(root));
  }

  /**
   * A copy signs nothing and sends nothing: whoever gets to see it cannot take it for the cloud.
   */
  private static Optional<String> copyOf(Config root) {
    var department = root.getString("govcloud.node.copy-of");
    var keys = root.getString("govcloud.replication.keys-folder");
    if (!department.isEmpty() && !keys.isEmpty()) {
      throw new IllegalArgumentException(
          "govcloud.replication.keys-folder: "
              + keys
              + " (expected: none, with govcloud.node.copy-of)");
    }
    return Optional.of(department).filter(name -> !name.isEmpty());
  }

  private static void requireIdentifier(String key, String value) {
    if (!IDENTIFIER.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "govcloud.node." + key + ": \"" + value + "\" (expected: ^" + IDENTIFIER + "$)");
    }
  }
}

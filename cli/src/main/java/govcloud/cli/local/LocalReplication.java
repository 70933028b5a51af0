package govcloud.cli.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.VaultKeys;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a cloud on this machine replicates to: written into its home by {@code govcloud up}, read by
 * its supervisor.
 *
 * @param cloud name of the cloud in the home
 * @param generation 1; one more with each recovery from the loss of the site
 * @param sibling home and name of the other cloud on this machine, if it has one
 */
record LocalReplication(String cloud, int generation, Optional<Sibling> sibling) {
  private static final int SHARES_NEEDED = 3;
  private static final int SHARES = 5;

  /** The other cloud. */
  record Sibling(String cloud, CloudHome home) {}

  /** The folder of a cloud's keys. */
  static KeyFolder keys(CloudHome home) {
    return new KeyFolder(home.folder().resolve("keys"));
  }

  /** Where `up` puts the shares of the recovery key, for people to take away. */
  static Path shares(CloudHome home) {
    return home.folder().resolve("recovery-shares");
  }

  /**
   * The name of the cloud in a home: that of its keys, which are made if there are none.
   *
   * @param name of a cloud without keys
   * @param random for keys
   */
  static String named(CloudHome home, String name, SecureRandom random) {
    KeyFolder keys = keys(home);
    try {
      if (!keys.exists()) {
        KeyCeremony.init(keys, name, shares(home), SHARES_NEEDED, SHARES, random);
        VaultKeys.create(keys, random);
      }
      return keys.recovery().cloud();
    } catch (KeyException e) {
      throw unusable(e);
    }
  }

  /** Makes two clouds trust each other, and writes into both homes that they are siblings. */
  static void pair(
      ObjectMapper json, CloudHome home, String cloud, CloudHome other, String otherCloud) {
    try {
      keys(home).trust(keys(other).card());
      keys(other).trust(keys(home).card());
    } catch (KeyException e) {
      throw unusable(e);
    }
    of(json, home, cloud, Optional.of(new Sibling(otherCloud, other))).write(json, home);
    of(json, other, otherCloud, Optional.of(new Sibling(cloud, home))).write(json, other);
  }

  /** What a home has, in the generation that it is in. */
  static LocalReplication of(
      ObjectMapper json, CloudHome home, String cloud, Optional<Sibling> sibling) {
    int generation = read(json, home).map(LocalReplication::generation).orElse(1);
    return new LocalReplication(cloud, generation, sibling);
  }

  /** The same cloud, rebuilt after the loss of its site. */
  LocalReplication rebuilt() {
    return new LocalReplication(cloud, generation + 1, sibling);
  }

  /** Where its data are. A rebuilt cloud has a keyspace of its own. */
  String keyspace() {
    return generation == 1 ? "govcloud" : "govcloud_g" + generation;
  }

  private static CommandFailure unusable(KeyException e) {
    return new CommandFailure(ExitCode.FAILED, e.defect().name(), e.getMessage());
  }

  /** What was written into a home. */
  static Optional<LocalReplication> read(ObjectMapper json, CloudHome home) {
    ObjectNode file = CloudHome.read(json, home.replication());
    if (!file.has("cloud")) {
      return Optional.empty();
    }
    Optional<Sibling> sibling =
        file.has("sibling")
            ? Optional.of(
                new Sibling(
                    file.path("sibling").path("cloud").asText(),
                    new CloudHome(Path.of(file.path("sibling").path("home").asText()))))
            : Optional.empty();
    return Optional.of(
        new LocalReplication(
            file.path("cloud").asText(), file.path("generation").asInt(1), sibling));
  }

  /** Writes it into a home. */
  void write(ObjectMapper json, CloudHome home) {
    ObjectNode file = json.createObjectNode().put("cloud", cloud).put("generation", generation);
    sibling.ifPresent(
        other ->
            file.putObject("sibling")
                .put("cloud", other.cloud())
                .put("home", other.home().folder().toString()));
    CloudHome.write(json, home.replication(), file);
  }

  /** The settings of a node. */
  List<String> settings(ObjectMapper json, CloudHome home, NodePlan plan) {
    List<String> lines = new ArrayList<>();
    lines.add("govcloud.node.cloud = " + cloud);
    lines.add("govcloud.cassandra.keyspace = " + keyspace());
    lines.add("govcloud.replication {");
    lines.add("  keys-folder = " + NodeLaunch.quoted(keys(home).folder()));
    lines.add("  archive-folder = " + NodeLaunch.quoted(home.folder().resolve("archive")));
    lines.add("  drills.folder = " + NodeLaunch.quoted(home.folder().resolve("drills")));
    sibling.ifPresent(
        other -> {
          lines.add("  received-folder = " + NodeLaunch.quoted(home.folder().resolve("received")));
          lines.add("  port = " + plan.replicaPort());
          lines.add("  sibling = " + other.cloud());
          lines.add(
              new WantedNodes(json, other.home())
                  .read().stream()
                      .map(node -> "\"127.0.0.1:" + node.plan().replicaPort() + "\"")
                      .collect(Collectors.joining(", ", "  sibling-addresses = [", "]")));
        });
    lines.add("}");
    lines.addAll(LocalLedger.settings(home, this, plan));
    return lines;
  }
}

package govcloud.faultlab.cloud;

import govcloud.faultlab.sandbox.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What each node is told: its file of settings, and its command line.
 *
 * @param installation whose program is started
 * @param folder where the files are written
 * @param token the file with the token that opens the API
 * @param network where the hosts are
 */
record NodeFiles(Installation installation, Path folder, Path token, Network network) {

  /** Where a node takes in what the sibling sends. */
  static final int REPLICA_PORT = 7450;

  /** Where a node tells its keeper how it is. */
  static final int MANAGEMENT_PORT = 7626;

  /**
   * Writes a node's file and returns the words that start it on its host.
   *
   * @param more settings that not every trial needs
   */
  List<String> command(
      String name,
      Place place,
      String sibling,
      List<String> siblingAddresses,
      List<String> clock,
      String more)
      throws IOException {
    Path file = folder.resolve(name + ".conf");
    Files.writeString(
        file,
        configuration(name, place) + replication(name, place, sibling, siblingAddresses) + more);
    List<String> words = new ArrayList<>(network.enter(name));
    words.addAll(clock);
    words.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2",
            "-Dfile.encoding=UTF-8",
            "-Dconfig.file=" + file,
            "-cp",
            System.getProperty("java.class.path"),
            "govcloud.node.NodeMain"));
    return words;
  }

  private String listed(List<String> names, Function<String, String> text) {
    return names.stream().map(text).collect(Collectors.joining(", ", "[", "]"));
  }

  /** What a node of a cloud on many machines is told. */
  private String configuration(String name, Place place) {
    return String.join(
        "\n",
        "include required(file(\""
            + installation.root().resolve("cluster-configs/clouds/extranet.conf")
            + "\"))",
        "govcloud.node.name = " + name,
        "govcloud.node.cloud = " + place.cloud(),
        "govcloud.cluster.host = \"" + network.address(name) + "\"",
        "govcloud.management.host = \"" + network.address(name) + "\"",
        "govcloud.management.port = " + MANAGEMENT_PORT,
        "govcloud.cassandra.contact-points = "
            + listed(place.cassandras(), one -> "\"" + network.address(one) + ":9042\""),
        "govcloud.cassandra.replication ="
            + " \"{'class': 'NetworkTopologyStrategy', 'datacenter1': "
            + place.cassandras().size()
            + "}\"",
        "govcloud.http.port = " + Cloud.HTTP_PORT,
        "govcloud.http.token-file = \"" + token + "\"",
        "govcloud.identity.mode = header-for-tests",
        "govcloud.catalogue.folder = \"" + installation.root().resolve("apps") + "\"",
        "pekko.discovery.method = config",
        "pekko.discovery.config.services.govcloud.endpoints = "
            + listed(
                place.nodes(),
                one ->
                    "{host = \"%s\", port = %d}".formatted(network.address(one), MANAGEMENT_PORT)),
        "");
  }

  /** An answer waits for the sibling's receipt for less time than a client waits for the answer. */
  private String replication(
      String name, Place place, String sibling, List<String> siblingAddresses) {
    return """
    govcloud.replication {
      keys-folder = "%s", archive-folder = "%s", received-folder = "%s", received-reserve = 1 MiB
      host = "%s", port = %d, sibling = %s, sibling-addresses = %s
      request-timeout = 5s, zero-loss.limit = 3s
    }
    """
        .formatted(
            place.keys().folder(),
            place.folder().resolve("archive"),
            place.received(),
            network.address(name),
            REPLICA_PORT,
            sibling,
            listed(siblingAddresses, one -> "\"" + one + "\""));
  }
}

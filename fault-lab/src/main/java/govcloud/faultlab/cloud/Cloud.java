package govcloud.faultlab.cloud;

import govcloud.faultlab.sandbox.Disks;
import govcloud.faultlab.sandbox.FakeClocks;
import govcloud.faultlab.sandbox.Network;
import govcloud.localcassandra.Member;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Everything that runs, by name: {@code c1 c2 c3} are Cassandras, {@code g1 g2 g3} nodes. */
public final class Cloud {

  /** Where a node's API listens. */
  public static final int HTTP_PORT = 8080;

  /** The keyspace of the log and the views. */
  public static final String KEYSPACE = "govcloud";

  private static final int MANAGEMENT_PORT = 7626;
  private static final int DISK_MEGABYTES = 900;

  private final Installation installation;
  private final Path folder;
  private final Network network = new Network();
  private final Disks disks;
  private final FakeClocks clocks;
  private final Map<String, CassandraNode> cassandras = new LinkedHashMap<>();
  private final Map<String, GovcloudNode> nodes = new LinkedHashMap<>();
  private final Path token;

  /**
   * Prepares hosts and disks; starts nothing.
   *
   * @param spare nodes beside the three, which join in a storm
   * @param movableClocks whether clocks shall be moved
   */
  public Cloud(Installation installation, Path folder, int spare, boolean movableClocks)
      throws IOException {
    this.clocks = new FakeClocks(movableClocks);
    this.installation = installation;
    this.folder = folder;
    this.disks = new Disks(folder);
    this.token = folder.resolve("token");
    Files.deleteIfExists(token);
    Files.createFile(
        token, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(token, "a-token-of-the-fault-lab-and-of-nobody-else\n");
    for (String name : names("c", 3)) {
      network.add(name);
    }
    for (String name : names("g", 3 + spare)) {
      network.add(name);
    }
    for (String name : names("c", 3)) {
      List<String> wrapper = new ArrayList<>(network.enter(name));
      wrapper.addAll(clocks.follow(name));
      List<String> seeds = names("c", 3).stream().map(network::address).toList();
      Member member = new Member(network.address(name), seeds, wrapper);
      cassandras.put(name, new CassandraNode(name, member, disks.create(name, DISK_MEGABYTES)));
    }
    for (String name : names("g", 3 + spare)) {
      network.exposeLoopback(name, HTTP_PORT);
      nodes.put(name, new GovcloudNode(name, command(name), folder.resolve(name + ".log")));
    }
  }

  private static List<String> names(String prefix, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(number -> prefix + number).toList();
  }

  private List<String> command(String name) throws IOException {
    Path file = folder.resolve(name + ".conf");
    Files.writeString(file, configuration(name));
    List<String> words = new ArrayList<>(network.enter(name));
    words.addAll(clocks.follow(name));
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

  /** What a node of an extranet on many machines is told. */
  private String configuration(String name) {
    String endpoints =
        names("g", 3).stream()
            .map(
                node ->
                    "{host = \"%s\", port = %d}".formatted(network.address(node), MANAGEMENT_PORT))
            .collect(Collectors.joining(", "));
    String contacts =
        names("c", 3).stream()
            .map(node -> "\"" + network.address(node) + ":9042\"")
            .collect(Collectors.joining(", "));
    return String.join(
        "\n",
        "include required(file(\""
            + installation.root().resolve("cluster-configs/clouds/extranet.conf")
            + "\"))",
        "govcloud.node.name = " + name,
        "govcloud.cluster.host = \"" + network.address(name) + "\"",
        "govcloud.management.host = \"" + network.address(name) + "\"",
        "govcloud.management.port = " + MANAGEMENT_PORT,
        "govcloud.cassandra.contact-points = [" + contacts + "]",
        "govcloud.cassandra.replication ="
            + " \"{'class': 'NetworkTopologyStrategy', 'datacenter1': 3}\"",
        "govcloud.http.port = " + HTTP_PORT,
        "govcloud.http.token-file = \"" + token + "\"",
        "govcloud.identity.mode = header-for-tests",
        "govcloud.catalogue.folder = \"" + installation.root().resolve("apps") + "\"",
        "pekko.discovery.method = config",
        "pekko.discovery.config.services.govcloud.endpoints = [" + endpoints + "]",
        "");
  }

  /** Starts the three Cassandras, then the three nodes, and returns when all are ready. */
  public void start() {
    List<CompletableFuture<Void>> starts =
        cassandras.values().stream().map(one -> CompletableFuture.runAsync(one::start)).toList();
    starts.forEach(CompletableFuture::join);
    names("g", 3).forEach(name -> nodes.get(name).start());
  }

  /** The base address of a node's API. */
  public String url(String node) {
    return "http://" + network.address(node) + ":" + HTTP_PORT;
  }

  /** Where a node tells its keeper whether it takes requests. */
  public String health(String node) {
    return "http://" + network.address(node) + ":" + MANAGEMENT_PORT + "/ready";
  }

  /** Names of the nodes that serve, without spare ones. */
  public List<String> nodeNames() {
    return names("g", 3);
  }

  /** Names of the nodes that join in a storm. */
  public List<String> spareNames() {
    return nodes.keySet().stream().filter(name -> !nodeNames().contains(name)).toList();
  }

  /** Names of the Cassandras. */
  public List<String> cassandraNames() {
    return names("c", 3);
  }

  /** A node. */
  public GovcloudNode node(String name) {
    return nodes.get(name);
  }

  /** A Cassandra. */
  public CassandraNode cassandra(String name) {
    return cassandras.get(name);
  }

  /** The token that opens the API. */
  public String token() throws IOException {
    return Files.readString(token).strip();
  }

  /** The lines between hosts. */
  public Network network() {
    return network;
  }

  /** The Cassandras' disks, by their names. */
  public Disks disks() {
    return disks;
  }

  /** The hosts' clocks. */
  public FakeClocks clocks() {
    return clocks;
  }

  /** Copies what lies on the vanishing disks into the run's folder. */
  public void keepLogs() throws IOException {
    for (CassandraNode cassandra : cassandras.values()) {
      for (Path log : cassandra.logs()) {
        if (Files.exists(log)) {
          Files.copy(
              log,
              folder.resolve(cassandra.name() + "-" + log.getFileName()),
              java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }
}

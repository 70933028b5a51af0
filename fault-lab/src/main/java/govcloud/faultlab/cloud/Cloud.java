package govcloud.faultlab.cloud;

import govcloud.faultlab.sandbox.Command;
import govcloud.faultlab.sandbox.Disks;
import govcloud.faultlab.sandbox.FakeClocks;
import govcloud.faultlab.sandbox.Line;
import govcloud.faultlab.sandbox.Network;
import govcloud.localcassandra.Member;
import govcloud.replication.keys.KeyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Everything that runs, by name: {@code c1 c2 c3} are Cassandras, {@code g1 g2 g3} nodes of the
 * cloud under test; {@code d1} is the Cassandra of its sibling, {@code s1 s2} are the sibling's
 * nodes, {@code w1} is the line between the two, and {@code a1} an audit office that witnesses the
 * ledger where there is one.
 */
public final class Cloud {

  /** Where a node's API listens. */
  public static final int HTTP_PORT = 8080;

  /** The keyspace of the log and the views. */
  public static final String KEYSPACE = "govcloud";

  /** The disk on which the sibling keeps what it receives. */
  public static final String SIBLING_DISK = "r1";

  private static final int DISK_MEGABYTES = 900;
  private static final int SIBLING_MEGABYTES = 400;
  private static final int LINE_PORT = 7500;

  private final Path folder;
  private final Network network = new Network();
  private final Disks disks;
  private final FakeClocks clocks;
  private final Map<String, CassandraNode> cassandras = new LinkedHashMap<>();
  private final Map<String, GovcloudNode> nodes = new LinkedHashMap<>();
  private final Map<Integer, String> routes = new TreeMap<>();
  private final Path token;
  private final Place home;
  private final Place sibling;
  private final Line line;
  private final NodeFiles files;
  private final Optional<Ledgers> ledgers;
  private final Optional<GovcloudNode> office;

  /**
   * Prepares hosts and disks; starts nothing.
   *
   * @param spare nodes beside the three, which join in a storm
   * @param movableClocks whether clocks shall be moved
   * @param exchanges whether there is a ledger, so that departments can ask each other
   * @param random for keys
   */
  public Cloud(
      Installation installation,
      Path folder,
      int spare,
      boolean movableClocks,
      boolean exchanges,
      SecureRandom random)
      throws IOException {
    this.clocks = new FakeClocks(movableClocks);
    this.folder = folder;
    this.disks = new Disks(folder);
    this.token = folder.resolve("token");
    Files.deleteIfExists(token);
    Files.createFile(
        token, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(token, "a-token-of-the-fault-lab-and-of-nobody-else\n");
    Path disk = disks.create(SIBLING_DISK, SIBLING_MEGABYTES);
    Path base = Files.createDirectories(Path.of("/run/clouds"));
    this.home =
        place("extranet", names("g", 3), names("c", 3), base, base.resolve("received"), random);
    this.sibling =
        place("mountain", names("s", 2), names("d", 1), base, disk.resolve("received"), random);
    List<String> homeHosts = names("g", 3 + spare);
    Stream.of(home.cassandras(), homeHosts, sibling.cassandras(), sibling.nodes())
        .forEach(hosts -> hosts.forEach(network::add));
    this.line = new Line(network, "w1");
    this.files = new NodeFiles(installation, folder, token, network);
    trustEachOther();
    this.ledgers = exchanges ? Optional.of(ledgers(random)) : Optional.empty();
    this.office = ledgers.map(this::office);
    add(home, homeHosts, sibling, LINE_PORT);
    add(sibling, sibling.nodes(), home, LINE_PORT + sibling.nodes().size());
  }

  private static Place place(
      String cloud,
      List<String> nodes,
      List<String> cassandras,
      Path base,
      Path received,
      SecureRandom random)
      throws IOException {
    Place place = new Place(cloud, nodes, cassandras, base.resolve(cloud), received);
    try {
      place.initialize(random);
    } catch (KeyException e) {
      throw new IOException(e);
    }
    return place;
  }

  private Ledgers ledgers(SecureRandom random) throws IOException {
    return new Ledgers(folder.resolve("ledgers"), network.add(Ledgers.OFFICE), random);
  }

  private GovcloudNode office(Ledgers known) {
    List<String> command = new ArrayList<>(network.enter(Ledgers.OFFICE));
    command.addAll(known.office());
    return new GovcloudNode(Ledgers.OFFICE, command, folder.resolve(Ledgers.OFFICE + ".log"));
  }

  private void trustEachOther() throws IOException {
    try {
      home.keys().trust(sibling.card());
      sibling.keys().trust(home.card());
    } catch (KeyException e) {
      throw new IOException(e);
    }
  }

  private void add(Place place, List<String> hosts, Place other, int firstPort) throws IOException {
    List<String> seeds = place.cassandras().stream().map(network::address).toList();
    for (String name : place.cassandras()) {
      List<String> wrapper = new ArrayList<>(network.enter(name));
      wrapper.addAll(clocks.follow(name));
      Path pki = folder.resolve("internode-" + place.cloud());
      Member member = new Member(network.address(name), seeds, wrapper).withPki(pki);
      cassandras.put(name, new CassandraNode(name, member, disks.create(name, DISK_MEGABYTES)));
    }
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < other.nodes().size(); i++) {
      addresses.add(network.address(line.host()) + ":" + (firstPort + i));
      routes.put(
          firstPort + i, network.address(other.nodes().get(i)) + ":" + NodeFiles.REPLICA_PORT);
    }
    for (String name : hosts) {
      network.exposeLoopback(name, HTTP_PORT);
      String more =
          ledgers
              .map(one -> place.equals(home) ? one.ofHome(name) : one.ofSibling(name))
              .orElse("");
      List<String> command =
          files.command(name, place, other.cloud(), addresses, clocks.follow(name), more);
      nodes.put(name, new GovcloudNode(name, command, folder.resolve(name + ".log")));
    }
  }

  private static List<String> names(String prefix, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(number -> prefix + number).toList();
  }

  /** Starts the Cassandras, then the nodes of both clouds. */
  public void start() throws IOException {
    line.start(routes, folder.resolve("w1.log"));
    List<CompletableFuture<Void>> starts =
        cassandras.values().stream().map(one -> CompletableFuture.runAsync(one::start)).toList();
    starts.forEach(CompletableFuture::join);
    office.ifPresent(GovcloudNode::start);
    servingNames().forEach(name -> nodes.get(name).start());
  }

  /** The base address of a node's API. */
  public String url(String node) {
    return "http://" + network.address(node) + ":" + HTTP_PORT;
  }

  /** Where a node tells its keeper whether it takes requests. */
  public String health(String node) {
    return "http://" + network.address(node) + ":" + NodeFiles.MANAGEMENT_PORT + "/ready";
  }

  /** Names of the nodes that serve, without spare ones. */
  public List<String> nodeNames() {
    return home.nodes();
  }

  /** Names of all nodes that are there from the beginning, the sibling's too. */
  public List<String> servingNames() {
    return Stream.concat(home.nodes().stream(), sibling.nodes().stream()).toList();
  }

  /** The cloud under test. */
  public Place home() {
    return home;
  }

  /** Its sibling. */
  public Place sibling() {
    return sibling;
  }

  /** The line between the two. */
  public Line line() {
    return line;
  }

  /** The ledger and its witnesses, if departments can ask each other. */
  public Optional<Ledgers> ledgers() {
    return ledgers;
  }

  /** Names of the nodes that join in a storm. */
  public List<String> spareNames() {
    return nodes.keySet().stream().filter(name -> !servingNames().contains(name)).toList();
  }

  /** Names of the Cassandras. */
  public List<String> cassandraNames() {
    return home.cassandras();
  }

  /** A node, or the witness of the audit office. */
  public GovcloudNode node(String name) {
    return name.equals(Ledgers.OFFICE) ? office.orElseThrow() : nodes.get(name);
  }

  /** The node at an address as nodes write it into the log, such as {@code 10.77.1.4:7355}. */
  public String nodeAt(String address) {
    return nodes.keySet().stream()
        .filter(name -> (address + ":").contains(network.address(name) + ":"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(address + ": no node (expected: one)"));
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
    Command.run(
        "sh",
        "-c",
        "rm -rf %s/replica; cp -r %s %s/replica".formatted(folder, sibling.received(), folder));
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

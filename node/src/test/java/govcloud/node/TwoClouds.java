package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import govcloud.localcassandra.LocalCassandra;
import govcloud.node.http.Client;
import govcloud.protobuf.journal.v1.Record;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ReplicaAnchor;
import govcloud.replication.archive.ReplicaReport;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.ReplicaVerifier;
import govcloud.replication.archive.Segment;
import govcloud.replication.archive.SegmentReader;
import govcloud.replication.keys.CloudCard;
import govcloud.replication.keys.EpochKeys;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.statement.StatementKind;
import govcloud.replication.statement.TrustedKey;
import govcloud.replication.statement.TrustedKeys;
import govcloud.replication.store.FileSystemArchiveStore;
import govcloud.replication.store.FileSystemBlobStore;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** Two clouds of one node each that are siblings of each other, on one Cassandra. */
final class TwoClouds implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(100);
  static final String HARBOUR = "harbour";
  static final String MOUNTAIN = "mountain";

  private final Path folder;
  private final String further;
  private final Map<String, String> keyspaces =
      Map.of(
          HARBOUR,
          LocalCassandra.shared().newKeyspaceName(HARBOUR),
          MOUNTAIN,
          LocalCassandra.shared().newKeyspaceName(MOUNTAIN));
  private final int harbourPort = freePort();
  private final int mountainPort = freePort();
  private Clock clock = Clock.systemUTC();
  private ServingNode harbour;
  private ServingNode mountain;

  /** Makes the keys of both, and each the sibling of the other; starts nothing. */
  TwoClouds(Path folder, String furtherSettings) throws KeyException, IOException {
    this.folder = folder;
    this.further = furtherSettings;
    for (String cloud : List.of(HARBOUR, MOUNTAIN)) {
      Files.createDirectories(folder.resolve(cloud));
      KeyCeremony.init(keys(cloud), cloud, shares(cloud), 2, 3, new SecureRandom());
    }
    keys(HARBOUR).trust(card(MOUNTAIN));
    keys(MOUNTAIN).trust(card(HARBOUR));
  }

  /** What the nodes that are started from now on take for the time. */
  void setClock(Clock clock) {
    this.clock = clock;
  }

  KeyFolder keys(String cloud) {
    return new KeyFolder(folder.resolve(cloud).resolve("keys"));
  }

  Path shares(String cloud) {
    return folder.resolve(cloud).resolve("shares");
  }

  private CloudCard card(String cloud) throws KeyException {
    return CloudCard.parse(keys(cloud).card().toFile());
  }

  /** The keyspace of a cloud. */
  String keyspace(String cloud) {
    return keyspaces.get(cloud);
  }

  /** A cloud's own archive. */
  Path archive(String cloud) {
    return folder.resolve(cloud).resolve("archive");
  }

  /** Where a cloud takes in what its sibling sends. */
  String replicaAddress(String cloud) {
    return "127.0.0.1:" + (cloud.equals(HARBOUR) ? harbourPort : mountainPort);
  }

  /** What a cloud has received. */
  Path received(String cloud) {
    return folder.resolve(cloud).resolve("received");
  }

  ServingNode startHarbour() throws IOException {
    return startHarbour("");
  }

  /** Starts it with settings of its own. */
  ServingNode startHarbour(String settings) throws IOException {
    harbour = start(HARBOUR, settings);
    return harbour;
  }

  ServingNode startMountain() throws IOException {
    return startMountain("");
  }

  /** Starts it with settings of its own. */
  ServingNode startMountain(String settings) throws IOException {
    mountain = start(MOUNTAIN, settings);
    return mountain;
  }

  ServingNode harbour() {
    return harbour;
  }

  ServingNode mountain() {
    return mountain;
  }

  void stopHarbour() {
    harbour.close();
    harbour = null;
  }

  void stopMountain() {
    mountain.close();
    mountain = null;
  }

  private ServingNode start(String cloud, String own) throws IOException {
    return ServingNode.start(
        LocalCassandra.shared(),
        keyspaces.get(cloud),
        folder.resolve(cloud),
        settings(cloud, own),
        clock);
  }

  /** Starts the node of a cloud, which must not run, as a process of its own. */
  NodeProcess startProcess(String cloud, String own) throws IOException {
    return NodeProcess.start(keyspaces.get(cloud), folder.resolve(cloud), settings(cloud, own));
  }

  private String settings(String cloud, String own) {
    boolean isHarbour = cloud.equals(HARBOUR);
    return """
    govcloud.node.cloud = %s
    govcloud.replication {
      keys-folder = "%s", archive-folder = "%s", received-folder = "%s"
      port = %d, sibling = %s, sibling-addresses = ["127.0.0.1:%d"]
      segment-age = 100ms, manifest-interval = 1s, retry-pause = 200ms
    }
    %s
    %s
    """
        .formatted(
            cloud,
            keys(cloud).folder(),
            archive(cloud),
            received(cloud),
            isHarbour ? harbourPort : mountainPort,
            isHarbour ? MOUNTAIN : HARBOUR,
            isHarbour ? mountainPort : harbourPort,
            further,
            own);
  }

  /** What an auditor of a replica knows beforehand. */
  ReplicaTrust trust(String origin, String receiver) throws KeyException {
    List<TrustedKey> all = new ArrayList<>(card(origin).signingKeys());
    all.addAll(card(receiver).signingKeys());
    return new ReplicaTrust(
        origin, receiver, new TrustedKeys(all), Set.of(card(origin).recoveryKey()));
  }

  /** Registers a department. */
  static void register(Client client, String tenant) {
    String body =
        """
        {"name":{"zh":"市港务局","en":"Harbour Office"},"credit_code":"11999999MB1234567M",
         "division_code":"999999","disaster_class":"continuous","plan":"standard",
         "contacts":[{"name":"张三","role":"technical"}]}\
        """;
    assertThat(client.send("PUT", "/v1/tenants/" + tenant, body).status()).isEqualTo(201);
  }

  /** How far a cloud's replica is. */
  static JsonNode status(Client cloud) {
    return cloud.send("GET", "/v1/replication", null).json();
  }

  /** Until a cloud's replica is in a state. */
  static void awaitState(Client cloud, String state) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(status(cloud).path("state").asText()).isEqualTo(state));
  }

  /** Until the sibling has countersigned a cut. */
  static void awaitCountersigned(Client cloud, long cut) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(
                        cloud
                            .send("GET", "/v1/replication/cuts/" + cut, null)
                            .json()
                            .path("state")
                            .asText())
                    .isEqualTo("countersigned"));
  }

  /** Entities in what a cloud has received, opened with the keys of the cloud that sent it. */
  Set<String> entities(String origin, String receiver) throws Exception {
    return records(received(receiver), origin, receiver).stream()
        .map(Record::getEntityId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Records in all segments of an archive, slice by slice in the order of the log. */
  List<Record> records(Path archive, String origin, String receiver) throws Exception {
    ArchiveStore store = FileSystemArchiveStore.open(archive);
    List<Record> records = new ArrayList<>();
    try (EpochKeys keys = keys(origin).epoch()) {
      SegmentReader reader = new SegmentReader(keys);
      for (ArchiveName name : store.list(StatementKind.SEGMENT)) {
        byte[] file = store.read(name).orElseThrow();
        Segment segment = Segment.verify(name, file, trust(origin, receiver));
        for (String tenant : reader.tenants(segment)) {
          for (ByteString record : reader.records(segment, tenant)) {
            records.add(Record.parseFrom(record));
          }
        }
      }
    }
    return records;
  }

  /** Checks what a cloud has received. */
  ReplicaReport verify(String origin, String receiver) throws Exception {
    return new ReplicaVerifier(
            FileSystemArchiveStore.open(received(receiver)),
            FileSystemBlobStore.open(received(receiver)),
            trust(origin, receiver))
        .verify(ReplicaAnchor.NONE);
  }

  /**
   * A port below those that outgoing connections are given: it has to stay free while a site is
   * away.
   */
  static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // Somebody has it: another one.
      } catch (IOException e) {
        throw new AssertionError("no free port", e);
      }
    }
  }

  @Override
  public void close() {
    if (harbour != null) {
      harbour.close();
    }
    if (mountain != null) {
      mountain.close();
    }
  }
}

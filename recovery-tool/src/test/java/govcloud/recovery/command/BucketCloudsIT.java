package govcloud.recovery.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import govcloud.cli.ExitCode;
import govcloud.localcassandra.LocalCassandra;
import govcloud.protobuf.journal.v1.Record;
import govcloud.recovery.command.LivingCloud.Place;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.Segment;
import govcloud.replication.archive.SegmentReader;
import govcloud.replication.keys.CloudCard;
import govcloud.replication.keys.EpochKeys;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.statement.StatementKind;
import govcloud.replication.statement.TrustedKey;
import govcloud.replication.statement.TrustedKeys;
import govcloud.replication.store.Bucket;
import govcloud.replication.store.S3ArchiveStore;
import govcloud.replication.store.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** Two clouds whose archives lie in buckets of a real S3 server, and nowhere else. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class BucketCloudsIT {
  private static final Duration SOON = Duration.ofSeconds(100);
  private static final String BUCKET = "archives";
  private static final String HARBOUR = "harbour";
  private static final String MOUNTAIN = "mountain";
  private static final String OFFICE = "tenant/office";

  private final LocalCassandra cassandra = LocalCassandra.shared();
  private Path folder;
  private S3Server server;
  private S3Client client;
  private LivingCloud harbour;
  private LivingCloud mountain;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    server = new S3Server(folder.resolve("objects"));
    client = server.bucket(BUCKET, "").client();
    client.createBucket(request -> request.bucket(BUCKET));
    for (String cloud : List.of(HARBOUR, MOUNTAIN)) {
      Path shares = folder.resolve(cloud + "-shares");
      KeyCeremony.init(keys(cloud), cloud, shares, 2, 3, new SecureRandom());
    }
    keys(HARBOUR).trust(CloudCard.parse(keys(MOUNTAIN).card().toFile()));
    keys(MOUNTAIN).trust(CloudCard.parse(keys(HARBOUR).card().toFile()));
    int harbourPort = LivingCloud.freePort();
    int mountainPort = LivingCloud.freePort();
    harbour = start(HARBOUR, harbourPort, MOUNTAIN, mountainPort);
    mountain = start(MOUNTAIN, mountainPort, HARBOUR, harbourPort);
  }

  @AfterAll
  void stop() throws IOException {
    for (LivingCloud cloud : Arrays.asList(harbour, mountain)) {
      if (cloud != null) {
        cloud.close();
      }
    }
    if (server != null) {
      client.close();
      server.close();
    }
  }

  private KeyFolder keys(String cloud) throws IOException {
    return new KeyFolder(Files.createDirectories(folder.resolve(cloud)).resolve("keys"));
  }

  private Bucket bucket(String cloud, String archive) throws IOException {
    return server.bucket(BUCKET, cloud + "/" + archive + "/");
  }

  private LivingCloud start(String cloud, int port, String sibling, int siblingPort)
      throws IOException {
    Path home = folder.resolve(cloud);
    return LivingCloud.start(
        cassandra,
        new Place(cloud, home, cassandra.newKeyspaceName(cloud), port, sibling, siblingPort),
        settings("archive-bucket", bucket(cloud, "archive"))
            + settings("received-bucket", bucket(cloud, "received"))
            + "govcloud.replication.cut.time = \"\"\n");
  }

  private static String settings(String key, Bucket bucket) {
    return """
    govcloud.replication.%s {
      name = "%s", prefix = "%s", endpoint = "%s", credentials-file = "%s"
    }
    """
        .formatted(
            key,
            bucket.name(),
            bucket.prefix(),
            bucket.endpoint().orElseThrow(),
            bucket.credentialsFile());
  }

  private ReplicaTrust trust() throws Exception {
    List<TrustedKey> all = new ArrayList<>(keys(HARBOUR).signingKeys());
    all.addAll(keys(MOUNTAIN).signingKeys());
    return new ReplicaTrust(
        HARBOUR, MOUNTAIN, new TrustedKeys(all), Set.of(keys(HARBOUR).recovery().key().id()));
  }

  /** Entities in the sibling's bucket, opened with the keys of the cloud that sent them. */
  private Set<String> received() throws Exception {
    S3ArchiveStore store = bucket(MOUNTAIN, "received").archive(client);
    Set<String> entities = new TreeSet<>();
    try (EpochKeys keys = keys(HARBOUR).epoch()) {
      SegmentReader reader = new SegmentReader(keys);
      for (ArchiveName name : store.list(StatementKind.SEGMENT)) {
        Segment segment = Segment.verify(name, store.read(name).orElseThrow(), trust());
        for (String tenant : reader.tenants(segment)) {
          for (ByteString record : reader.records(segment, tenant)) {
            entities.add(Record.parseFrom(record).getEntityId());
          }
        }
      }
    }
    return entities;
  }

  private static void register(LivingCloud cloud) {
    cloud.send(
        "PUT",
        "/v1/tenants/office",
        """
        {"name":{"zh":"市港务局","en":"Harbour Office"},"credit_code":"11999999MB1234567M",
         "division_code":"999999","disaster_class":"continuous","plan":"standard",
         "contacts":[{"name":"张三","role":"technical"}]}\
        """);
  }

  @Test
  void records_reachTheSiblingsBucket_andTheirCutIsWholeThere() throws Exception {
    register(harbour);
    await().atMost(SOON).untilAsserted(() -> assertThat(received()).contains(OFFICE));
    long cut = harbour.send("POST", "/v1/replication/cuts", null).path("number").asLong();
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(harbour.get("/v1/replication/cuts/" + cut).path("state").asText())
                    .isEqualTo("countersigned"));
    harbour.send("POST", "/v1/replication/verification", "{}");
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              JsonNode report = harbour.get("/v1/replication/verification");
              assertThat(report.path("state").asText()).as(report.toString()).isEqualTo("sound");
              assertThat(report.path("cuts").asLong()).isPositive();
            });
    JsonNode replica = verifyReplica();
    assertThat(replica.path("sound").asBoolean()).as(replica.toString()).isTrue();
    requireNothingInFolders();
  }

  /** What an operator does who has nothing but the bucket and the cards. */
  private JsonNode verifyReplica() throws Exception {
    Bucket bucket = bucket(MOUNTAIN, "received");
    return Run.of(
            ExitCode.OK,
            "verify",
            "--archive",
            "s3://" + BUCKET + "/" + bucket.prefix().substring(0, bucket.prefix().length() - 1),
            "--cards",
            folder.resolve(MOUNTAIN).resolve("received/cards").toString(),
            "--endpoint",
            bucket.endpoint().orElseThrow().toString(),
            "--credentials-file",
            bucket.credentialsFile().toString(),
            "-o",
            "json")
        .json();
  }

  private void requireNothingInFolders() throws IOException {
    for (String place : List.of("harbour/archive", "mountain/received")) {
      try (Stream<Path> files = Files.walk(folder.resolve(place))) {
        assertThat(files.map(Path::toString))
            .noneMatch(name -> name.contains("segments") || name.contains("cuts"));
      }
    }
  }
}

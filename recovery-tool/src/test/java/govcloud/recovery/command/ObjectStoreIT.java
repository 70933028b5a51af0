package govcloud.recovery.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.ExitCode;
import govcloud.localcassandra.LocalCassandra;
import govcloud.recovery.LostCloud;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.store.Bucket;
import govcloud.replication.store.S3Server;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A replica that lies in an object store is read like one in a folder. */
@Tag("slow")
class ObjectStoreIT {
  private static final String PLACE = "s3://replica/harbour";

  @TempDir private static Path folder;
  private static LostCloud cloud;
  private static S3Server server;
  private static S3Client client;
  private static Bucket bucket;

  @BeforeAll
  static void lose() throws Exception {
    cloud = LostCloud.make(folder.resolve("cloud"), LostCloud.Size.SMALL, 7);
    server = new S3Server(folder.resolve("objects"));
    bucket = server.bucket("replica", "harbour/");
    client = bucket.client();
    client.createBucket(request -> request.bucket("replica"));
    try (Stream<Path> files = Files.walk(cloud.archive())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = "harbour/" + cloud.archive().relativize(file);
        client.putObject(
            request -> request.bucket("replica").key(name), RequestBody.fromFile(file));
      }
    }
  }

  @AfterAll
  static void stop() throws Exception {
    client.close();
    server.close();
  }

  private static Run run(ExitCode expected, String command, String... more) {
    List<String> all =
        Stream.of(
                Stream.of(command, "--archive", PLACE, "--cards", cloud.cards().toString()),
                Stream.of("--endpoint", bucket.endpoint().orElseThrow().toString()),
                Stream.of(more))
            .flatMap(words -> words)
            .toList();
    return Run.of(expected, all.toArray(new String[0]));
  }

  private static String credentials() {
    return bucket.credentialsFile().toString();
  }

  private static JsonNode inFolder(String command, String... more) throws Exception {
    List<String> all =
        Stream.concat(Stream.of(command, "--archive", cloud.archive().toString()), Stream.of(more))
            .toList();
    return Run.of(ExitCode.OK, all.toArray(new String[0])).json();
  }

  @Test
  void verify_inABucket_findsTheSameAsInAFolder() throws Exception {
    JsonNode found =
        run(ExitCode.OK, "verify", "--credentials-file", credentials(), "-o", "json").json();
    assertThat(found.path("sound").asBoolean()).isTrue();
    assertThat(found).isEqualTo(inFolder("verify", "-o", "json"));
  }

  @Test
  void plan_inABucket_saysTheSameAsInAFolder() throws Exception {
    String shares = cloud.shares().get(0).getParent().toString();
    JsonNode plan =
        run(
                ExitCode.OK,
                "plan",
                "--credentials-file",
                credentials(),
                "--shares",
                shares,
                "-o",
                "json")
            .json();
    assertThat(plan.path("tenants")).hasSize(cloud.tenants().size());
    assertThat(plan.path("tenants"))
        .isEqualTo(inFolder("plan", "--shares", shares, "-o", "json").path("tenants"));
  }

  @Test
  void lostCloud_restoredFromABucket_isProved() throws Exception {
    LocalCassandra cassandra = LocalCassandra.shared();
    InetSocketAddress node = cassandra.contactPoint();
    JsonNode proof =
        run(
                ExitCode.OK,
                "restore",
                "--credentials-file",
                credentials(),
                "--shares",
                cloud.shares().get(0).getParent().toString(),
                "--cassandra",
                node.getHostString() + ":" + node.getPort(),
                "--keyspace",
                cassandra.newKeyspaceName("bucket"),
                "--prove",
                "-o",
                "json")
            .json();
    assertThat(proof.path("proved").asBoolean()).isTrue();
    assertThat(proof.path("records").asInt()).isEqualTo(cloud.records().size());
  }

  @Test
  void damagedEnd_inABucket_isSavedIntoAFolder_asFromAFolder() throws Exception {
    long end = cloud.cuts().get(0).statement().getSlice(1).getSegment() + 1;
    String name = "harbour/" + ArchiveName.segment(1, end).text();
    byte[] whole = client.getObjectAsBytes(r -> r.bucket("replica").key(name)).asByteArray();
    byte[] damaged = whole.clone();
    damaged[damaged.length - 1] ^= 1;
    Path saved = folder.resolve("saved");
    client.putObject(r -> r.bucket("replica").key(name), RequestBody.fromBytes(damaged));
    try {
      JsonNode given =
          run(
                  ExitCode.OK,
                  "salvage",
                  "--credentials-file",
                  credentials(),
                  "--to",
                  saved.toString(),
                  "-o",
                  "json")
              .json();
      assertThat(given.path("cut").asInt()).isEqualTo(1);
      assertThat(given.path("records").asLong()).isPositive();
    } finally {
      client.putObject(r -> r.bucket("replica").key(name), RequestBody.fromBytes(whole));
    }
    JsonNode found =
        Run.of(ExitCode.OK, "verify", "--archive", saved.toString(), "-o", "json").json();
    assertThat(found.path("proved_cuts").toString()).isEqualTo("[1]");
    assertThat(saved.resolve("given-up.json")).isNotEmptyFile();
  }

  @Test
  void wrongOptions_areSaidInOneSentence() {
    assertThat(run(ExitCode.USAGE, "verify").err())
        .contains("--credentials-file: missing (expected: a file with credentials for " + PLACE);
    assertThat(
            Run.of(ExitCode.USAGE, "verify", "--archive", PLACE, "--credentials-file", "x").err())
        .contains("--cards: missing (expected: a folder; an object store has none)");
    assertThat(
            Run.of(ExitCode.USAGE, "verify", "--archive", "s3://R/x", "--credentials-file", "x")
                .err())
        .contains("s3://R/x: name: R (expected: 3 to 63 small letters");
  }

  @Test
  void credentials_thatOthersCanRead_areRefused() throws Exception {
    Path open = Files.writeString(folder.resolve("open"), "[default]\n");
    assertThat(run(ExitCode.AUTHENTICATION, "verify", "--credentials-file", open.toString()).err())
        .contains("ARCHIVE_CREDENTIALS")
        .contains("(expected: rw-------)");
  }

  @Test
  void absentBucket_isUnavailable() {
    Run run =
        Run.of(
            "verify",
            "--archive",
            "s3://absent",
            "--cards",
            cloud.cards().toString(),
            "--endpoint",
            bucket.endpoint().orElseThrow().toString(),
            "--credentials-file",
            credentials());
    assertThat(run.code()).as(run.out()).isNotZero();
    assertThat(run.err()).contains("ARCHIVE_UNAVAILABLE");
  }
}

package govcloud.node.replication;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import govcloud.replication.receiving.ReceivedQuota;
import govcloud.replication.store.Bucket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Buckets whose store says what a test wants. */
class ArchiveWarningsTest {
  private static final String EXPECTED =
      " (expected: object lock in compliance mode for at least 400 days)";

  @TempDir private Path folder;
  private HttpServer store;
  private volatile int status = 200;
  private volatile String answer = "";
  private volatile String asked = "";

  @BeforeEach
  void start() throws IOException {
    store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    store.createContext(
        "/",
        exchange -> {
          asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/xml");
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    store.start();
  }

  @AfterEach
  void stop() {
    store.stop(0);
  }

  private Optional<Bucket> bucket() throws IOException {
    Path credentials = folder.resolve("credentials");
    Files.createFile(
        credentials,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        credentials, "[default]\naws_access_key_id = one\naws_secret_access_key = two\n");
    return Optional.of(
        new Bucket(
            Optional.of(URI.create("http://127.0.0.1:" + store.getAddress().getPort())),
            "us-east-1",
            "harbour-archive",
            "",
            credentials));
  }

  private static ArchiveWarnings warnings(Optional<Bucket> archive, Optional<Bucket> received) {
    var quota = new ReceivedQuota("mountain", 0);
    return new ArchiveWarnings(archive, received, Duration.ofDays(400), quota);
  }

  private static String locked(String rule) {
    return "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled>"
        + rule
        + "</ObjectLockConfiguration>";
  }

  private static String lockedFor(String time) {
    return locked(
        "<Rule><DefaultRetention><Mode>COMPLIANCE</Mode>" + time + "</DefaultRetention></Rule>");
  }

  private static List<String> told(ArchiveWarnings warnings) {
    warnings.look();
    return warnings.alarms(Instant.EPOCH).stream()
        .map(alarm -> alarm.kind() + " " + alarm.subject() + " " + alarm.detail())
        .toList();
  }

  private static void assertTold(ArchiveWarnings warnings, String problem) {
    assertThat(told(warnings))
        .containsExactly("ARCHIVE_UNLOCKED archive-bucket harbour-archive: " + problem + EXPECTED);
  }

  @Test
  void bucketThatKeepsTooShort_orNothing_orMayNotBeAsked_isTold() throws IOException {
    var warnings = warnings(bucket(), Optional.empty());
    assertThat(warnings.alarms(Instant.EPOCH)).as("before it is asked").isEmpty();
    answer = lockedFor("<Days>400</Days>");
    assertThat(told(warnings)).isEmpty();
    assertThat(asked).isEqualTo("GET /harbour-archive?object-lock");
    answer = lockedFor("<Days>399</Days>");
    assertTold(warnings, "keeps for 399 days");
    answer = locked("");
    assertTold(warnings, "keeps nothing against deletion");
    answer = lockedFor("<Years>2</Years>");
    assertThat(told(warnings)).isEmpty();
    status = 404;
    answer = "<Error><Code>ObjectLockConfigurationNotFoundError</Code></Error>";
    assertTold(warnings, "keeps nothing against deletion");
    status = 403;
    answer = "<Error><Code>AccessDenied</Code></Error>";
    assertTold(warnings, "the account may not ask how long it keeps");
  }

  @Test
  void lockThatSomebodyMayLift_isTold() throws IOException {
    var warnings = warnings(bucket(), Optional.empty());
    answer = lockedFor("<Days>400</Days>").replace("COMPLIANCE", "GOVERNANCE");
    assertTold(warnings, "keeps in mode GOVERNANCE");
  }

  @Test
  void storeThatDoesNotKnowTheQuestion_isTold_andOneThatRefusesIt_isAsItWas() throws IOException {
    var warnings = warnings(bucket(), Optional.empty());
    answer = "<Error><Code>InvalidRequest</Code></Error>";
    status = 400;
    assertThat(told(warnings)).isEmpty();
    for (int unknown : new int[] {405, 501}) {
      status = unknown;
      assertTold(warnings, "keeps nothing against deletion");
    }
    status = 400;
    assertTold(warnings, "keeps nothing against deletion");
    status = 200;
    answer = lockedFor("<Days>400</Days>");
    assertThat(told(warnings)).isEmpty();
  }

  @Test
  void bucketThatDoesNotAnswer_isAsItWas_andNoBucketIsNothing() throws IOException {
    var warnings = warnings(Optional.empty(), bucket());
    answer = locked("");
    assertThat(told(warnings)).hasSize(1);
    store.stop(0);
    assertThat(told(warnings)).hasSize(1);
    assertThat(told(warnings(Optional.empty(), Optional.empty()))).isEmpty();
  }
}

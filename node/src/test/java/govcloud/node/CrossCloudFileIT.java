package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import govcloud.ledger.leaf.Entry;
import govcloud.replication.blob.BlobAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mountain's transport bureau fetches files of harbour's police: whole and in both ledgers, or cut.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class CrossCloudFileIT {
  private static final String AGREEMENT = "figures-file";
  private static final long LARGE = 60_000_000;

  private Path folder;
  private CrossCloudStage clouds;
  private WholeStage harbour;
  private WholeStage mountain;
  private String large;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    clouds = new CrossCloudStage(folder);
    var there = clouds.clouds().harbour();
    harbour = new WholeStage(there.entities(), there.url(), "mountain-transport");
    mountain = new WholeStage(null, clouds.clouds().mountain().url());
    harbour.agreeOnFile();
    clouds.handOver(AGREEMENT);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> clouds.known(clouds.mountain()).path("agreements").size() == 1);
  }

  @AfterAll
  void stop() {
    if (clouds != null) {
      clouds.close();
    }
  }

  private HttpResponse<InputStream> fetch(String key) throws Exception {
    return mountain.fetch(AGREEMENT, "file", key);
  }

  private static String digest(MessageDigest sha256) {
    return "sha-256=:" + Base64.getEncoder().encodeToString(sha256.digest()) + ":";
  }

  private List<Entry> entries(String cloud, int count) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(clouds.entries(cloud)).hasSize(count));
    try {
      return clouds.entries(cloud);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @Order(1)
  void file_fetched_isAsItWasAttached_andInBothLedgers() throws Exception {
    var text = WholeStage.figure(1, 5) + WholeStage.figure(2, 0) + WholeStage.figure(3, 9);
    harbour.attach("figures", BodyPublishers.ofString(text));
    var answer = fetch("f-1");
    var bytes = answer.body().readAllBytes();
    assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(text);
    var sha256 = MessageDigest.getInstance("SHA-256");
    sha256.update(bytes);
    assertThat(answer.headers().firstValue("Repr-Digest")).hasValue(digest(sha256));
    assertThat(answer.headers().firstValue("Content-Disposition").orElse("")).contains("f-1.jsonl");
    var rest = mountain.fetch(AGREEMENT, "file?from=20", "f-1");
    assertThat(rest.body().readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, 20, bytes.length));
    assertThat(mountain.fetch(AGREEMENT, "file?from=" + bytes.length, "f-1").body().readAllBytes())
        .isEmpty();
    var here = entries(TwoClouds.MOUNTAIN, 1).get(0);
    var there = entries(TwoClouds.HARBOUR, 1).get(0);
    assertThat(here.open())
        .containsEntry("decision", "permit")
        .containsEntry("cloud", "harbour")
        .containsEntry("request", there.open().get("signed"));
    assertThat(there.open())
        .containsEntry("decision", "permit")
        .containsEntry("consumer", "mountain-transport")
        .containsEntry("cloud", "mountain");
    assertThat(there.closed()).containsKeys("field.station", "field.day", "field.lent");
  }

  @Test
  @Order(2)
  void byteBehindTheEnd_asked_isNotThere() throws Exception {
    var answer = mountain.fetch(AGREEMENT, "file?from=9999", "f-1");
    assertThat(answer.statusCode()).isEqualTo(416);
    assertThat(WholeStage.code(answer)).isEqualTo("RANGE_NOT_SATISFIABLE");
  }

  private void attachLarge() throws Exception {
    var file = WholeStage.figures(folder.resolve("large"), LARGE);
    large = harbour.attach("figures", BodyPublishers.ofFile(file));
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(
            () -> {
              var answer = fetch("g-" + System.nanoTime());
              answer.body().close();
              return answer.headers().firstValueAsLong("content-length").orElse(0) >= LARGE;
            });
  }

  /** Reads slowly until nothing more comes; how long that went on. */
  private static Duration readSlowly(InputStream body) throws Exception {
    var begin = System.nanoTime();
    var buffer = new byte[1 << 16];
    assertThatThrownBy(
            () -> {
              while (body.read(buffer) >= 0) {
                Thread.sleep(5);
              }
            })
        .isInstanceOf(IOException.class);
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  @Test
  @Order(3)
  void agreementSuspendedWhereTheDataAre_whileAFileRuns_cutsIt() throws Exception {
    attachLarge();
    var file = fetch("cut-1").body();
    assertThat(file.readNBytes(100_000)).hasSize(100_000);
    harbour.suspend(AGREEMENT);
    assertThat(readSlowly(file)).isLessThan(Duration.ofSeconds(3));
    assertThat(WholeStage.code(fetch("cut-1"))).isEqualTo("EXCHANGE_AGREEMENT_NOT_IN_FORCE");
    harbour.resume(AGREEMENT);
  }

  @Test
  @Order(4)
  void agreementTakenAwayWhereItIsAsked_whileAFileRuns_cutsIt() throws Exception {
    var file = fetch("cut-2").body();
    assertThat(file.readNBytes(100_000)).hasSize(100_000);
    var taken = clouds.agreements().resolve("transport/" + AGREEMENT + ".json");
    Files.move(taken, folder.resolve("aside.json"));
    assertThat(readSlowly(file)).isLessThan(Duration.ofSeconds(5));
    Files.move(folder.resolve("aside.json"), taken);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> clouds.known(clouds.mountain()).path("agreements").size() == 1);
  }

  @Test
  @Order(5)
  void file_damagedAfterItWasRecorded_endsBeforeTheFirstWrongByte() throws Exception {
    var whole = fetch("whole-1");
    var sha256 = MessageDigest.getInstance("SHA-256");
    try (var body = whole.body()) {
      var buffer = new byte[1 << 16];
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        sha256.update(buffer, 0, read);
      }
    }
    assertThat(whole.headers().firstValue("Repr-Digest")).hasValue(digest(sha256));
    var blob =
        clouds
            .clouds()
            .archive(TwoClouds.HARBOUR)
            .resolve(BlobAddress.parse(large).orElseThrow().name());
    try (var file = new RandomAccessFile(blob.toFile(), "rw")) {
      file.seek(LARGE / 2);
      var right = file.read();
      file.seek(LARGE / 2);
      file.write(right ^ 1);
    }
    var answer = fetch("damaged-1");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> answer.body().readAllBytes()).isInstanceOf(IOException.class);
  }
}

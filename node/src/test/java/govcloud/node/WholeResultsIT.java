package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.VerifierKey;
import govcloud.localcassandra.LocalCassandra;
import govcloud.node.http.Client;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
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

/** Files and batches through the gateway, on a real Cassandra: whole, masked, recorded, or cut. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class WholeResultsIT {
  private static final String ONE = "999999199001010016";
  private static final String TWO = "999999199202020026";
  private static final long LARGE = 60_000_000;

  private final String keyspace = LocalCassandra.shared().newKeyspaceName("whole");
  private Path folder;
  private String settings;
  private ServingNode node;
  private Client client;
  private WholeStage stage;
  private String large;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    this.folder = folder;
    var key = new NoteSigner("gov.example/transport/exchange", VerifierKey.NOTE, new byte[32]);
    var keyFile = Files.writeString(folder.resolve("ledger-key"), key.secretText());
    Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-------"));
    var keys = new KeyFolder(folder.resolve("keys"));
    KeyCeremony.init(keys, "extranet", folder.resolve("shares"), 2, 3, new SecureRandom());
    settings =
        """
        govcloud.exchange {
          ledger-key = "%s", ledger-folder = "%s", checkpoint-interval = 100ms
        }
        govcloud.replication { keys-folder = "%s", archive-folder = "%s" }
        """
            .formatted(
                keyFile,
                folder.resolve("ledger"),
                folder.resolve("keys"),
                folder.resolve("archive"));
    node = ServingNode.start(LocalCassandra.shared(), keyspace, folder, settings);
    client = node.client();
    for (String tenant : List.of("transport", "police")) {
      TwoClouds.register(client, tenant);
      var activated =
          client.send("POST", "/v1/tenants/" + tenant + "/activate", "{}", "If-Match", "*");
      assertThat(activated.status()).isEqualTo(200);
    }
    stage = new WholeStage(node.entities(), node.url());
    stage.agree();
  }

  @AfterAll
  void stop() {
    if (node != null) {
      node.close();
    }
  }

  private static String sha256(byte[] bytes) throws Exception {
    return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static JsonNode last(List<JsonNode> lines) {
    return lines.get(lines.size() - 1);
  }

  @Test
  @Order(1)
  void providerWithoutFile_asked_saysSoAndIsRecorded() throws Exception {
    assertThat(WholeStage.code(stage.fetch("figures-file", "file", "none-1")))
        .isEqualTo("EXCHANGE_FILE_NONE");
    assertThat(WholeStage.code(stage.fetch("figures-batch", "batch", "none-2")))
        .isEqualTo("EXCHANGE_FILE_NONE");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> client.send("GET", "/v1/ledger/status", null).json().path("size").asInt() == 2);
  }

  @Test
  @Order(2)
  void file_fetched_isAsItWasAttached_andItsRestIsTheSameExchange() throws Exception {
    var text = WholeStage.figure(1, 5) + WholeStage.figure(2, 0) + WholeStage.figure(3, 9);
    stage.attach("figures", BodyPublishers.ofString(text));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> stage.fetch("figures-file", "file", "f-0").statusCode() == 200);
    var answer = stage.fetch("figures-file", "file", "f-1");
    var bytes = answer.body().readAllBytes();
    assertThat(new String(bytes, java.nio.charset.StandardCharsets.UTF_8)).isEqualTo(text);
    assertThat(answer.headers().firstValue("Repr-Digest"))
        .hasValue("sha-256=:" + sha256(bytes) + ":");
    var rest = stage.fetch("figures-file", "file?from=20", "f-1");
    assertThat(rest.body().readAllBytes())
        .isEqualTo(java.util.Arrays.copyOfRange(bytes, 20, bytes.length));
    assertThat(rest.headers().firstValue("Govcloud-Entry"))
        .isEqualTo(answer.headers().firstValue("Govcloud-Entry"));
    assertThat(WholeStage.code(stage.fetch("figures-file", "file?from=9999", "f-1")))
        .isEqualTo("RANGE_NOT_SATISFIABLE");
  }

  @Test
  @Order(3)
  void batch_fetched_isMaskedLineByLine_andSaysThatItIsWhole() throws Exception {
    var lines = WholeStage.lines(stage.fetch("figures-batch", "batch", "b-1"));
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0).path("record").toString())
        .isEqualTo("{\"station\":\"站点00000001\",\"day\":\"2026\"}");
    assertThat(last(lines).at("/end/records").asLong()).isEqualTo(2);
    assertThat(last(lines).at("/end/masked/0").asText()).isEqualTo("day");
    var again = WholeStage.lines(stage.fetch("figures-batch", "batch", "b-1"));
    assertThat(again).isEqualTo(lines);
    assertThat(again.get(0).path("index").asLong()).isPositive();
  }

  @Test
  @Order(4)
  void otherMode_asked_isRefused() throws Exception {
    assertThat(WholeStage.code(stage.fetch("figures-batch", "file", "m-1")))
        .isEqualTo("EXCHANGE_MODE_NOT_AGREED");
    assertThat(WholeStage.code(stage.fetch("figures-file", "batch", "m-2")))
        .isEqualTo("EXCHANGE_MODE_NOT_AGREED");
    var query = "{\"case\":{\"app\":\"a\",\"case\":\"c\"},\"subject\":{\"number\":\"%s\"}}";
    var asked =
        client.send(
            "POST",
            "/v1/tenants/transport/exchange/deaths-batch/queries",
            query.formatted(ONE),
            "Idempotency-Key",
            "m-3",
            "Govcloud-Acting-As",
            WholeStage.CLERK);
    assertThat(asked.code()).isEqualTo("EXCHANGE_MODE_NOT_AGREED");
  }

  private static String death(String number, String day) {
    return "{\"number\":\"" + number + "\",\"died_on\":\"" + day + "\"}\n";
  }

  @Test
  @Order(5)
  void batchAboutPeople_fetched_isSeenByEachOfThem_andEndsWithTheQuota() throws Exception {
    var day = "2026-11-01";
    stage.attach("deaths", BodyPublishers.ofString(death(ONE, day) + death(TWO, day)));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> stage.fetch("deaths-batch", "batch", "d-1").statusCode() == 200);
    var lines = WholeStage.lines(stage.fetch("deaths-batch", "batch", "d-1"));
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1).at("/record/number").asText()).isEqualTo("999***********0026");
    assertThat(lines.get(0).path("index")).isNotEqualTo(lines.get(1).path("index"));
    for (String number : List.of(ONE, TWO)) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(looks(number).path(0).path("case").asText())
                      .matches("batch:[0-9a-f]{32}"));
    }
    quotaEnds(stage.fetch("deaths-batch", "batch", "d-2"));
  }

  /** One record is left, and two are on their way at once: either of them may get it. */
  private static void quotaEnds(HttpResponse<InputStream> answer) throws Exception {
    if (answer.statusCode() == 429) {
      assertThat(WholeStage.code(answer)).isEqualTo("EXCHANGE_QUOTA_USED");
      return;
    }
    var lines = WholeStage.lines(answer);
    assertThat(lines).hasSize(2);
    assertThat(last(lines).at("/refusal/code").asText()).isEqualTo("EXCHANGE_QUOTA_USED");
    assertThat(last(lines).at("/refusal/evidence/index").isNumber()).isTrue();
  }

  private JsonNode looks(String number) {
    var answer =
        client.send(
            "POST",
            "/v1/exchange/accesses",
            "{\"subject\":\"" + number + "\"}",
            "Govcloud-Acting-As",
            "wu;role=audit-administrator");
    return answer.json().path("items");
  }

  @Test
  @Order(6)
  void batchOfCases_fetched_hasThoseThatTheFilterLets() throws Exception {
    stage.open("licences", "x-1", ONE);
    stage.open("licences", "x-2", TWO);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              var key = "l-" + System.nanoTime();
              var lines = WholeStage.lines(stage.fetch("licences-batch", "batch", key));
              assertThat(last(lines).at("/end/records").asLong()).isEqualTo(2);
              assertThat(lines.get(0).at("/record/case_status").asText()).isEqualTo("draft");
            });
  }

  @Test
  @Order(7)
  void wrongLine_reached_endsTheBatchBeforeIt() throws Exception {
    var text = WholeStage.figure(1, 5) + WholeStage.figure(2, 6);
    stage.attach(
        "figures", BodyPublishers.ofString(text + "{\"station\":\"x\",\"lent\":\"many\"}\n"));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              var key = "w-" + System.nanoTime();
              var lines = WholeStage.lines(stage.fetch("figures-batch", "batch", key));
              assertThat(lines).hasSize(3);
              assertThat(last(lines).at("/refusal/code").asText())
                  .isEqualTo("EXCHANGE_ANSWER_MALFORMED");
              assertThat(last(lines).at("/refusal/detail").asText())
                  .contains("line 3", "lent")
                  .doesNotContain("many");
            });
    assertThat(WholeStage.code(stage.fetch("figures-batch", "batch", "b-1")))
        .as("other data under the same message")
        .isEqualTo("EXCHANGE_MESSAGE_REUSED");
  }

  private void attachLarge() throws Exception {
    var file = WholeStage.figures(folder.resolve("large"), LARGE);
    large = stage.attach("figures", BodyPublishers.ofFile(file));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              var answer = stage.fetch("figures-file", "file", "g-" + System.nanoTime());
              answer.body().close();
              return answer.headers().firstValueAsLong("content-length").orElse(0) >= LARGE;
            });
  }

  /** Reads slowly until nothing more comes; how long that went on, in milliseconds. */
  private static long readSlowly(InputStream body) throws Exception {
    var begin = System.nanoTime();
    var buffer = new byte[1 << 16];
    try {
      while (body.read(buffer) >= 0) {
        Thread.sleep(5);
      }
      return Long.MAX_VALUE;
    } catch (IOException e) {
      return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }
  }

  @Test
  @Order(8)
  void agreementSuspended_whileFileAndBatchRun_cutsBoth() throws Exception {
    attachLarge();
    var file = stage.fetch("figures-file", "file", "cut-1").body();
    assertThat(file.readNBytes(100_000)).hasSize(100_000);
    stage.suspend("figures-file");
    assertThat(readSlowly(file)).isLessThan(2_000);
    assertThat(WholeStage.code(stage.fetch("figures-file", "file", "cut-1")))
        .isEqualTo("EXCHANGE_AGREEMENT_NOT_IN_FORCE");
    stage.resume("figures-file");
    var batch = stage.fetch("figures-batch", "batch", "cut-2");
    stage.suspend("figures-batch");
    var begin = System.nanoTime();
    var lines = WholeStage.lines(batch);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    assertThat(last(lines).at("/refusal/code").asText())
        .isEqualTo("EXCHANGE_AGREEMENT_NOT_IN_FORCE");
    assertThat(last(lines).at("/refusal/evidence/index").isNumber()).isTrue();
    stage.resume("figures-batch");
  }

  @Test
  @Order(9)
  void smallHeap_givesTheWholeFileAndTheWholeBatch() throws Exception {
    node.close();
    node = null;
    try (var process = NodeProcess.start(keyspace, folder, settings, "-Xmx112m")) {
      stage = new WholeStage(null, process.url());
      var answer = stage.fetch("figures-file", "file", "small-1");
      var digest = MessageDigest.getInstance("SHA-256");
      var buffer = new byte[1 << 16];
      try (var body = answer.body()) {
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
          digest.update(buffer, 0, read);
        }
      }
      assertThat(answer.headers().firstValue("Repr-Digest"))
          .hasValue("sha-256=:" + Base64.getEncoder().encodeToString(digest.digest()) + ":");
      var lines = 0L;
      var last = "";
      try (var body =
          new java.io.BufferedReader(
              new java.io.InputStreamReader(
                  stage.fetch("figures-batch", "batch", "small-2").body(),
                  java.nio.charset.StandardCharsets.UTF_8))) {
        for (var line = body.readLine(); line != null; line = body.readLine()) {
          lines++;
          last = line;
        }
      }
      assertThat(last).startsWith("{\"end\":").contains("\"records\":" + (lines - 1) + ",");
      assertThat(lines).isGreaterThan(50_000);
      isDamagedOnTheWay();
    }
  }

  /** What is damaged after its digest was taken ends before the first wrong byte. */
  private void isDamagedOnTheWay() throws Exception {
    var blob = folder.resolve("archive").resolve(BlobAddress.parse(large).orElseThrow().name());
    try (var file = new RandomAccessFile(blob.toFile(), "rw")) {
      file.seek(LARGE / 2);
      var right = file.read();
      file.seek(LARGE / 2);
      file.write(right ^ 1);
    }
    var answer = stage.fetch("figures-file", "file", "damaged-1");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> answer.body().readAllBytes()).isInstanceOf(IOException.class);
    var lines = WholeStage.lines(stage.fetch("figures-batch", "batch", "damaged-2"));
    assertThat(last(lines).at("/refusal/code").asText()).isEqualTo("EXCHANGE_PROVIDER_AWAY");
  }
}

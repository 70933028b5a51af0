package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.ledger.leaf.Entry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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
 * Mountain's transport bureau fetches batches of harbour's police: masked, each record in both
 * ledgers, whole, or with a reason as the last line.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class CrossCloudBatchIT {
  private static final String ONE = "999999199001010016";
  private static final String TWO = "999999199202020026";
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final long LARGE = 20_000_000;

  private Path folder;
  private CrossCloudStage clouds;
  private WholeStage harbour;
  private WholeStage mountain;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    clouds = new CrossCloudStage(folder);
    var there = clouds.clouds().harbour();
    harbour = new WholeStage(there.entities(), there.url(), "mountain-transport");
    mountain = new WholeStage(null, clouds.clouds().mountain().url());
    harbour.agree();
    clouds.handOver("figures-batch");
    clouds.handOver("deaths-batch");
    known(2);
  }

  @AfterAll
  void stop() {
    if (clouds != null) {
      clouds.close();
    }
  }

  private void known(int agreements) {
    await()
        .atMost(SOON)
        .until(() -> clouds.known(clouds.mountain()).path("agreements").size() == agreements);
  }

  private HttpResponse<InputStream> fetch(String agreement, String key) throws Exception {
    return mountain.fetch(agreement, "batch", key);
  }

  /** The lines of a batch as soon as there is a file. */
  private List<JsonNode> lines(String agreement, String prefix) {
    return await()
        .atMost(SOON)
        .until(
            () -> {
              var answer = fetch(agreement, prefix + System.nanoTime());
              return answer.statusCode() == 200 ? WholeStage.lines(answer) : List.<JsonNode>of();
            },
            lines -> !lines.isEmpty());
  }

  private static JsonNode last(List<JsonNode> lines) {
    return lines.get(lines.size() - 1);
  }

  /** Entries that were let out, as the other cloud has signed them. */
  private Set<String> permits(String cloud, String named) throws Exception {
    return clouds.entries(cloud).stream()
        .filter(entry -> "permit".equals(entry.open().get("decision")))
        .map(Entry::open)
        .map(open -> open.get(named))
        .collect(Collectors.toSet());
  }

  @Test
  @Order(1)
  void batch_fetched_isMaskedLineByLine_andInBothLedgers() throws Exception {
    var text = WholeStage.figure(1, 5) + WholeStage.figure(2, 0) + WholeStage.figure(3, 9);
    harbour.attach("figures", BodyPublishers.ofString(text));
    lines("figures-batch", "b-0-");
    var lines = WholeStage.lines(fetch("figures-batch", "b-1"));
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0).path("record").toString())
        .isEqualTo("{\"day\":\"2026\",\"station\":\"站点00000001\"}");
    assertThat(last(lines).at("/end/records").asLong()).isEqualTo(2);
    assertThat(last(lines).at("/end/masked/0").asText()).isEqualTo("day");
    assertThat(WholeStage.lines(fetch("figures-batch", "b-1")))
        .as("the same message again")
        .isEqualTo(lines);
    requireInBothLedgers(lines);
    assertThat(clouds.entries(TwoClouds.HARBOUR)).allMatch(one -> isOfMountain(one));
  }

  private static String request(Entry entry) {
    return entry.open().get("request");
  }

  private static boolean isOfMountain(Entry entry) {
    return "mountain".equals(entry.open().get("cloud"))
        && "mountain-transport".equals(entry.open().get("consumer"));
  }

  private static String death(String number) {
    return "{\"number\":\"" + number + "\",\"died_on\":\"2026-11-01\"}\n";
  }

  @Test
  @Order(2)
  void batchAboutPeople_fetched_isSeenByEachOfThemWhereTheDataAre() throws Exception {
    harbour.attach("deaths", BodyPublishers.ofString(death(ONE) + death(TWO)));
    var lines = lines("deaths-batch", "d-");
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1).at("/record/number").asText()).isEqualTo("999***********0026");
    assertThat(lines.get(0).path("index")).isNotEqualTo(lines.get(1).path("index"));
    for (String number : List.of(ONE, TWO)) {
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(clouds.accesses(clouds.harbour(), number).path(0).path("office"))
                      .hasToString("\"mountain-transport\""));
      assertThat(clouds.accesses(clouds.mountain(), number))
          .as("this cloud never had the number")
          .isEmpty();
    }
    var more = fetch("deaths-batch", "d-more");
    if (more.statusCode() == 200) {
      assertThat(last(WholeStage.lines(more)).at("/refusal/code").asText())
          .isEqualTo("EXCHANGE_QUOTA_USED");
    } else {
      assertThat(WholeStage.code(more)).isEqualTo("EXCHANGE_QUOTA_USED");
    }
  }

  @Test
  @Order(3)
  void wrongLine_reached_endsTheBatchBeforeIt_andBothCloudsSayWhy() throws Exception {
    var text = WholeStage.figure(1, 5) + WholeStage.figure(2, 6);
    harbour.attach(
        "figures", BodyPublishers.ofString(text + "{\"station\":\"x\",\"lent\":\"many\"}\n"));
    var lines =
        await()
            .atMost(SOON)
            .until(() -> lines("figures-batch", "w-"), found -> last(found).has("refusal"));
    assertThat(lines).hasSize(3);
    assertThat(last(lines).at("/refusal/code").asText()).isEqualTo("EXCHANGE_ANSWER_MALFORMED");
    assertThat(last(lines).at("/refusal/detail").asText()).contains("line 3", "lent");
    var index = last(lines).at("/refusal/evidence/index").asLong();
    var here = CrossCloudStage.entry(clouds.mountain(), TwoClouds.MOUNTAIN, index);
    assertThat(here.open())
        .containsEntry("code", "EXCHANGE_ANSWER_MALFORMED")
        .containsKeys("signed", "signature");
    assertThat(WholeStage.code(fetch("figures-batch", "b-1")))
        .as("other data under the same message")
        .isEqualTo("EXCHANGE_MESSAGE_REUSED");
  }

  private void attachLarge() throws Exception {
    harbour.attach(
        "figures", BodyPublishers.ofFile(WholeStage.figures(folder.resolve("large"), LARGE)));
    await()
        .atMost(SOON)
        .until(
            () -> {
              try (var lines = reader(fetch("figures-batch", "g-" + System.nanoTime()))) {
                return lines.lines().limit(10).count() == 10;
              }
            });
  }

  private static BufferedReader reader(HttpResponse<InputStream> answer) {
    return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
  }

  /** The last line that comes; empty: the batch is cut off. */
  private static String rest(BufferedReader lines) throws IOException {
    var last = "";
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      last = line;
    }
    return last;
  }

  /** The same where it may be cut off within a line, of which nothing is told. */
  private static String restOrCut(BufferedReader lines) {
    try {
      return rest(lines);
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  @Order(4)
  void agreementSuspendedWhereTheDataAre_whileABatchRuns_cutsIt() throws Exception {
    attachLarge();
    try (var lines = reader(fetch("figures-batch", "cut-1"))) {
      assertThat(lines.readLine()).startsWith("{\"index\":");
      harbour.suspend("figures-batch");
      var begin = System.nanoTime();
      assertThat(rest(lines)).contains("\"refusal\"", "EXCHANGE_AGREEMENT_NOT_IN_FORCE");
      // The records that had left before are still taken in one by one.
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
      assertThat(WholeStage.code(fetch("figures-batch", "cut-1")))
          .isEqualTo("EXCHANGE_AGREEMENT_NOT_IN_FORCE");
    } finally {
      harbour.resume("figures-batch");
    }
  }

  @Test
  @Order(5)
  void agreementTakenAwayWhereItIsAsked_whileABatchRuns_cutsIt() throws Exception {
    try (var lines = reader(fetch("figures-batch", "cut-2"))) {
      assertThat(lines.readLine()).startsWith("{\"index\":");
      var taken = clouds.agreements().resolve("transport/figures-batch.json");
      Files.move(taken, folder.resolve("aside.json"));
      try {
        var begin = System.nanoTime();
        assertThat(restOrCut(lines)).doesNotContain("\"end\"");
        // The folder is looked at every two seconds; what was recorded before still comes.
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
      } finally {
        Files.move(folder.resolve("aside.json"), taken);
      }
    }
    known(2);
  }

  @Test
  @Order(6)
  void whatWasLetOut_hasItsOwnEntryInBothLedgers() throws Exception {
    Set<Long> indices = new HashSet<>();
    var records = 0;
    try (var lines = reader(fetch("figures-batch", "part-1"))) {
      for (; records < 1_000; records++) {
        var line = WholeStage.json(lines.readLine());
        assertThat(line.path("record").path("day").asText()).isEqualTo("2026");
        indices.add(line.path("index").asLong());
      }
    }
    assertThat(indices).as("up to 200 records share an entry").hasSizeGreaterThanOrEqualTo(5);
    for (long index : indices) {
      var here = CrossCloudStage.entry(clouds.mountain(), TwoClouds.MOUNTAIN, index);
      assertThat(here.open()).containsEntry("decision", "permit").containsEntry("cloud", "harbour");
    }
  }

  @Test
  @Order(7)
  void otherCloud_goneWhileABatchRuns_isToldAsTheLastLine() throws Exception {
    try (var lines = reader(fetch("figures-batch", "away-1"))) {
      assertThat(lines.readLine()).startsWith("{\"index\":");
      clouds.stopHarbour();
      assertThat(rest(lines)).contains("\"refusal\"", "EXCHANGE_PROVIDER_AWAY");
    }
    assertThat(WholeStage.code(fetch("figures-batch", "away-2")))
        .isEqualTo("EXCHANGE_PROVIDER_AWAY");
    clouds.startHarbour();
  }

  @Test
  @Order(8)
  void batchThroughGateways_comesInBundles_andIsInBothLedgers() throws Exception {
    var folders = "folders { outbox = \"%s\", inbox = \"%s\" }";
    var there = folder.resolve("there");
    var back = folder.resolve("back");
    clouds.byFiles(folders.formatted(back, there), folders.formatted(there, back));
    var node = clouds.clouds().harbour();
    var text = WholeStage.figure(1, 5) + WholeStage.figure(3, 9);
    harbour.at(node.entities(), node.url()).attach("figures", BodyPublishers.ofString(text));
    mountain = new WholeStage(null, clouds.clouds().mountain().url());
    known(2);
    var lines =
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> throughGateways("f-" + System.nanoTime()), CrossCloudBatchIT::isSmall);
    assertThat(last(lines).at("/end/records").asLong()).isEqualTo(2);
    requireInBothLedgers(lines);
    assertThat(CrossCloudStage.bundles(clouds.harbour()).path("sent").asLong()).isPositive();
  }

  /** The same message again and again, until all of it has come. */
  private List<JsonNode> throughGateways(String key) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              var answer = fetch("figures-batch", key);
              if (answer.statusCode() == 200) {
                return WholeStage.lines(answer);
              }
              assertThat(WholeStage.code(answer)).isEqualTo("EXCHANGE_BATCH_UNDER_WAY");
              return List.<JsonNode>of();
            },
            lines -> !lines.isEmpty());
  }

  /** Until the list of cases has the newest file the one before is given. */
  private static boolean isSmall(List<JsonNode> lines) {
    return lines.size() == 3;
  }

  /** What a batch let out is permitted in both. */
  private void requireInBothLedgers(List<JsonNode> lines) throws Exception {
    var index = lines.get(0).path("index").asLong();
    var here = CrossCloudStage.entry(clouds.mountain(), TwoClouds.MOUNTAIN, index);
    assertThat(here.open()).containsEntry("decision", "permit").containsEntry("cloud", "harbour");
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(permits(TwoClouds.HARBOUR, "signed")).contains(request(here)));
  }
}

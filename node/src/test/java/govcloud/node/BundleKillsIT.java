package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.ledger.leaf.Entry;
import govcloud.node.http.Client;
import govcloud.node.http.Client.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two clouds between which couriers carry files, and lose and double some, while the nodes of both
 * are killed at random moments: every query that was taken is answered, once, and both ledgers have
 * it.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class BundleKillsIT {
  /** How often one side is killed, or the other, or both at once. */
  private static final int KILLS = Integer.getInteger("govcloud.bundle-kills", 6);

  private static final List<List<String>> VICTIMS =
      List.of(
          List.of(TwoClouds.HARBOUR),
          List.of(TwoClouds.MOUNTAIN),
          List.of(TwoClouds.MOUNTAIN, TwoClouds.HARBOUR));

  private static final long SEED = Long.getLong("govcloud.bundle-kills-seed", 7);
  private static final int LONGEST_LIFE = 8_000;
  private static final Duration PACE = Duration.ofMillis(700);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String LATER = ",\"delivery\":\"when-available\"";
  private static final String MORE = "govcloud.exchange.deferred-most = 10000\n";

  private Path folder;
  private CrossCloudStage stage;
  private final Map<String, NodeProcess> processes = new HashMap<>();
  private volatile Client mountain;

  /** Where it is told what became of a query, by its message. */
  private final Map<String, String> places = new ConcurrentSkipListMap<>();

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    stage = new CrossCloudStage(folder);
    stage.agree();
    stage.handOver("violations");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> stage.known(stage.mountain()).path("agreements").size() == 1);
    stage.stop(folders(TwoClouds.HARBOUR), folders(TwoClouds.MOUNTAIN));
  }

  @AfterAll
  void stop() {
    processes.values().forEach(NodeProcess::close);
    if (stage != null) {
      stage.close();
    }
  }

  private Path place(String name) {
    return folder.resolve("gateway").resolve(name);
  }

  private String folders(String cloud) {
    return "folders { outbox = \"%s\", inbox = \"%s\" }"
        .formatted(place("from-" + cloud), place("to-" + cloud));
  }

  private Client begin(String cloud) throws Exception {
    var process = stage.startProcess(cloud, MORE);
    processes.put(cloud, process);
    return new Client(process.url(), ServingNode.TOKEN);
  }

  @Test
  void nodesOfBothSides_killedWhileFilesAreUnderWay_loseAndDoubleNothing() throws Exception {
    try (var there = new Courier(place("from-mountain"), place("to-harbour"), SEED);
        var back = new Courier(place("from-harbour"), place("to-mountain"), SEED + 1)) {
      begin(TwoClouds.HARBOUR);
      mountain = begin(TwoClouds.MOUNTAIN);
      var asking = new AtomicBoolean(true);
      ExecutorService clerk = Executors.newSingleThreadExecutor();
      clerk.execute(() -> ask(asking));
      kill();
      asking.set(false);
      clerk.shutdown();
      assertThat(clerk.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
      there.beCareful();
      back.beCareful();
      System.out.printf(
          "%d queries, files lost %d and %d, doubled %d and %d%n",
          places.size(), there.lost(), back.lost(), there.doubled(), back.doubled());
      assertThat(places).hasSizeGreaterThan(3 * KILLS);
      assertThat(there.lost() + there.doubled()).isPositive();
      assertThat(back.lost() + back.doubled()).isPositive();
      allAreAnsweredOnceAndInBothLedgers();
      nothingIsLeft();
    }
  }

  /** A message whose answer did not come is sent again, as any caller would. */
  private void ask(AtomicBoolean asking) {
    for (int number = 0; asking.get(); number++) {
      var message = "k-" + number;
      while (!places.containsKey(message)) {
        try {
          Answer answer = CrossCloudStage.ask(mountain, message, CrossCloudStage.DRIVER, LATER);
          if (answer.status() == 202) {
            places.put(message, answer.header("Location"));
          }
        } catch (RuntimeException | AssertionError gone) {
          // The node is away.
        }
        pause(PACE.toMillis());
      }
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Sides die soon after they have begun; one that does not goes on meanwhile. */
  private void kill() throws Exception {
    var random = new Random(SEED);
    for (int kill = 0; kill < KILLS; kill++) {
      var victims = VICTIMS.get(kill % VICTIMS.size());
      pause(random.nextInt(LONGEST_LIFE));
      int asked = places.size();
      victims.forEach(cloud -> processes.get(cloud).kill());
      System.out.printf("killed %s when %d queries were taken%n", victims, asked);
      for (String cloud : victims) {
        var client = begin(cloud);
        if (cloud.equals(TwoClouds.MOUNTAIN)) {
          mountain = client;
        }
      }
    }
  }

  private JsonNode found(String place) {
    return mountain
        .send("GET", place, null, "Govcloud-Acting-As", "zhang-san;role=window-clerk")
        .json();
  }

  private void allAreAnsweredOnceAndInBothLedgers() throws Exception {
    for (String place : places.values()) {
      await()
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO) // most are there: a second for each would be minutes
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> found(place).path("state").asText(), "delivered"::equals);
    }
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              assertThat(permits(TwoClouds.HARBOUR)).hasSize(places.size());
              assertThat(permits(TwoClouds.MOUNTAIN)).hasSize(places.size());
            });
    var here = permits(TwoClouds.MOUNTAIN);
    System.out.printf(
        "entries: %d and %d%n",
        stage.entries(TwoClouds.HARBOUR).size(), stage.entries(TwoClouds.MOUNTAIN).size());
    var there =
        permits(TwoClouds.HARBOUR).values().stream()
            .flatMap(List::stream)
            .map(entry -> entry.open().get("signed"))
            .collect(Collectors.toSet());
    for (String place : places.values()) {
      var answer = found(place).path("answer");
      assertThat(answer.at("/records/0/driver_number").asText()).isEqualTo("999***********0016");
      var entries = here.get(answer.at("/evidence/exchange").asText());
      assertThat(place).endsWith(entries.get(0).id());
      assertThat(there).contains(entries.get(0).open().get("request"));
    }
  }

  /**
   * What was let out, by the exchange. A node that dies behind its entry's append makes another one
   * of the same exchange when it has begun again.
   */
  private Map<String, List<Entry>> permits(String cloud) throws Exception {
    return stage.entries(cloud).stream()
        .filter(entry -> "permit".equals(entry.open().get("decision")))
        .collect(Collectors.groupingBy(Entry::id));
  }

  private void nothingIsLeft() throws Exception {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              for (var process : processes.values()) {
                var bundles = CrossCloudStage.bundles(new Client(process.url(), ServingNode.TOKEN));
                assertThat(bundles.path("unacknowledged").asInt(-1)).isZero();
                assertThat(bundles.path("waiting").asInt(-1)).isZero();
              }
            });
    for (String inbox : List.of("to-harbour", "to-mountain")) {
      var aside = place(inbox).resolve(".refused");
      if (Files.exists(aside)) {
        assertThat(aside).as("false alarms").isEmptyDirectory();
      }
    }
  }
}

package govcloud.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.RecordingHttpClient;
import govcloud.cli.api.ApiClient;
import govcloud.cli.api.RetryPolicy;
import govcloud.cli.command.Json;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A node is drained under a load. */
@Tag("slow")
@ExtendWith(SharedCloud.class)
final class DrainIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int WORKERS = 3;
  private static final String DRAINED = "node-2";

  private RecordingHttpClient http;

  @Test
  void node_drainedUnderLoad_failsNoRequestAndComesBack(TestCloud cloud) throws Exception {
    try (CommentLoad load = new CommentLoad(cloud.rentApp())) {
      http = cloud.recording();
      ApiClient api = cloud.client(http, PATIENCE);
      load.prepare(api);
      for (int i = 0; i < WORKERS; i++) {
        load.begin("retrying-" + i, api);
      }
      for (String node : cloud.nodes()) {
        load.begin(node, impatient(cloud, node));
      }
      await().atMost(Duration.ofSeconds(30)).until(() -> load.acknowledged() > 200);
      cloud.run("node", "drain", DRAINED);
      int drained = load.acknowledged();
      await().atMost(Duration.ofSeconds(30)).until(() -> load.acknowledged() > drained + 200);
      cloud.run("node", "add", DRAINED);
      cloud.awaitHealthy();
      load.finish(PATIENCE);
      for (String node : cloud.nodes()) {
        System.out.println(node + ": requests failed at once: " + load.failures(node).size());
      }
      noneFailed(cloud, load);
      load.verify(api);
      // Slices come back with the next rebalancing.
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(slicesOf(cloud, DRAINED)).as("slices of " + DRAINED).isPositive());
    }
  }

  /** A client of one node that takes the first answer. */
  private static ApiClient impatient(TestCloud cloud, String node) {
    var address = List.of(cloud.http(node));
    return new ApiClient(
        Json.mapper(),
        cloud.home().httpClient(),
        () -> address,
        cloud.token(),
        RetryPolicy.within(Duration.ZERO),
        Clock.systemUTC());
  }

  private static void noneFailed(TestCloud cloud, CommentLoad load) {
    for (int i = 0; i < WORKERS; i++) {
      assertThat(load.failures("retrying-" + i)).as("given up by clients that retry").isEmpty();
    }
    for (String node : cloud.nodes()) {
      if (!node.equals(DRAINED)) {
        assertThat(load.failures(node)).as("first answers of " + node).isEmpty();
      }
    }
    // whoever clings to the drained node finds its listener gone, but was never answered wrongly
    assertThat(load.failures(DRAINED))
        .as("first answers of " + DRAINED)
        .allSatisfy(failure -> assertThat(failure.code()).isEqualTo("NO_ANSWER"));
  }

  private static int slicesOf(TestCloud cloud, String name) throws Exception {
    JsonNode nodes = Json.mapper().readTree(cloud.run("node", "list", "-o", "json"));
    for (JsonNode node : nodes.isArray() ? nodes : nodes.path("items")) {
      if (node.path("name").asText().equals(name)) {
        return node.path("slices").size();
      }
    }
    return 0;
  }
}

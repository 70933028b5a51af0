package govcloud.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import govcloud.cli.RecordingHttpClient;
import govcloud.cli.RecordingHttpClient.Attempt;
import govcloud.cli.api.ApiClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Cassandra stands still under a load and goes on again. */
@Tag("slow")
@ExtendWith(SharedCloud.class)
final class CassandraOutageIT {
  private static final Duration OUTAGE =
      Duration.ofSeconds(Integer.getInteger("govcloud.outage-seconds", 20));
  private static final Duration RECOVERY = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int WORKERS = 4;

  private RecordingHttpClient http;

  @Test
  void cassandra_pausedUnderLoad_answers503AndRecoversWithoutLoss(TestCloud cloud)
      throws Exception {
    try (CommentLoad load = new CommentLoad(cloud.rentApp())) {
      http = cloud.recording();
      ApiClient api = cloud.client(http, PATIENCE);
      load.prepare(api);
      for (int i = 0; i < WORKERS; i++) {
        load.begin("worker-" + i, api);
      }
      await().atMost(Duration.ofSeconds(30)).until(() -> load.acknowledged() > 100);
      List<Long> processes = processes(cloud);
      int before = http.attempts().size();
      pauseCassandra(cloud);
      int atEnd = load.acknowledged();
      await().atMost(RECOVERY).until(() -> isReady(cloud) && load.acknowledged() > atEnd + 100);
      load.finish(PATIENCE);
      assertThat(processes(cloud)).as("processes of the nodes").isEqualTo(processes);
      refusedClearly(before);
      cloud.awaitHealthy();
      load.verify(api);
    }
  }

  private static List<Long> processes(TestCloud cloud) {
    return cloud.nodes().stream().map(node -> cloud.process(node).pid()).toList();
  }

  private static boolean isReady(TestCloud cloud) {
    return cloud.nodes().stream()
        .allMatch(node -> cloud.answer(cloud.http(node).resolve("/ready")) == 200);
  }

  private static void pauseCassandra(TestCloud cloud) throws Exception {
    ProcessHandle cassandra = cloud.cassandra();
    signal("STOP", cassandra);
    try {
      long end = System.nanoTime() + OUTAGE.toNanos();
      List<Integer> live = new ArrayList<>();
      List<Integer> ready = new ArrayList<>();
      while (System.nanoTime() < end) {
        ready.clear();
        for (String node : cloud.nodes()) {
          live.add(cloud.answer(cloud.http(node).resolve("/live")));
          ready.add(cloud.answer(cloud.http(node).resolve("/ready")));
        }
      }
      assertThat(live).as("/live during the outage").containsOnly(200);
      assertThat(ready).as("/ready at the end of the outage").containsOnly(503);
    } finally {
      signal("CONT", cassandra);
    }
  }

  private static void signal(String name, ProcessHandle process)
      throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).inheritIO().start();
    assertThat(kill.waitFor()).as("kill -" + name).isZero();
  }

  /** Every attempt since then that did not succeed says so, with a code and when to come again. */
  private void refusedClearly(int before) {
    List<Attempt> attempts = http.attempts();
    List<Attempt> refused =
        attempts.subList(before, attempts.size()).stream()
            .filter(attempt -> attempt.status() / 100 != 2)
            .toList();
    assertThat(refused).as("the outage was noticed").isNotEmpty();
    assertThat(refused)
        .allSatisfy(
            attempt -> {
              assertThat(attempt.status()).as(attempt.toString()).isEqualTo(503);
              assertThat(attempt.retryAfter()).as(attempt.toString()).matches("[1-9][0-9]*");
              assertThat(attempt.body()).contains("\"code\":\"");
            });
  }
}

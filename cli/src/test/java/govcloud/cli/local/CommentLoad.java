package govcloud.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.api.ApiClient;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.api.Pages;
import govcloud.cli.command.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A small load: each worker writes one comment after another, round all cases, and a comment's text
 * is its Idempotency-Key, so that the histories tell what became of each.
 */
final class CommentLoad implements AutoCloseable {
  private static final int CASES = 50;
  private static final long PAUSE_MILLIS = 80;

  private final ObjectMapper json = Json.mapper();
  private final String department;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<String> sent = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<Failed> failures = new ConcurrentLinkedQueue<>();

  CommentLoad(String department) {
    this.department = department;
  }

  /** A request that the client gave up. */
  record Failed(String worker, CommandFailure failure) {}

  private String path(int theCase) {
    return ApiRequest.path(
        "v1", "tenants", department, "apps", TestCloud.APP, "cases", "case-" + theCase);
  }

  /** Makes the cases. */
  void prepare(ApiClient api) {
    for (int i = 0; i < CASES; i++) {
      ObjectNode body = json.createObjectNode().put("title", "Case " + i);
      body.putObject("applicant").put("name", "Wang").put("kind", "person");
      body.putObject("form");
      api.send(ApiRequest.change("PUT", path(i), "create-" + i, body));
    }
  }

  /** Begins a worker; {@code name} tells its comments and failures apart. */
  void begin(String name, ApiClient api) {
    workers.execute(
        () -> {
          for (int i = 0; !stopped.get(); i++) {
            comment(name, api, i);
            pause();
          }
        });
  }

  private void comment(String name, ApiClient api, int number) {
    String key = name + "-" + number;
    ObjectNode body = json.createObjectNode().put("text", key);
    sent.add(key);
    try {
      api.send(ApiRequest.change("POST", path(number % CASES) + "/comments", key, body));
      acknowledged.add(key);
    } catch (CommandFailure failure) {
      failures.add(new Failed(name, failure));
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  int acknowledged() {
    return acknowledged.size();
  }

  /** What a worker's client gave up. */
  List<CommandFailure> failures(String worker) {
    return failures.stream()
        .filter(failed -> failed.worker().equals(worker))
        .map(Failed::failure)
        .toList();
  }

  /** Lets every worker finish the comment it writes. */
  void finish(Duration patience) throws InterruptedException {
    stopped.set(true);
    workers.shutdown();
    assertThat(workers.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS))
        .as("workers ended within " + patience)
        .isTrue();
  }

  /** Everything acknowledged is in the histories once, and nothing is there twice or invented. */
  void verify(ApiClient api) {
    Map<String, Integer> stored = new HashMap<>();
    for (int i = 0; i < CASES; i++) {
      long before = 0;
      for (JsonNode entry :
          Pages.of(api, ApiRequest.get(path(i) + "/history").with("page_size", "1000"))) {
        assertThat(entry.path("sequence").asLong()).isGreaterThanOrEqualTo(before);
        before = entry.path("sequence").asLong();
        String text = entry.path("data").path("text").asText("");
        if (!text.isEmpty()) {
          stored.merge(text, 1, Integer::sum);
        }
      }
    }
    List<String> lost = new ArrayList<>(acknowledged);
    lost.removeAll(stored.keySet());
    assertThat(lost).as("acknowledged and lost").isEmpty();
    assertThat(stored.values()).as("times that each is there").containsOnly(1);
    assertThat(sent).as("sent").containsAll(stored.keySet());
  }

  @Override
  public void close() {
    stopped.set(true);
    workers.shutdownNow();
  }
}

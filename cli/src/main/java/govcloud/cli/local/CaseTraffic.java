package govcloud.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.cli.CommandFailure;
import govcloud.cli.api.ApiClient;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.api.Pages;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What clerks do all day: comments on cases, one after another, in each department one clerk.
 * Remembers what the cloud said that it has, so that afterwards one can see what became of it, and
 * which department worked again when.
 */
final class CaseTraffic implements AutoCloseable {
  private static final int CLERKS = 16;
  private static final int CASES = 4;
  private static final long PAUSE_MILLIS = 130;
  private static final String TEXT = "Seen by the clerk on duty, ";

  private final ObjectMapper json;
  private final ApiClient api;
  private final Clock clock;
  private final String run;
  private final Map<String, List<String>> cases = new LinkedHashMap<>();
  private final ConcurrentLinkedQueue<Change> acknowledged = new ConcurrentLinkedQueue<>();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final ExecutorService clerks = Executors.newCachedThreadPool();

  /**
   * A change that the cloud acknowledged.
   *
   * @param path of the case
   * @param key its Idempotency-Key, which is also in its text
   * @param begun when it was sent
   * @param at when the acknowledgement came
   */
  record Change(String path, String key, Instant begun, Instant at) {
    /** The department's name. */
    String department() {
      return path.split("/", -1)[3];
    }
  }

  /**
   * Nobody works yet.
   *
   * @param api gives up a request soon when nobody answers
   * @param run tells this traffic from an earlier one
   */
  CaseTraffic(ObjectMapper json, ApiClient api, Clock clock, String run) {
    this.json = json;
    this.api = api;
    this.clock = clock;
    this.run = run;
  }

  /**
   * Looks for cases to work on, some in each department.
   *
   * @return departments that are watched: the first ones that have any, of very many not all
   */
  Set<String> findCases() {
    for (JsonNode tenant : Pages.of(api, ApiRequest.get("/v1/tenants"))) {
      String department = tenant.path("tenant").asText();
      List<String> found = cases(department);
      if (!found.isEmpty() && cases.size() < CLERKS) {
        cases.put(department, found);
      }
    }
    return cases.keySet();
  }

  private List<String> cases(String department) {
    List<String> found = new ArrayList<>();
    for (JsonNode app : Pages.of(api, ApiRequest.get(path(department, "apps")))) {
      String instance = app.path("app").asText();
      ApiRequest list = ApiRequest.get(path(department, "apps", instance, "cases"));
      for (JsonNode one : Pages.of(api, list)) {
        found.add(path(department, "apps", instance, "cases", one.path("case").asText()));
        if (found.size() == CASES) {
          return found;
        }
      }
    }
    return found;
  }

  private static String path(String tenant, String... segments) {
    List<String> all = new ArrayList<>(List.of("v1", "tenants", tenant));
    all.addAll(List.of(segments));
    return ApiRequest.path(all.toArray(new String[0]));
  }

  /** Lets the clerks work until this is closed. */
  void begin() {
    cases.forEach((department, own) -> clerks.execute(() -> work(department, own)));
  }

  private void work(String department, List<String> own) {
    try {
      for (int i = 0; !stopped.get(); i++) {
        comment(own.get(i % own.size()), run + "-" + department + "-" + i);
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException endOfWork) {
      Thread.currentThread().interrupt();
    }
  }

  private void comment(String path, String key) {
    JsonNode body = json.createObjectNode().put("text", TEXT + key);
    Instant begun = clock.instant();
    try {
      api.send(ApiRequest.change("POST", path + "/comments", key, body));
      acknowledged.add(new Change(path, key, begun, clock.instant()));
    } catch (CommandFailure refused) {
      failures.incrementAndGet();
    }
  }

  /** Changes acknowledged so far. */
  int acknowledged() {
    return acknowledged.size();
  }

  /** Requests that nobody answered, or that were refused. */
  long failures() {
    return failures.get();
  }

  /** The first acknowledged change of each department that was sent behind a moment, by time. */
  List<Change> firstAfter(Instant moment) {
    Map<String, Change> first = new HashMap<>();
    for (Change change : acknowledged) {
      // One that was sent before may be acknowledged behind it by who is not there any more.
      if (moment.isBefore(change.begun())) {
        first.merge(change.department(), change, (a, b) -> a.at().isAfter(b.at()) ? b : a);
      }
    }
    return first.values().stream().sorted(Comparator.comparing(Change::at)).toList();
  }

  /** What was sent before a moment, and is acknowledged. */
  List<Change> before(Instant moment) {
    return acknowledged.stream().filter(change -> !moment.isBefore(change.begun())).toList();
  }

  /** Those that are in no case's history. */
  List<Change> lost(List<Change> changes) {
    Set<String> stored = new HashSet<>();
    for (String path : cases.values().stream().flatMap(List::stream).toList()) {
      for (JsonNode entry :
          Pages.of(api, ApiRequest.get(path + "/history").with("page_size", "1000"))) {
        String text = entry.path("data").path("text").asText("");
        if (text.startsWith(TEXT)) {
          stored.add(text.substring(TEXT.length()));
        }
      }
    }
    return changes.stream().filter(change -> !stored.contains(change.key())).toList();
  }

  @Override
  public void close() {
    stopped.set(true);
    clerks.shutdownNow();
  }
}

package govcloud.recovery.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.cli.CommandFailure;
import govcloud.cli.api.ApiClient;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.api.Pages;
import govcloud.cli.command.Waiting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Does in every app of every department what a clerk does first: lists cases, reads one with its
 * history, and writes a comment. The copy is thrown away afterwards, and with it the comment.
 */
public final class Smoke {
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final int COMMENTABLE = 20;

  private final ObjectMapper json;
  private final ApiClient api;
  private final Clock clock;
  private final String drill;
  private final List<SmokeStep> steps = new ArrayList<>();
  private final Map<String, Instant> usable = new TreeMap<>();

  /**
   * Nothing tried yet.
   *
   * @param api of a node on the restored data
   * @param drill names what is written
   */
  public Smoke(ObjectMapper json, ApiClient api, Clock clock, String drill) {
    this.json = json;
    this.api = api;
    this.clock = clock;
    this.drill = drill;
  }

  /** What one step does; gives a few words about what came of it. */
  @FunctionalInterface
  private interface Step {
    String run();
  }

  /**
   * Waits until lists show everything that there is.
   *
   * @return whether they do in time
   */
  public boolean awaitViews(Duration patience) {
    Instant deadline = clock.instant().plus(patience);
    while (true) {
      long behind = 0;
      for (JsonNode view : api.send(ApiRequest.get("/v1/views")).body().path("items")) {
        behind += view.path("records").asLong(view.path("lag").asDouble() > 0 ? 1 : 0);
      }
      if (behind == 0) {
        return true;
      }
      if (clock.instant().isAfter(deadline)) {
        return false;
      }
      Waiting.pause(PAUSE);
    }
  }

  /**
   * Tries everything in these departments, in their order.
   *
   * @param tenants those that were proved
   */
  public void run(List<String> tenants) {
    for (String tenant : tenants) {
      int before = steps.size();
      tenant(tenant);
      if (steps.subList(before, steps.size()).stream().allMatch(SmokeStep::passed)) {
        usable.put(tenant, clock.instant());
      }
    }
  }

  private void tenant(String tenant) {
    boolean open = step(tenant, "", "read the department", () -> status(path(tenant)));
    List<JsonNode> apps = new ArrayList<>();
    step(
        tenant,
        "",
        "list its apps",
        () -> {
          Pages.of(api, ApiRequest.get(path(tenant, "apps"))).forEach(apps::add);
          return apps.size() + " apps";
        });
    if (open) {
      apps.stream()
          .sorted(Comparator.comparing(app -> app.path("app").asText()))
          .forEach(app -> app(tenant, app.path("app").asText()));
    }
  }

  private void app(String tenant, String app) {
    List<String> cases = new ArrayList<>();
    step(
        tenant,
        app,
        "list its cases",
        () -> {
          ApiRequest list = ApiRequest.get(path(tenant, "apps", app, "cases"));
          JsonNode page = api.send(list.with("page_size", "" + COMMENTABLE)).body();
          page.path("items").forEach(one -> cases.add(one.path("case").asText()));
          return cases.size() + (page.has("next_page_token") ? " cases and more" : " cases");
        });
    if (cases.isEmpty()) {
      return;
    }
    String first = path(tenant, "apps", app, "cases", cases.get(0));
    step(tenant, app, "read a case", () -> "version " + read(first).path("version").asLong());
    step(
        tenant,
        app,
        "read its history",
        () -> {
          JsonNode history = api.send(ApiRequest.get(first + "/history")).body();
          return history.path("items").size() + " entries on the first page";
        });
    step(tenant, app, "comment on a case", () -> comment(tenant, app, cases));
  }

  /**
   * A department may have forbidden changes, which is then what must be so after a recovery too: a
   * refusal by the rules is an answer.
   */
  private String comment(String tenant, String app, List<String> cases) {
    String path = path(tenant, "apps", app, "cases", cases.get(0));
    long before = read(path).path("version").asLong();
    JsonNode text = json.createObjectNode().put("text", "Drill " + drill);
    String key = drill + "-" + tenant + "-" + app;
    try {
      api.send(ApiRequest.change("POST", path + "/comments", key, text));
    } catch (CommandFailure refused) {
      if (isActive(path(tenant)) && isActive(path(tenant, "apps", app))) {
        throw refused;
      }
      return "refused as it must be: " + refused.code();
    }
    long after = read(path).path("version").asLong();
    if (after <= before) {
      throw new IllegalStateException(
          "version: " + after + " (expected: more than " + before + ")");
    }
    return "version " + before + " became " + after;
  }

  private boolean isActive(String path) {
    String status = status(path);
    return status.equals("active") || status.equals("running");
  }

  private String status(String path) {
    return read(path).path("status").asText();
  }

  private JsonNode read(String path) {
    return api.send(ApiRequest.get(path)).body();
  }

  private boolean step(String tenant, String app, String name, Step step) {
    Instant began = clock.instant();
    boolean passed = true;
    String detail;
    try {
      detail = step.run();
    } catch (CommandFailure e) {
      passed = false;
      detail = e.code() + ": " + e.getMessage();
    } catch (IllegalStateException e) {
      passed = false;
      detail = e.getMessage();
    }
    Duration took = Duration.between(began, clock.instant());
    steps.add(new SmokeStep(tenant, app, name, passed, detail, took));
    return passed;
  }

  private static String path(String tenant, String... segments) {
    List<String> all = new ArrayList<>(List.of("v1", "tenants", tenant));
    all.addAll(List.of(segments));
    return ApiRequest.path(all.toArray(new String[0]));
  }

  /** Everything that was tried, in order. */
  public List<SmokeStep> steps() {
    return List.copyOf(steps);
  }

  /** When each department in which everything worked was through. */
  public Map<String, Instant> usable() {
    return new TreeMap<>(usable);
  }
}

package govcloud.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ActingAs;
import govcloud.cli.api.ApiClient;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.command.Waiting;
import govcloud.cli.output.ProgressBar;
import govcloud.pki.request.ContentDigest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Loads the demo data through the API, as clerks would make it. Every request has a fixed
 * Idempotency-Key, so loading again changes nothing.
 */
public final class DemoLoader {
  private static final long SEED = 20260302;
  private static final int PARALLEL = 16;
  private static final Duration PROVISIONING = Duration.ofSeconds(60);
  private static final String OPERATOR = ActingAs.header("operator", "operator");

  private final ApiClient api;
  private final ObjectMapper json;
  private final Clock clock;
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicBoolean noArchive = new AtomicBoolean();
  private final List<String> refused = new ArrayList<>();

  /** A loader for one cloud. */
  public DemoLoader(ApiClient api, ObjectMapper json, Clock clock) {
    this.api = api;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Loads it.
   *
   * @param size how much of it
   * @throws CommandFailure when the cloud does not answer, or refused some of it
   */
  public void load(ProgressBar bar, DemoSize size) {
    load(bar, size.of(new DemoGenerator(json, SEED, definitions()).plan()));
  }

  /** Loads what a plan says. */
  void load(ProgressBar bar, DemoPlan plan) {
    ExecutorService workers = Executors.newFixedThreadPool(PARALLEL);
    try {
      List<Future<?>> first = new ArrayList<>();
      for (DemoPlan.Tenant tenant : plan.tenants()) {
        first.add(workers.submit(() -> tenant(tenant)));
      }
      await(first, plan, bar);
      List<Future<?>> second = new ArrayList<>();
      for (DemoPlan.Tenant tenant : plan.tenants()) {
        for (DemoPlan.App app : tenant.apps()) {
          app.cases().forEach(one -> second.add(workers.submit(() -> oneCase(tenant, app, one))));
        }
      }
      await(second, plan, bar);
    } finally {
      workers.shutdownNow();
    }
    bar.update(1, done.get(), "");
    report();
  }

  private synchronized void report() {
    if (!refused.isEmpty()) {
      throw new CommandFailure(
          ExitCode.PARTIAL,
          "DEMO_INCOMPLETE",
          refused.size() + " requests were refused, first: " + refused.get(0));
    }
  }

  private void await(List<Future<?>> work, DemoPlan plan, ProgressBar bar) {
    for (Future<?> future : work) {
      while (!isDone(future)) {
        bar.update((double) done.get() / plan.requests(), done.get(), "");
      }
    }
  }

  private static boolean isDone(Future<?> future) {
    try {
      future.get(100, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException stillRunning) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.INTERRUPTED, "INTERRUPTED", "Interrupted.");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof CommandFailure known
          ? known
          : new IllegalStateException(e.getCause());
    }
  }

  private Map<String, JsonNode> definitions() {
    Map<String, JsonNode> definitions = new LinkedHashMap<>();
    JsonNode catalogue = api.send(ApiRequest.get("/v1/catalogue")).body();
    for (JsonNode item : catalogue.path("items")) {
      if (item.path("newest").asBoolean()) {
        String name = item.path("definition").asText();
        String path = ApiRequest.path("v1", "catalogue", name, item.path("version").asText());
        definitions.put(name, api.send(ApiRequest.get(path)).body());
      }
    }
    return definitions;
  }

  private void tenant(DemoPlan.Tenant tenant) {
    String path = ApiRequest.path("v1", "tenants", tenant.id());
    String key = "demo-" + tenant.id();
    send(ApiRequest.change("PUT", path, key, tenant.body()), OPERATOR);
    if (tenant.fate() != DemoPlan.Fate.WAITS) {
      step(path, "activate", key, null);
    }
    if (tenant.fate() == DemoPlan.Fate.SUSPENDED) {
      step(path, "suspend", key, reason("演示：欠费停用"));
    }
    tenant.apps().forEach(app -> app(path, key, app));
  }

  private void app(String tenantPath, String tenantKey, DemoPlan.App app) {
    String path = tenantPath + ApiRequest.path("apps", app.id());
    String key = tenantKey + "-" + app.id();
    send(
        ApiRequest.change("PUT", path, key, app.body()),
        ActingAs.header(app.applicant(), "department"));
    if (app.fate() == DemoPlan.Fate.WORKS) {
      step(path, "approve", key, null);
      awaitRunning(path);
    } else if (app.fate() == DemoPlan.Fate.REFUSED) {
      step(path, "refuse", key, reason("演示：该部门不办理此类事项"));
    }
  }

  private ObjectNode reason(String text) {
    return json.createObjectNode().put("reason", text);
  }

  private void step(String path, String action, String key, JsonNode body) {
    send(
        ApiRequest.change("POST", path + "/" + action, key + "-" + action, body)
            .withHeader("If-Match", "*"),
        OPERATOR);
  }

  private void awaitRunning(String path) {
    Instant deadline = clock.instant().plus(PROVISIONING);
    while (!api.send(ApiRequest.get(path)).body().path("status").asText().equals("running")) {
      if (clock.instant().isAfter(deadline)) {
        throw new CommandFailure(
            ExitCode.TIMEOUT, "APP_NOT_PROVISIONED", "App " + path + " is not running after 60 s.");
      }
      Waiting.pause(Duration.ofMillis(100));
    }
  }

  private void oneCase(DemoPlan.Tenant tenant, DemoPlan.App app, DemoPlan.Case one) {
    String path =
        ApiRequest.path("v1", "tenants", tenant.id(), "apps", app.id(), "cases", one.id());
    send(
        ApiRequest.change("PUT", path, one.id(), dated(one.body(), one.daysAgo())),
        header(one.creator()));
    String attachments = ApiRequest.path("v1", "tenants", tenant.id(), "attachments");
    one.files().forEach(file -> handIn(attachments, path, one, file));
    for (int i = 0; i < one.steps().size(); i++) {
      DemoPlan.Step step = one.steps().get(i);
      boolean datable = step.target().startsWith("actions/");
      send(
          ApiRequest.change(
              "POST",
              path + "/" + step.target(),
              one.id() + "-" + i,
              datable ? dated(step.body(), step.daysAgo()) : step.body()),
          header(step.worker()));
    }
  }

  private void handIn(String target, String path, DemoPlan.Case one, DemoFiles.DemoFile file) {
    if (noArchive.get()) {
      return;
    }
    try {
      ApiRequest upload =
          ApiRequest.change("POST", target, one.id() + "-send-" + file.number(), null)
              .withHeader(ApiRequest.ACTING_AS, header(one.creator()));
      JsonNode sent =
          api.within(Duration.ofSeconds(1))
              .upload(
                  upload,
                  file.mediaType(),
                  BodyPublishers.ofByteArray(file.bytes()),
                  () -> Optional.of(ContentDigest.of(file.bytes())))
              .body();
      done.incrementAndGet();
      ObjectNode body = json.createObjectNode().put("name", file.material()).put("received", true);
      body.putObject("attachment")
          .put("address", sent.path("address").asText())
          .put("file_name", file.fileName());
      send(
          ApiRequest.change("POST", path + "/materials", one.id() + "-file-" + file.number(), body),
          header(one.creator()));
    } catch (CommandFailure failure) {
      if (!failure.code().equals("ATTACHMENTS_UNAVAILABLE")) {
        throw failure;
      }
      // A cloud without archive has no attachments; the rest of the demo needs none.
      noArchive.set(true);
    }
  }

  private static String header(DemoPlan.Worker worker) {
    return ActingAs.header(worker.person(), worker.role());
  }

  private ObjectNode dated(ObjectNode body, double daysAgo) {
    if (daysAgo <= 0) {
      return body;
    }
    long seconds = (long) (daysAgo * 86_400);
    Instant at = clock.instant().minusSeconds(seconds);
    return body.deepCopy()
        .put("occurred_at", Instant.ofEpochSecond(at.getEpochSecond()).toString());
  }

  /** Sends it; what was done before under the same key with an older date counts as done. */
  private void send(ApiRequest request, String actingAs) {
    try {
      api.send(request.withHeader(ApiRequest.ACTING_AS, actingAs));
    } catch (CommandFailure failure) {
      boolean before =
          failure.code().equals("IDEMPOTENCY_KEY_REUSED") || failure.code().contains("ALREADY");
      int status = failure.problem().path("status").asInt();
      if (!before && (status < 400 || status >= 500 || status == 401 || status == 429)) {
        throw failure;
      }
      if (!before) {
        note(request, failure);
      }
    }
    done.incrementAndGet();
  }

  private synchronized void note(ApiRequest request, CommandFailure failure) {
    refused.add(
        request.method()
            + " "
            + request.path()
            + ": "
            + failure.getMessage()
            + " ("
            + failure.code()
            + ") "
            + failure.problem().path("errors"));
  }
}

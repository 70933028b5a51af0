package govcloud.faultlab.load;

import static govcloud.faultlab.load.Api.object;

import java.util.List;

/** Registers two departments and lets each rent an app. */
public final class Departments {

  /** Who works in the lab. */
  public static final List<String> TENANTS = List.of("harbour", "transport");

  /** Of which nothing may be lost with the site. */
  public static final String ZERO_LOSS = "harbour";

  /** The name under which each rents its app. */
  public static final String APP = "permits";

  private static final int ATTEMPTS = 240;
  private static final long PAUSE_MILLIS = 500;

  private final Api api;
  private final List<String> nodes;

  /** Asks these nodes in turn. */
  public Departments(Api api, List<String> nodes) {
    this.api = api;
    this.nodes = List.copyOf(nodes);
  }

  /** Returns when both apps run. */
  public void open() {
    for (String tenant : TENANTS) {
      String path = "/v1/tenants/" + tenant;
      until("PUT", path, "open-" + tenant, "operator", tenant(tenant));
      until("POST", path + "/activate", "activate-" + tenant, "operator", null);
      String app = path + "/apps/" + APP;
      until("PUT", app, "rent-" + tenant, "department", app());
      until("POST", app + "/approve", "approve-" + tenant, "operator", null);
      for (int i = 0; !status(app).equals("running"); i++) {
        pauseAfter(i, app);
      }
    }
  }

  private static Object tenant(String tenant) {
    return object(
        "name",
        object("zh", tenant, "en", tenant),
        "credit_code",
        "11999999MB1234567M",
        "division_code",
        "999999",
        "disaster_class",
        tenant.equals(ZERO_LOSS) ? "zero_loss" : "continuous",
        "plan",
        "large",
        "contacts",
        List.of(object("name", "lab", "role", "technical", "phone", "19900000000")));
  }

  private static Object app() {
    return object(
        "definition", "administrative-approval", "plan", object("seats", 20, "cases", 10_000));
  }

  private String status(String path) {
    return api.send(nodes.get(0), "GET", path, "", "operator", null).body().path("status").asText();
  }

  private void until(String method, String path, String key, String role, Object body) {
    until(method, path, key, new Api.Person("lab-" + role, role), body);
  }

  /** Asks one node after the other until it is done. */
  Api.Reply until(String method, String path, String key, Api.Person who, Object body) {
    for (int i = 0; ; i++) {
      Api.Reply reply = api.send(nodes.get(i % nodes.size()), method, path, key, who, body);
      if (reply.done()) {
        return reply;
      }
      if (reply.refused() && reply.status() != 404) {
        throw new IllegalStateException(method + " " + path + ": " + reply.body());
      }
      pauseAfter(i, path + ": " + reply.status() + " " + reply.code());
    }
  }

  static void pauseAfter(int attempt, String what) {
    if (attempt == ATTEMPTS) {
      throw new IllegalStateException(what + ": not done (expected: within two minutes)");
    }
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(what + ": interrupted", e);
    }
  }
}

package govcloud.faultlab.load;

import static govcloud.faultlab.load.Api.object;

import govcloud.faultlab.history.Operation;
import govcloud.faultlab.history.Operation.Kind;
import govcloud.faultlab.history.Operation.Outcome;
import govcloud.faultlab.history.Recorder;
import java.util.List;
import java.util.Random;

/**
 * A clerk with one case: asks one thing after the other, goes to another node when one does not
 * answer, and repeats with the same key until the outcome is known. Now and then it gives up after
 * one attempt, so that there are unknown outcomes as well.
 */
final class Worker implements Runnable {

  private static final long GIVES_UP_AFTER_NANOS = 90_000_000_000L;

  private final Api api;
  private final Recorder recorder;
  private final List<String> nodes;
  private final Case place;
  private final String name;
  private final Random random;
  private final Load load;
  private int asked;
  private int lives;

  /** Where a case is. */
  record Case(String tenant, String id) {

    String entity() {
      return "case/" + tenant + "/" + Departments.APP + "/" + id;
    }

    String path() {
      return "/v1/tenants/" + tenant + "/apps/" + Departments.APP + "/cases/" + id;
    }
  }

  Worker(
      Load load,
      Api api,
      Recorder recorder,
      List<String> nodes,
      Case place,
      String name,
      long seed) {
    this.load = load;
    this.api = api;
    this.recorder = recorder;
    this.nodes = nodes;
    this.place = place;
    this.name = name;
    this.random = new Random(seed);
  }

  @Override
  public void run() {
    while (load.goesOn()) {
      int dice = random.nextInt(100);
      Kind kind = dice < 55 ? Kind.COMMENT : dice < 80 ? Kind.ASSIGN : Kind.READ;
      ask(kind);
      sleep(load.pauseMillis() / 2 + random.nextInt(load.pauseMillis()));
    }
  }

  /** Makes the case; answers what a first operation must wait for. */
  boolean create() {
    return ask(Kind.CREATE).ok();
  }

  /** Asks one thing and notes what came of it. */
  Operation ask(Kind kind) {
    String id = name + "-" + asked++;
    boolean impatient = kind != Kind.CREATE && random.nextInt(12) == 0;
    String text = kind == Kind.READ ? "" : id;
    long invoked = Recorder.now();
    int attempts = 0;
    Api.Reply reply;
    String node;
    boolean open = false;
    int first = random.nextInt(nodes.size());
    do {
      if (attempts > 0) {
        sleep(Math.min(1000, 50L << Math.min(attempts, 5)));
      }
      node = nodes.get((first + attempts++) % nodes.size());
      reply = send(node, kind, id, text);
      open |= !reply.done() && !reply.refused() && reply.status() != 429;
    } while (!reply.done()
        && !reply.refused()
        && !(impatient && open)
        && Recorder.now() - invoked < GIVES_UP_AFTER_NANOS);
    return note(kind, id, text, invoked, attempts, node, reply, open);
  }

  private Operation note(
      Kind kind,
      String id,
      String text,
      long invoked,
      int attempts,
      String node,
      Api.Reply reply,
      boolean open) {
    Outcome outcome = reply.done() ? Outcome.OK : open ? Outcome.UNKNOWN : Outcome.FAIL;
    Operation operation =
        new Operation(
            id,
            name + (lives == 0 ? "" : "." + lives),
            kind,
            place.entity(),
            place.tenant(),
            text,
            invoked,
            Recorder.now(),
            attempts,
            outcome,
            reply.status() == 0 ? "" : node,
            outcome == Outcome.OK ? answer(reply) : Operation.Answer.NONE,
            reply.code());
    if (outcome == Outcome.UNKNOWN) {
      lives++;
    }
    if (operation.ok()) {
      load.acknowledged(operation, reply.replicated());
    }
    recorder.record(operation);
    return operation;
  }

  private static Operation.Answer answer(Api.Reply reply) {
    String[] token = reply.token().split("-", 2);
    return new Operation.Answer(
        reply.body().path("version").asLong(),
        token.length == 2 ? Integer.parseInt(token[0]) : -1,
        token.length == 2 ? Long.parseLong(token[1]) : -1,
        reply.body().path("replayed").asBoolean(),
        reply.body().path("comments").asInt(),
        reply.body().path("assignee").asText(""));
  }

  private Api.Reply send(String node, Kind kind, String id, String text) {
    String path = place.path();
    return switch (kind) {
      case CREATE -> api.send(node, "PUT", path, id, "window-clerk", newCase(text));
      case COMMENT ->
          api.send(node, "POST", path + "/comments", id, "window-clerk", object("text", text));
      case ASSIGN ->
          api.send(
              node, "POST", path + "/assignment", id, "window-clerk", object("assignee", text));
      case READ -> api.send(node, "GET", path, "", "window-clerk", null);
    };
  }

  private static Object newCase(String title) {
    return object(
        "title", title,
        "applicant", object("name", "lab", "kind", "person"),
        "form",
            object(
                "project_name", title,
                "task_name", "lab",
                "task_type", "licence",
                "project_type", "promise",
                "applyer_name", "lab",
                "applyer_type", "natural-person"));
  }

  static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

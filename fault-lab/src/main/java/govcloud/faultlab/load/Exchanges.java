package govcloud.faultlab.load;

import static govcloud.faultlab.load.Api.object;

import govcloud.faultlab.history.Exchange;
import govcloud.faultlab.history.Operation.Outcome;
import govcloud.faultlab.history.Recorder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Clerks who ask another department through any node, repeat with the same key until the outcome is
 * known, and now and then give up; and an onlooker who keeps every signed state of the ledger that
 * any node ever shows.
 */
public final class Exchanges {
  private static final long GIVES_UP_AFTER_NANOS = 90_000_000_000L;
  private static final long JOIN_MILLIS = 120_000;
  private static final long LOOK_MILLIS = 250;
  private static final Api.Person CLERK = new Api.Person("lab-clerk", "window-clerk");
  private static final String QUERIES =
      "/v1/tenants/%s/exchange/%s/queries".formatted(Sharing.CONSUMER, Sharing.AGREEMENT);
  private static final Object QUERY =
      object(
          "case", object("app", "none", "case", "none"),
          "subject", object("number", "999999199001010016"));

  private final Api api;
  private final List<String> nodes;
  private final int clerks;
  private final int pauseMillis;
  private final long seed;
  private final List<Thread> threads = new ArrayList<>();
  private final ConcurrentLinkedQueue<Exchange> asked = new ConcurrentLinkedQueue<>();
  private final Map<Integer, Long> answered = new ConcurrentHashMap<>();
  private final Map<String, String> states = new ConcurrentHashMap<>();
  private volatile boolean goesOn = true;

  /**
   * Nobody asks yet.
   *
   * @param nodes which are asked
   * @param pauseMillis mean pause of a clerk between two queries
   */
  public Exchanges(Api api, List<String> nodes, int clerks, int pauseMillis, long seed) {
    this.api = api;
    this.nodes = List.copyOf(nodes);
    this.clerks = clerks;
    this.pauseMillis = pauseMillis;
    this.seed = seed;
  }

  /** Makes the agreement, asks each node once, and lets everybody begin. */
  public void start() {
    Departments departments = new Departments(api, nodes);
    new Sharing(departments).open();
    for (String node : nodes) {
      for (int i = 0; !ask("first-" + node + "-" + i, List.of(node), false, new Random(i)).ok(); ) {
        // A refusal is recorded too: what is refused once needs another key.
        i++;
        Departments.pauseAfter(i, "an exchange through " + node);
      }
    }
    for (int clerk = 0; clerk < clerks; clerk++) {
      int number = clerk;
      begin(() -> work(number), "exchange-" + clerk);
    }
    begin(this::look, "onlooker");
  }

  private void begin(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.start();
    threads.add(thread);
  }

  private void work(int clerk) {
    Random random = new Random(seed * 1_000_033 + clerk);
    answered.put(clerk, 0L);
    for (int i = 0; goesOn; i++) {
      boolean impatient = random.nextInt(12) == 0;
      Exchange exchange = ask("x" + clerk + "-" + i, nodes, impatient, random);
      if (exchange.ok()) {
        answered.put(clerk, exchange.invoked());
      }
      Worker.sleep(pauseMillis / 2 + random.nextInt(pauseMillis));
    }
  }

  private Exchange ask(String message, List<String> whom, boolean impatient, Random random) {
    long invoked = Recorder.now();
    int first = random.nextInt(whom.size());
    int attempts = 0;
    boolean open = false;
    Api.Reply reply;
    String node;
    do {
      if (attempts > 0) {
        Worker.sleep(Math.min(1000, 50L << Math.min(attempts, 5)));
      }
      node = whom.get((first + attempts++) % whom.size());
      reply = api.send(node, "POST", QUERIES, message, CLERK, QUERY);
      open |= !reply.done() && !reply.refused() && reply.status() != 429;
    } while (!reply.done()
        && !reply.refused()
        && !(impatient && open)
        && Recorder.now() - invoked < GIVES_UP_AFTER_NANOS);
    Outcome outcome = reply.done() ? Outcome.OK : open ? Outcome.UNKNOWN : Outcome.FAIL;
    Exchange exchange = noted(message, invoked, attempts, outcome, node, reply);
    asked.add(exchange);
    return exchange;
  }

  private static Exchange noted(
      String message, long invoked, int attempts, Outcome outcome, String node, Api.Reply reply) {
    return new Exchange(
        message,
        invoked,
        Recorder.now(),
        attempts,
        outcome,
        reply.status() == 0 ? "" : node,
        reply.body().at("/evidence/exchange").asText(""),
        reply.body().at("/evidence/index").asLong(-1),
        reply.body().path("replayed").asBoolean(),
        reply.code());
  }

  /** Keeps states as an auditor would who asks again and again. */
  private void look() {
    while (goesOn) {
      for (String node : nodes) {
        for (String name : List.of("checkpoint", "cosigned")) {
          api.file(node, "/v1/ledger/" + name)
              .ifPresent(
                  state ->
                      states.putIfAbsent(
                          new String(state, StandardCharsets.UTF_8), node + "-" + name));
        }
      }
      Worker.sleep(LOOK_MILLIS);
    }
  }

  /** Whether every clerk was given something that it asked for after a moment. */
  public boolean allAnsweredSince(long moment) {
    return answered.values().stream().allMatch(invoked -> invoked >= moment);
  }

  /** Lets everybody finish what is under way. */
  public void stop() throws InterruptedException {
    goesOn = false;
    for (Thread thread : threads) {
      thread.join(JOIN_MILLIS);
      if (thread.isAlive()) {
        throw new IllegalStateException(
            thread.getName() + ": still waits (expected: an answer by now)");
      }
    }
  }

  /** Lets everybody finish what is under way, and waits for nobody. */
  public void giveUp() {
    goesOn = false;
  }

  /** What was asked so far. */
  public List<Exchange> asked() {
    return List.copyOf(asked);
  }

  /** Sends every message again that had an answer or may have had one; what it is told now. */
  public List<Exchange> again() {
    List<Exchange> before = asked();
    List<Exchange> again = new ArrayList<>();
    for (Exchange exchange : before) {
      if (exchange.outcome() != Outcome.FAIL) {
        again.add(ask(exchange.message(), nodes, false, new Random(again.size())));
      }
    }
    return again;
  }

  /** All signed states that any node showed, by where they were seen first. */
  public Map<String, byte[]> states() {
    Map<String, byte[]> seen = new TreeMap<>();
    states.forEach(
        (text, where) ->
            seen.put(where + "-" + seen.size(), text.getBytes(StandardCharsets.UTF_8)));
    return seen;
  }
}

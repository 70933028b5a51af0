package govcloud.cli.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.localcassandra.LocalCassandra;
import govcloud.localcassandra.LocalCassandraException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Owns Cassandra and the nodes of a cloud on this machine: starts what is wanted, starts again what
 * died without being told to, stops everything at the end.
 */
final class Supervisor {
  /**
   * For all nodes together when the whole cloud stops: time to answer the requests that are under
   * way. There is nobody to hand shards over to, and what was acknowledged is stored.
   */
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

  private static final Duration START_PATIENCE = Duration.ofMinutes(3);
  private static final long ROUND_MILLIS = 200;
  private static final Duration CASSANDRA_PAUSE = Duration.ofSeconds(5);
  private static final Duration CLASSES_PAUSE = Duration.ofSeconds(10);
  private static final Duration CERTIFICATE_PAUSE = Duration.ofMinutes(1);

  private final ObjectMapper json;
  private final CloudHome home;
  private final NodeLaunch launch;
  private final LocalPki pki;
  private final Clock clock;
  private final SupervisorProgress progress;
  private final WantedNodes wanted;
  private final Map<String, NodeProcess> nodes = new LinkedHashMap<>();
  private final CountDownLatch stop = new CountDownLatch(1);
  private LocalCassandra cassandra;
  private Instant nextCassandraStart = Instant.MIN;
  private Instant nextCertificates = Instant.MIN;
  private String described = "";

  Supervisor(
      ObjectMapper json,
      CloudHome home,
      NodeLaunch launch,
      LocalPki pki,
      Clock clock,
      SupervisorProgress progress) {
    this.json = json;
    this.home = home;
    this.launch = launch;
    this.pki = pki;
    this.clock = clock;
    this.progress = progress;
    this.wanted = new WantedNodes(json, home);
  }

  /** Ends {@link #run}; may be called by any thread. */
  void stop() {
    stop.countDown();
  }

  /** Works until it is stopped. */
  void run() throws IOException, InterruptedException {
    try {
      startCassandra();
      progress.at(0.55, "starting nodes");
      startNodes();
      progress.ready();
      nodes.values().stream()
          .filter(NodeProcess::isAlive)
          .findFirst()
          .ifPresent(this::archiveClasses);
      while (!stop.await(ROUND_MILLIS, TimeUnit.MILLISECONDS)) {
        steadyRound();
      }
    } catch (CommandFailure failure) {
      progress.failed(failure);
      throw failure;
    } finally {
      stopAll();
    }
  }

  /** On the port that it had before, where running nodes look for it. */
  private void startCassandra() {
    progress.at(0.02, "starting Cassandra");
    int port = cassandra == null ? launch.cassandraPort() : cassandra.contactPoint().getPort();
    LocalCassandra.Settings settings =
        LocalCassandra.Settings.in(home.cassandra()).withCqlPort(port).withAuthentication(true);
    try {
      cassandra =
          LocalCassandra.start(
              settings,
              step ->
                  progress.at(
                      0.02 + 0.5 * Math.min(1, step.elapsed().toMillis() / 20_000.0),
                      "Cassandra: " + step.activity()));
    } catch (LocalCassandraException e) {
      throw new CommandFailure(ExitCode.FAILED, "CASSANDRA_NOT_STARTED", e.getMessage());
    }
    describe();
  }

  private void startNodes() throws IOException, InterruptedException {
    Instant deadline = clock.instant().plus(START_PATIENCE);
    round();
    while (true) {
      List<NodePlan> starting =
          wanted.read().stream()
              .filter(WantedNodes.Wanted::running)
              .map(WantedNodes.Wanted::plan)
              .toList();
      long ready = starting.stream().filter(launch::isReady).count();
      progress.at(
          0.6 + 0.4 * ready / Math.max(1, starting.size()),
          "nodes ready: " + ready + " of " + starting.size());
      if (ready == starting.size()) {
        return;
      }
      for (NodeProcess node : nodes.values()) {
        if (node.deaths() >= 2) {
          throw notStarted(node, "ended three times at its start");
        }
      }
      if (clock.instant().isAfter(deadline)) {
        throw notStarted(
            nodes.values().iterator().next(),
            "is not ready after " + START_PATIENCE.toSeconds() + " s");
      }
      if (stop.await(ROUND_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new CommandFailure(ExitCode.INTERRUPTED, "INTERRUPTED", "Stopped while starting.");
      }
      round();
    }
  }

  /** Beside everything else, and not before the first commands have been answered. */
  private void archiveClasses(NodeProcess node) {
    Thread thread =
        new Thread(
            () -> {
              try {
                if (!stop.await(CLASSES_PAUSE.toSeconds(), TimeUnit.SECONDS) && node.isAlive()) {
                  launch.classes().make(node.pid());
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "archive of classes");
    thread.setDaemon(true);
    thread.start();
  }

  private CommandFailure notStarted(NodeProcess node, String what) {
    return new CommandFailure(
        ExitCode.FAILED,
        "NODE_NOT_STARTED",
        "Node "
            + node.plan().name()
            + " "
            + what
            + "; see "
            + home.node(node.plan().name()).resolve("node.log")
            + ": "
            + node.lastWords());
  }

  /**
   * A round of a cloud that was ready once. Nothing that goes wrong now, such as a full disk, ends
   * the cloud: it is tried again until it works or somebody stops it.
   */
  private void steadyRound() {
    try {
      if (!cassandra.isAlive()) {
        restartCassandra();
      }
      round();
    } catch (CommandFailure | IOException e) {
      System.err.println(clock.instant() + " " + e.getMessage());
    }
    renewCertificates();
  }

  private void restartCassandra() {
    if (clock.instant().isBefore(nextCassandraStart)) {
      return;
    }
    nextCassandraStart = clock.instant().plus(CASSANDRA_PAUSE);
    System.err.println(clock.instant() + " Cassandra ended; starting it again");
    startCassandra();
    progress.ready();
  }

  private void renewCertificates() {
    if (!clock.instant().isBefore(nextCertificates)) {
      nextCertificates = clock.instant().plus(CERTIFICATE_PAUSE);
      nodes.values().forEach(node -> renewCertificates(node.plan()));
    }
  }

  /** What goes wrong with one node keeps none of the others from its certificates. */
  private void renewCertificates(NodePlan plan) {
    try {
      pki.ensure(plan);
    } catch (CommandFailure e) {
      System.err.println(clock.instant() + " " + plan.name() + ": " + e.getMessage());
    }
  }

  /** Makes what is the same as what is wanted. */
  private void round() throws IOException {
    List<WantedNodes.Wanted> all = wanted.read();
    for (WantedNodes.Wanted one : all) {
      NodeProcess node =
          nodes.computeIfAbsent(one.plan().name(), name -> new NodeProcess(one.plan(), home));
      if (one.running() && !node.isAlive() && node.mayStart(clock.instant())) {
        start(node, all);
      }
    }
    describe();
  }

  private void start(NodeProcess node, List<WantedNodes.Wanted> all) throws IOException {
    List<NodePlan> seeds = all.stream().map(WantedNodes.Wanted::plan).toList();
    pki.ensure(node.plan());
    node.start(
        launch.command(home, node.plan()),
        launch.configuration(
            node.plan(), seeds, cassandra.contactPoint().getPort(), furtherSettings(node.plan())),
        clock.instant());
  }

  private List<String> furtherSettings(NodePlan plan) {
    List<String> lines = new ArrayList<>(LocalPki.settings(home, plan));
    lines.addAll(NodeLaunch.login(cassandra));
    LocalReplication.read(json, home)
        .ifPresent(replication -> lines.addAll(replication.settings(json, home, plan)));
    return lines;
  }

  private void describe() {
    ObjectNode cloud = json.createObjectNode();
    cloud.put("kind", launch.kind());
    cloud.put("supervisor_pid", ProcessHandle.current().pid());
    ObjectNode database = cloud.putObject("cassandra");
    database.put("host", "127.0.0.1");
    database.put("port", cassandra.contactPoint().getPort());
    database.put("pid", cassandra.pid());
    ArrayNode list = cloud.putArray("nodes");
    for (NodeProcess node : nodes.values()) {
      ObjectNode entry = list.addObject();
      node.plan().describe(entry);
      entry.put("pid", node.pid());
      entry.put("running", node.isAlive());
      entry.put("restarts", node.deaths());
    }
    String text = cloud.toString();
    if (!text.equals(described)) {
      CloudHome.write(json, home.cloud(), cloud);
      described = text;
    }
  }

  private void stopAll() throws IOException {
    nodes.values().forEach(NodeProcess::stop);
    Instant deadline = clock.instant().plus(STOP_PATIENCE);
    nodes.values().forEach(node -> node.awaitEnd(Duration.between(clock.instant(), deadline)));
    if (cassandra != null) {
      cassandra.close();
    }
    Files.deleteIfExists(home.cloud());
  }
}

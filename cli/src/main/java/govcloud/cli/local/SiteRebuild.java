package govcloud.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Installation;
import govcloud.cli.command.Waiting;
import govcloud.cli.output.ProgressBar;
import govcloud.cli.output.Terminal;
import govcloud.localcassandra.CassandraRole;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Rebuilds a cloud in its home after the loss of its site, as docs/runbook-site-loss.md says. */
final class SiteRebuild {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final List<String> APPROVED =
      List.of("--approved-by=first officer", "--approved-by=second officer");
  private static final Set<String> OPEN = Set.of("opening", "proved");

  private final ObjectMapper json;
  private final Terminal terminal;
  private final Clock clock;
  private final SecureRandom random;
  private final CloudHome home;
  private final LocalReplication cloud;
  private final LocalReplication.Sibling sibling;
  private final Consumer<String> say;

  /**
   * Nothing rebuilt yet.
   *
   * @param random for secrets
   * @param cloud what it was
   * @param say tells the steps
   */
  SiteRebuild(
      ObjectMapper json,
      Terminal terminal,
      Clock clock,
      SecureRandom random,
      CloudHome home,
      LocalReplication cloud,
      Consumer<String> say) {
    this.json = json;
    this.terminal = terminal;
    this.clock = clock;
    this.random = random;
    this.home = home;
    this.cloud = cloud;
    this.sibling = cloud.sibling().orElseThrow();
    this.say = say;
  }

  /**
   * What the proof found, and when it was over.
   *
   * @param found as the tool says it
   * @param at when all departments were open
   * @param report the folder with the signed report
   * @param words what the tool says of the report, its signature checked
   */
  record Proof(JsonNode found, Instant at, Path report, String words) {}

  /**
   * Rebuilds it up to where nodes serve; most departments may still be restored then.
   *
   * @param lost when the site was lost
   */
  CompletableFuture<Proof> run(Instant lost) {
    LocalReplication rebuilt = cloud.rebuilt();
    say.accept("New machines, a new and empty Cassandra.");
    WantedNodes nodes = new WantedNodes(json, home);
    startCassandra(nodes);
    RecoverTool tool =
        new RecoverTool(
            json, sibling.home().folder().resolve("received"), shares(), fingerprints());
    say.accept(
        "Three of five officers bring their key shares; the first department is restored and"
            + " compared with what both clouds signed.");
    CompletableFuture<Proof> proof =
        CompletableFuture.supplyAsync(() -> restore(tool, rebuilt, lost));
    awaitOpening(tool, rebuilt, proof);
    say.accept("The old site is given up: new keys, and its sibling is told.");
    failover(tool, rebuilt);
    say.accept("Nodes start; each department opens as soon as it is restored and proved.");
    startNodes(nodes);
    return proof;
  }

  private Proof restore(RecoverTool tool, LocalReplication rebuilt, Instant lost) {
    Path report = home.folder().resolve("recovery-report");
    List<String> options = new ArrayList<>(List.of(target(rebuilt)));
    options.addAll(List.of("--prove", "--open", "--page", "--report=" + report));
    options.addAll(APPROVED);
    options.add("--lost-at=" + lost);
    JsonNode found = tool.runBeside(words(), "restore", options.toArray(new String[0]));
    Instant at = clock.instant();
    return new Proof(found, at, report, tool.report(report));
  }

  /** The line with the page's address, which opens it once; empty until the tool has said it. */
  private Optional<String> page() {
    try (Stream<String> lines = Files.lines(words())) {
      return lines.filter(line -> line.startsWith("Page, ")).findFirst();
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private Path words() {
    return home.folder().resolve("recover-restore.log");
  }

  /** Nodes refuse a keyspace in which the cloud's own entities are not proved. */
  private void awaitOpening(
      RecoverTool tool, LocalReplication rebuilt, CompletableFuture<Proof> proof) {
    Instant deadline = clock.instant().plus(PATIENCE);
    Optional<String> page = Optional.empty();
    while (!proof.isDone() && !OPEN.contains(tool.state(target(rebuilt)))) {
      if (clock.instant().isAfter(deadline)) {
        throw new CommandFailure(
            ExitCode.TIMEOUT,
            "RECOVERY_FAILED",
            "Nothing is proved after %d minutes; see %s.".formatted(PATIENCE.toMinutes(), words()));
      }
      if (page.isEmpty()) {
        page = page();
        page.ifPresent(line -> terminal.say("   " + line));
      }
      Waiting.pause(Duration.ofMillis(500));
    }
    if (page.isEmpty()) {
      page().ifPresent(line -> terminal.say("   " + line));
    }
    if (proof.isCompletedExceptionally()) {
      proved(proof);
    }
  }

  /** What the proof found, once it is over. */
  static Proof proved(CompletableFuture<Proof> proof) {
    try {
      return proof.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof CommandFailure failure ? failure : e;
    }
  }

  private List<Path> shares() {
    Path folder = LocalReplication.shares(home);
    return List.of(
        folder.resolve("recovery-share-1-of-5.txt"),
        folder.resolve("recovery-share-3-of-5.txt"),
        folder.resolve("recovery-share-4-of-5.txt"));
  }

  /** What the officers wrote down when the clouds became siblings. */
  private List<String> fingerprints() {
    KeyFolder keys = LocalReplication.keys(sibling.home());
    try {
      return List.of(keys.sibling(cloud.cloud()).fingerprint(), keys.card().fingerprint());
    } catch (KeyException e) {
      throw new CommandFailure(ExitCode.FAILED, e.defect().name(), e.getMessage());
    }
  }

  /** The supervisor starts Cassandra alone, as long as no node is wanted. */
  private void startCassandra(WantedNodes nodes) {
    nodes.change(
        all -> all.stream().map(one -> new WantedNodes.Wanted(one.plan(), false)).toList());
    try (ProgressBar bar = new ProgressBar(terminal, clock, "   Cassandra", "")) {
      new LocalStart(json, home, new Ports(), random).run(kind(), bar);
    }
  }

  /** The sibling serves the same kind of cloud. */
  private String kind() {
    return CloudHome.read(json, sibling.home().cloud()).path("kind").asText("extranet");
  }

  private String[] target(LocalReplication rebuilt) {
    int port = CloudHome.read(json, home.cloud()).path("cassandra").path("port").asInt();
    return Stream.concat(
            Stream.of("--cassandra=127.0.0.1:" + port, "--keyspace=" + rebuilt.keyspace()),
            CassandraRole.RECOVERY.login(home.cassandra()).entrySet().stream()
                .map(option -> "--" + option.getKey() + "=" + option.getValue()))
        .toArray(String[]::new);
  }

  private void failover(RecoverTool tool, LocalReplication rebuilt) {
    List<String> options = new ArrayList<>(APPROVED);
    options.add("--emergency=rehearsed on one machine, with nobody at a browser");
    options.add("--keyspace=" + rebuilt.keyspace());
    options.add("--keys=" + LocalReplication.keys(home).folder());
    options.add("--home-archive=" + home.folder().resolve("archive"));
    options.add("--card=" + home.folder().resolve("new-card"));
    tool.run("failover", options.toArray(new String[0]));
    LocalReplication.pair(json, home, cloud.cloud(), sibling.home(), sibling.cloud());
    rebuilt.write(json, home);
    LocalLedger.prepare(json, home, rebuilt, random);
    restartSibling();
  }

  /** Its nodes read whom they trust when they start; their supervisor starts them again. */
  private void restartSibling() {
    for (JsonNode node : CloudHome.read(json, sibling.home().cloud()).path("nodes")) {
      ProcessHandle.of(node.path("pid").asLong()).ifPresent(ProcessHandle::destroy);
    }
  }

  private void startNodes(WantedNodes nodes) {
    List<WantedNodes.Wanted> wanted =
        nodes.change(
            all -> all.stream().map(one -> new WantedNodes.Wanted(one.plan(), true)).toList());
    NodeLaunch launch =
        new NodeLaunch(Installation.root(), kind(), 0, home.token(), home::httpClient);
    Instant deadline = clock.instant().plus(PATIENCE);
    try (ProgressBar bar = new ProgressBar(terminal, clock, "   Nodes", "")) {
      long ready = 0;
      while (ready < wanted.size()) {
        Waiting.pause(Duration.ofSeconds(1));
        ready = wanted.stream().filter(one -> launch.isReady(one.plan())).count();
        bar.update((double) ready / wanted.size(), 0, ready + " of " + wanted.size() + " ready");
        if (clock.instant().isAfter(deadline)) {
          throw new CommandFailure(
              ExitCode.TIMEOUT,
              "NODE_NOT_STARTED",
              "Not all nodes are ready after "
                  + PATIENCE.toMinutes()
                  + " minutes; see "
                  + home.folder().resolve("nodes")
                  + ".");
        }
      }
    }
  }
}

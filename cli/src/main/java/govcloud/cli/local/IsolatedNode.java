package govcloud.cli.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiClient;
import govcloud.cli.api.RetryPolicy;
import govcloud.cli.command.Installation;
import govcloud.cli.command.Waiting;
import govcloud.localcassandra.LocalCassandra;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One node of its own on data that were restored for a drill: listens and connects on loopback
 * alone, replicates nothing, and ends with the process that started it.
 */
public final class IsolatedNode implements AutoCloseable {
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);
  private static final int TOKEN_BYTES = 32;
  private static final String TOKEN = "token";
  private static final String LOG = "node.log";

  private final Process process;
  private final NodePlan plan;
  private final NodeLaunch launch;
  private final String token;
  private final Path folder;

  private IsolatedNode(
      Process process, NodePlan plan, NodeLaunch launch, String token, Path folder) {
    this.process = process;
    this.plan = plan;
    this.launch = launch;
    this.token = token;
    this.folder = folder;
  }

  /**
   * What it works on.
   *
   * @param folder for its configuration, token and log
   * @param cloud whose data they are
   * @param kind extranet or intranet
   * @param cassandra on 127.0.0.1, with the data
   * @param keyspace in it
   * @param lines further lines of its configuration
   */
  public record Settings(
      Path folder,
      String cloud,
      String kind,
      LocalCassandra cassandra,
      String keyspace,
      List<String> lines) {
    /** Keeps a copy. */
    public Settings {
      lines = List.copyOf(lines);
    }
  }

  /**
   * Starts it; it is not ready yet.
   *
   * @throws CommandFailure when the program is not built, or the folder cannot be written
   */
  public static IsolatedNode start(Settings settings, SecureRandom random) {
    Path installation = Installation.root();
    NodeLaunch.requireBuilt(installation);
    Ports ports = new Ports();
    NodePlan plan =
        new NodePlan("drill", ports.free(), ports.free(), ports.free(), ports.free(), false);
    Path token = settings.folder().resolve(TOKEN);
    Path log = settings.folder().resolve(LOG);
    int cqlPort = settings.cassandra().contactPoint().getPort();
    NodeLaunch launch =
        new NodeLaunch(installation, settings.kind(), cqlPort, token, IsolatedNode::plainClient);
    byte[] secret = new byte[TOKEN_BYTES];
    random.nextBytes(secret);
    String text = HexFormat.of().formatHex(secret);
    try {
      Files.createDirectories(settings.folder());
      Files.createFile(
          token,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(token, text);
      Files.writeString(
          settings.folder().resolve("node.conf"),
          launch.configuration(plan, List.of(plan), cqlPort, lines(settings)));
      Process process =
          new ProcessBuilder(launch.isolated(settings.folder(), program()))
              .directory(settings.folder().toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      return new IsolatedNode(process, plan, launch, text, settings.folder());
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "NODE_NOT_STARTED",
          "Cannot start a node in " + settings.folder() + " (" + e.getMessage() + ").");
    }
  }

  private static List<String> lines(Settings settings) {
    List<String> lines = new ArrayList<>(NodeLaunch.login(settings.cassandra()));
    lines.add("govcloud.node.cloud = " + settings.cloud());
    lines.add("govcloud.cassandra.keyspace = " + settings.keyspace());
    lines.add("govcloud.replication { keys-folder = \"\", sibling = \"\" }");
    lines.add("govcloud.replication.zero-loss.policy = continue");
    lines.add("govcloud.metrics.otlp-endpoint = \"\"");
    // The restored accounts are those of people, who have no business here: only the drill asks.
    lines.add("govcloud.identity.mode = header-for-tests");
    lines.addAll(settings.lines());
    return lines;
  }

  /** Where this program is, which guards the node's. */
  private static Path program() {
    try {
      return Path.of(
          IsolatedNode.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Waits until it takes requests.
   *
   * @throws CommandFailure when it ends, or is not ready in time
   */
  public void awaitReady(Clock clock, Duration patience) {
    Instant deadline = clock.instant().plus(patience);
    while (!launch.isReady(plan)) {
      if (!process.isAlive() || clock.instant().isAfter(deadline)) {
        throw new CommandFailure(
            ExitCode.FAILED,
            "NODE_NOT_STARTED",
            (process.isAlive()
                    ? "The node is not ready after " + patience.toSeconds() + " s"
                    : "The node ended with " + process.exitValue())
                + ": "
                + lastWords());
      }
      Waiting.pause(Duration.ofMillis(100));
    }
  }

  private String lastWords() {
    Path log = folder.resolve(LOG);
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(" | ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
    } catch (IOException e) {
      return "nothing in " + log;
    }
  }

  /** It lives on loopback, and no longer than the drill. */
  private static HttpClient plainClient() {
    return ApiClient.newHttpClient(Optional.empty());
  }

  /** A client of its API. */
  public ApiClient client(ObjectMapper json, Duration patience, Clock clock) {
    URI http = URI.create(plan.http());
    return new ApiClient(
        json, plainClient(), () -> List.of(http), token, RetryPolicy.within(patience), clock);
  }

  /** Where its API is. */
  public String address() {
    return plan.http();
  }

  /** The file with the token that its API asks for. */
  public Path tokenFile() {
    return folder.resolve(TOKEN);
  }

  /** Its process. */
  public ProcessHandle process() {
    return process.toHandle();
  }

  /** Ends it. What it worked on is thrown away, so nothing needs to be finished. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

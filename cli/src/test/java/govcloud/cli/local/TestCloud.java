package govcloud.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.cli.RecordingHttpClient;
import govcloud.cli.TestTerminal;
import govcloud.cli.api.ApiClient;
import govcloud.cli.api.RetryPolicy;
import govcloud.cli.command.Installation;
import govcloud.cli.command.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A cloud of real processes for a test; closing it ends every one of them. */
public final class TestCloud implements AutoCloseable {
  /** The app of a department, which fits the real log. */
  public static final String APP = "receipt";

  private final ObjectMapper json = Json.mapper();
  private final CloudHome home;
  private int departments;

  private TestCloud(CloudHome home) {
    this.home = home;
  }

  /** Starts Cassandra and so many nodes, without data; the test is skipped without a build. */
  public static TestCloud start(Path home, int nodes) {
    Path library = NodeLaunch.library(Installation.root());
    assumeTrue(Files.isDirectory(library), "the program is not packaged: " + library);
    TestCloud cloud = new TestCloud(new CloudHome(home));
    try {
      cloud.run("up", "--nodes", String.valueOf(nodes), "--port", "0", "--empty", "--no-sibling");
      cloud.awaitHealthy();
      return cloud;
    } catch (AssertionError | RuntimeException notStarted) {
      cloud.close();
      throw notStarted;
    }
  }

  /** Runs a command that has to succeed and gives what it wrote. */
  public String run(String... command) {
    String[] whole = new String[command.length + 2];
    System.arraycopy(command, 0, whole, 0, command.length);
    whole[command.length] = "--home";
    whole[command.length + 1] = home.folder().toString();
    TestTerminal terminal = new TestTerminal();
    int code = terminal.run(whole);
    assertThat(code).as(String.join(" ", command) + ": " + terminal.err()).isZero();
    return terminal.out();
  }

  /**
   * A new department with a running app; another person applies for it than the one who approves.
   *
   * @return the department's id
   */
  public String rentApp() {
    String department = "permits-" + ++departments;
    run(
        "tenant",
        "register",
        department,
        "--zh",
        "许可局",
        "--en",
        "Permit Office", //
        "--credit-code",
        "11999999MB1234567M",
        "--division",
        "999999",
        "--plan",
        "large");
    run("tenant", "activate", department);
    run(
        "app",
        "rent",
        department,
        APP, //
        "--definition",
        "environmental-permit-receipt",
        "--as",
        "chen:clerk");
    run("app", "approve", department, APP, "--wait", "--timeout", "60", "--as", "li:operator");
    return department;
  }

  /** Waits until every node is up, every slice has a home and nothing needs attention. */
  public void awaitHealthy() {
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(() -> run("status"));
  }

  /** A client that takes this cloud's certificates and keeps what it sees. */
  public RecordingHttpClient recording() {
    return new RecordingHttpClient(home.httpClient());
  }

  /** The command line's own client, with every attempt recorded. */
  public ApiClient client(RecordingHttpClient http, Duration patience) {
    return new ApiClient(
        json,
        http,
        () -> home.addresses(json),
        token(),
        RetryPolicy.within(patience),
        Clock.systemUTC());
  }

  /** The operator's token. */
  public String token() {
    try {
      return Files.readString(home.token()).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder of the cloud. */
  public CloudHome home() {
    return home;
  }

  /** Names of the nodes in the order of their start. */
  public List<String> nodes() {
    List<String> names = new ArrayList<>();
    described().path("nodes").forEach(node -> names.add(node.path("name").asText()));
    return names;
  }

  /** Where a node answers. */
  public URI http(String name) {
    return URI.create(node(name).path("http").asText());
  }

  /** A node's process. */
  public ProcessHandle process(String name) {
    return ProcessHandle.of(node(name).path("pid").asLong()).orElseThrow();
  }

  /** Cassandra's process. */
  public ProcessHandle cassandra() {
    return ProcessHandle.of(described().path("cassandra").path("pid").asLong()).orElseThrow();
  }

  /** Where Cassandra listens for nodes. */
  public int cassandraPort() {
    return described().path("cassandra").path("port").asInt();
  }

  /** Whether another process than {@code before} runs as this node, and takes requests. */
  public boolean isReplaced(String name, ProcessHandle before) {
    JsonNode node = node(name);
    return node.path("running").asBoolean()
        && node.path("pid").asLong() != before.pid()
        && answer(http(name).resolve("/ready")) == 200;
  }

  /** The status of a GET, or 0 when nobody answers within five seconds. */
  public int answer(URI address) {
    return recording().get(address, Duration.ofSeconds(5));
  }

  private JsonNode described() {
    return CloudHome.read(json, home.cloud());
  }

  private JsonNode node(String name) {
    for (JsonNode node : described().path("nodes")) {
      if (node.path("name").asText().equals(name)) {
        return node;
      }
    }
    throw new AssertionError(name + " (expected: one of " + nodes() + ")");
  }

  /** Stops the cloud; what does not end in order is killed, since a test leaves nothing running. */
  @Override
  public void close() {
    try {
      new TestTerminal().run("down", "--home", home.folder().toString());
    } finally {
      Set<ProcessHandle> left = new java.util.HashSet<>();
      ProcessHandle.allProcesses()
          .filter(process -> process.info().commandLine().orElse("").contains(home.folder() + "/"))
          .filter(process -> process.pid() != ProcessHandle.current().pid())
          .forEach(left::add);
      left.forEach(ProcessHandle::destroyForcibly);
    }
  }
}

package govcloud.cli.xes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.cli.RecordingHttpClient;
import govcloud.cli.RecordingHttpClient.Attempt;
import govcloud.cli.TestTerminal;
import govcloud.cli.api.ApiClient;
import govcloud.cli.app.Catalogue;
import govcloud.cli.command.Connection;
import govcloud.cli.command.Installation;
import govcloud.cli.command.Json;
import govcloud.cli.local.SharedCloud;
import govcloud.cli.local.TestCloud;
import govcloud.cli.output.Format;
import govcloud.cli.output.Output;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The beginning of a real log goes into a cloud whose nodes are killed, one after another, while it
 * does; {@code -Dgovcloud.receipt-traces=1434} takes the whole.
 */
@Tag("slow")
@ExtendWith(SharedCloud.class)
final class ImportUnderKillsIT {
  private static final int TRACES = Integer.getInteger("govcloud.receipt-traces", 250);
  private static final int LEAST_KILLS = 3;
  private static final int BETWEEN_KILLS = 60;
  private static final int PARALLEL = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder;

  private final ObjectMapper json = Json.mapper();
  private RecordingHttpClient http;
  private final ImportTally tally = new ImportTally();
  private int events;
  private String department;

  @Test
  void realLog_importedWhileNodesAreKilled_isThereOnceInOrderAndWhole(TestCloud cloud)
      throws Exception {
    Path whole = realLog();
    assumeTrue(Files.exists(whole), "the real log is not here: " + whole);
    Path log = beginning(whole);
    department = cloud.rentApp();
    ExecutorService worker = Executors.newSingleThreadExecutor();
    int kills;
    try {
      Future<?> running = worker.submit(() -> importLog(cloud, log));
      kills = killOneAfterAnother(cloud, running);
      running.get();
    } finally {
      worker.shutdownNow();
    }
    System.out.println("kills: " + kills + ", " + outcomes());
    assertThat(kills)
        .as("kills before the import ended; with fewer it proves nothing")
        .isGreaterThanOrEqualTo(LEAST_KILLS);
    assertThat(tally.failureList()).isEmpty();
    assertThat(tally.count("deviations")).isZero();
    cloud.awaitHealthy();
    acknowledgedIsThere(cloud);
    exportedIsImported(cloud, log);
    secondImportChangesNothing(cloud, log);
  }

  private static Path realLog() {
    String named = System.getProperty("govcloud.receipt-log");
    return named != null
        ? Path.of(named)
        : Installation.root().resolveSibling("shared/data/receipt.xes.gz");
  }

  /** The first traces, by the lines of the file alone; tells how many events they have. */
  private Path beginning(Path whole) throws IOException {
    Path log = folder.resolve("beginning.xes.gz");
    int traces = 0;
    try (var in = reader(whole);
        var out = new PrintWriter(new GZIPOutputStream(Files.newOutputStream(log)), false, UTF_8)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.println(line);
        events += line.contains("<event>") ? 1 : 0;
        traces += line.contains("</trace>") ? 1 : 0;
        if (traces == TRACES) {
          out.println("</log>");
          break;
        }
      }
    }
    assertThat(events).isGreaterThan(TRACES);
    return log;
  }

  private static BufferedReader reader(Path log) throws IOException {
    return new BufferedReader(
        new InputStreamReader(new GZIPInputStream(Files.newInputStream(log)), UTF_8));
  }

  private Connection connection(TestCloud cloud) {
    http = cloud.recording();
    ApiClient api = cloud.client(http, Duration.ofMinutes(5));
    TestTerminal terminal = new TestTerminal();
    Output output = new Output(terminal.terminal(), Format.json, json);
    return new Connection(
        api, output, terminal.terminal(), json, Clock.systemUTC(), cloud.home(), null);
  }

  /** What `import xes` does, with a client that keeps its history. */
  private Void importLog(TestCloud cloud, Path log) throws IOException {
    Connection connection = connection(cloud);
    JsonNode definition = Catalogue.of(connection, department, TestCloud.APP);
    CaseMapping mapping = new CaseMapping(json, AppProcess.of(definition));
    ApiTarget target = new ApiTarget(connection.api(), department, TestCloud.APP);
    try (TraceReader reader = new TraceReader(Files.newInputStream(log), XesLimits.standard())) {
      String name = reader.header().name().orElse(String.valueOf(log.getFileName()));
      new ParallelImport(reader, new TraceImport(target, name, mapping, tally), PARALLEL)
          .run(() -> {});
    }
    return null;
  }

  /** The next one is killed when the last is replaced and the import has gone on. */
  private int killOneAfterAnother(TestCloud cloud, Future<?> running) {
    int kills = 0;
    for (String node : cloud.nodes()) {
      long next = tally.events() + BETWEEN_KILLS;
      await().atMost(PATIENCE).until(() -> running.isDone() || tally.events() > next);
      if (running.isDone()) {
        break;
      }
      ProcessHandle victim = cloud.process(node);
      assertThat(victim.destroyForcibly()).isTrue();
      kills++;
      System.out.println("killed " + node + " at event " + tally.events());
      await().atMost(PATIENCE).until(() -> cloud.isReplaced(node, victim));
    }
    return kills;
  }

  private String outcomes() {
    var counts = new java.util.TreeMap<Integer, Integer>();
    http.attempts().forEach(attempt -> counts.merge(attempt.status(), 1, Integer::sum));
    return "answers by status: " + counts;
  }

  /** Every change that was acknowledged is in its case's history where the answer said. */
  private void acknowledgedIsThere(TestCloud cloud) throws IOException {
    List<Attempt> history = http.attempts();
    Set<String> stored = new HashSet<>();
    ApiTarget target = new ApiTarget(connection(cloud).api(), department, TestCloud.APP);
    for (JsonNode one : target.list()) {
      String theCase = one.path("case").asText();
      List<Long> sequences = new ArrayList<>();
      for (JsonNode entry : target.history(theCase)) {
        long sequence = entry.path("sequence").asLong();
        stored.add(theCase + " " + sequence);
        sequences.add(sequence);
      }
      assertThat(sequences).as(theCase).isSorted();
    }
    int acknowledged = 0;
    for (Attempt attempt : history) {
      if (attempt.isAcknowledged()) {
        String theCase = attempt.uri().getPath().split("/", -1)[7];
        String place = theCase + " " + json.readTree(attempt.body()).path("version").asLong();
        assertThat(stored).as(attempt.toString()).contains(place);
        acknowledged++;
      }
    }
    assertThat(acknowledged).isGreaterThanOrEqualTo(TRACES + events);
  }

  private void exportedIsImported(TestCloud cloud, Path log) throws IOException {
    Path exported = folder.resolve("exported.xes.gz");
    cloud.run(
        "export",
        "xes",
        "--tenant",
        department,
        "--app",
        TestCloud.APP, //
        "--output",
        exported.toString());
    List<XesTrace> there = read(exported);
    List<XesTrace> original = read(log);
    assertThat(original).hasSize(TRACES);
    assertThat(there).hasSize(TRACES);
    assertThat(there.stream().mapToInt(trace -> trace.events().size()).sum()).isEqualTo(events);
    assertThat(there).isEqualTo(original);
  }

  /** All traces by name; events within a trace stay in their order. */
  private static List<XesTrace> read(Path log) throws IOException {
    List<XesTrace> traces = new ArrayList<>();
    try (TraceReader reader = new TraceReader(Files.newInputStream(log), XesLimits.standard())) {
      Optional<XesTrace> next = reader.next();
      while (next.isPresent()) {
        XesTrace trace = next.get().canonical();
        traces.add(new XesTrace(0, trace.attributes(), trace.events()));
        next = reader.next();
      }
    }
    traces.sort(Comparator.comparing(trace -> trace.name().orElse("")));
    return traces;
  }

  private void secondImportChangesNothing(TestCloud cloud, Path log) throws IOException {
    String out =
        cloud.run(
            "import",
            "xes",
            log.toString(),
            "--tenant",
            department, //
            "--app",
            TestCloud.APP,
            "-o",
            "json");
    JsonNode summary = json.readTree(out);
    assertThat(summary.path("changed").asBoolean(true)).as(out).isFalse();
    assertThat(summary.path("events").asInt()).isEqualTo(events);
    assertThat(summary.path("new_events").asInt(-1)).isZero();
  }
}

package govcloud.faultlab.runbook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The beginning of a real log, in a department of its own. */
final class ImportedLog {
  private static final String DEPARTMENT = "permits-office";
  private static final String APP = "receipt";
  private static final Pattern NAME = Pattern.compile("key=\"concept:name\" value=\"([^\"]*)\"");
  private static final Pattern BY_CLERKS = Pattern.compile("Seen by the clerk on duty");

  private final RunbookCloud cloud;
  private final Path log;
  private final int traces;
  private int events;

  private ImportedLog(RunbookCloud cloud, Path log, int traces) {
    this.cloud = cloud;
    this.log = log;
    this.traces = traces;
  }

  /** Where the whole of it is, if it is here. */
  static Path real() {
    String named = System.getProperty("govcloud.receipt-log");
    return named != null
        ? Path.of(named)
        : RunbookCloud.ROOT.resolveSibling("shared/data/receipt.xes.gz");
  }

  /** Puts its first traces into the cloud, and waits until the sibling has all of it. */
  static ImportedLog importInto(RunbookCloud cloud, int traces)
      throws IOException, InterruptedException {
    Path log = cloud.folder().resolve("beginning.xes.gz");
    ImportedLog imported = new ImportedLog(cloud, log, traces);
    imported.cut();
    cloud.govcloud(
        "tenant",
        "register",
        DEPARTMENT,
        "--zh=许可局",
        "--en=Permit Office",
        "--credit-code=11999999MB1234567M",
        "--division=999999",
        "--plan=large");
    cloud.govcloud("tenant", "activate", DEPARTMENT);
    cloud.govcloud(
        "app",
        "rent",
        DEPARTMENT,
        APP,
        "--definition=environmental-permit-receipt",
        "--as=chen:clerk");
    cloud.govcloud("app", "approve", DEPARTMENT, APP, "--wait", "--timeout=60", "--as=li:operator");
    assertThat(imported.put().path("new_events").asInt()).isEqualTo(imported.events);
    // Nodes tell each other every two seconds.
    do {
      Thread.sleep(3_000);
    } while (cloud.json("replication", "status").path("records").asInt(1) > 0);
    return imported;
  }

  /** By the lines of the file alone. */
  private void cut() throws IOException {
    int ended = 0;
    try (var in = reader(real());
        var out = new PrintWriter(new GZIPOutputStream(Files.newOutputStream(log)), false, UTF_8)) {
      for (String line = in.readLine(); line != null && ended < traces; line = in.readLine()) {
        out.println(line);
        events += line.contains("<event>") ? 1 : 0;
        ended += line.contains("</trace>") ? 1 : 0;
      }
      out.println("</log>");
    }
    assertThat(events).isGreaterThan(traces);
  }

  private static BufferedReader reader(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), UTF_8));
  }

  private JsonNode put() throws IOException, InterruptedException {
    return cloud.json("import", "xes", log.toString(), "--tenant=" + DEPARTMENT, "--app=" + APP);
  }

  /** What the cloud has of it, in lines of each trace by name. */
  Map<String, List<String>> export(String name) throws IOException, InterruptedException {
    Path file = cloud.folder().resolve(name + ".xes.gz");
    cloud.govcloud("export", "xes", "--tenant=" + DEPARTMENT, "--app=" + APP, "--output=" + file);
    Map<String, List<String>> all = new TreeMap<>();
    List<String> trace = new ArrayList<>();
    try (var in = reader(file)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.contains("<trace>")) {
          trace = new ArrayList<>();
        }
        trace.add(line);
        if (line.contains("</trace>")) {
          all.put(name(trace), trace);
        }
      }
    }
    assertThat(all).hasSize(traces);
    return all;
  }

  private static String name(List<String> trace) {
    Matcher name = NAME.matcher(String.join("\n", trace));
    assertThat(name.find()).as(trace.toString()).isTrue();
    return name.group(1);
  }

  /** Nothing of it is lost or changed; clerks have worked on some cases besides. */
  void assertSame(Map<String, List<String>> before, Map<String, List<String>> after)
      throws IOException, InterruptedException {
    assertThat(after.keySet()).isEqualTo(before.keySet());
    int worked = 0;
    for (Map.Entry<String, List<String>> trace : before.entrySet()) {
      List<String> now = after.get(trace.getKey());
      if (BY_CLERKS.matcher(String.join("\n", now)).find()) {
        worked++;
        assertThat(now).as(trace.getKey()).containsSubsequence(trace.getValue());
      } else {
        assertThat(now).as(trace.getKey()).isEqualTo(trace.getValue());
      }
    }
    assertThat(worked).as("cases on which clerks worked").isLessThan(traces / 2);
    JsonNode again = put();
    assertThat(again.path("events").asInt()).isEqualTo(events);
    assertThat(again.path("new_events").asInt(-1)).as(again.toString()).isZero();
  }
}

package govcloud.cli.xes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.TestApi;
import govcloud.cli.TestTerminal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImportCommandTest {
  @TempDir private Path folder;
  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, ObjectNode> cases = new TreeMap<>();
  private final Map<String, ArrayNode> histories = new TreeMap<>();
  private Path log;
  private Path token;
  private int failures;

  @BeforeEach
  void writeLog() throws IOException {
    token = Files.writeString(folder.resolve("token"), "secret");
    log = folder.resolve("log.xes");
    StringWriter text = new StringWriter();
    XesWriter writer = new XesWriter(text);
    LogHeaders headers = new LogHeaders();
    List<XesTrace> traces = new GeneratedLogs(5).traces(40);
    traces.forEach(headers::note);
    writer.start(headers.header("Generated"));
    traces.forEach(writer::trace);
    writer.end();
    Files.writeString(log, text.toString());
  }

  /** Keeps cases like the cloud does, knows the activity Begin, and fails now and then. */
  private TestApi.Answer cloud(TestApi.Request request) {
    String[] path = request.target().split("[/?]", -1);
    if (request.target().equals("/v1/tenants/t/apps/a")) {
      return ok("{\"definition\":\"d\",\"definition_version\":1}");
    }
    if (request.target().equals("/v1/catalogue/d/1")) {
      return ok("{\"actions\":[{\"action\":\"begin\",\"activity\":\"Begin\"}],\"form\":{}}");
    }
    if (path[6].equals("cases") && path[7].startsWith("page_size")) {
      return list();
    }
    if (++failures % 7 == 0) {
      return TestApi.Answer.of(503, "{\"code\":\"BUSY\",\"detail\":\"wait\"}");
    }
    return aboutCase(request, path);
  }

  private TestApi.Answer list() {
    ObjectNode page = json.createObjectNode();
    cases.keySet().forEach(id -> page.withArray("items").addObject().put("case", id));
    return ok(page.toString());
  }

  private TestApi.Answer aboutCase(TestApi.Request request, String[] path) {
    String id = path[7];
    if (request.method().equals("PUT")) {
      boolean there = cases.containsKey(id);
      cases.putIfAbsent(id, (ObjectNode) request.body());
      histories.computeIfAbsent(id, key -> json.createArrayNode());
      return there
          ? TestApi.Answer.of(409, "{\"code\":\"CASE_ALREADY_EXISTS\",\"detail\":\"there\"}")
          : ok("{\"replayed\":false}");
    }
    if (request.method().equals("GET")) {
      if (path.length > 8 && path[8].equals("history")) {
        return ok(json.createObjectNode().set("items", histories.get(id)).toString());
      }
      return ok(cases.get(id).put("case", id).toString());
    }
    if (path[8].equals("actions") && request.body().toString().contains("a<b&")) {
      return TestApi.Answer.of(
          409, "{\"code\":\"CASE_ACTION_NOT_ALLOWED\",\"detail\":\"not now\"}");
    }
    ObjectNode entry = histories.get(id).addObject();
    entry.put("type", path[8].equals("actions") ? "action_taken" : "deviation_noted");
    if (path[8].equals("actions")) {
      entry.put("action", path[9]);
    }
    entry.putObject("data").setAll((ObjectNode) request.body());
    return ok("{\"replayed\":false}");
  }

  private static TestApi.Answer ok(String body) {
    return TestApi.Answer.of(200, body);
  }

  private JsonNode imported(TestApi api) throws IOException {
    TestTerminal terminal = new TestTerminal();
    int code =
        terminal.run(
            "import",
            "xes",
            log.toString(),
            "--tenant",
            "t",
            "--app",
            "a",
            "-o",
            "json",
            "--url",
            api.url(),
            "--token-file",
            token.toString());
    assertThat(code).as(terminal.err()).isZero();
    return json.readTree(terminal.out());
  }

  private static List<XesTrace> traces(byte[] log) {
    List<XesTrace> traces = new ArrayList<>();
    try (TraceReader reader =
        new TraceReader(new ByteArrayInputStream(log), XesLimits.standard())) {
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        traces.add(next.get().canonical());
      }
    }
    traces.sort(Comparator.comparing(XesTrace::toString));
    return traces;
  }

  @Tag("slow")
  @Test
  void log_importedTwiceAndExported_isOnceThereAndEqual() throws IOException {
    try (TestApi api = new TestApi(this::cloud)) {
      JsonNode first = imported(api);
      assertThat(first.path("changed").asBoolean()).isTrue();
      assertThat(first.path("cases").asInt()).isEqualTo(40);
      assertThat(first.path("deviations_total").asInt()).isPositive();
      assertThat(first.path("failed_traces_total").asInt()).isZero();
      JsonNode second = imported(api);
      assertThat(second.path("changed").asBoolean()).isFalse();
      assertThat(second.path("activities")).isEqualTo(first.path("activities"));
      assertThat(second.path("deviations_total")).isEqualTo(first.path("deviations_total"));
      Path exported = folder.resolve("exported.xes");
      int code =
          new TestTerminal()
              .run(
                  "export",
                  "xes",
                  "--tenant",
                  "t",
                  "--app",
                  "a",
                  "-o",
                  exported.toString(),
                  "--url",
                  api.url(),
                  "--token-file",
                  token.toString());
      assertThat(code).isZero();
      assertThat(traces(Files.readAllBytes(exported))).isEqualTo(traces(Files.readAllBytes(log)));
    }
  }

  @Test
  void damagedLog_imported_namesPlaceAndCode() throws IOException {
    Files.writeString(log, "<log><trace><int key=\"a\" value=\"x\"/></trace></log>");
    TestTerminal terminal = new TestTerminal();
    try (TestApi api = new TestApi(this::cloud)) {
      int code =
          terminal.run(
              "import",
              "xes",
              log.toString(),
              "--tenant",
              "t",
              "--app",
              "a",
              "-o",
              "json",
              "--url",
              api.url(),
              "--token-file",
              token.toString());
      assertThat(code).isEqualTo(1);
    }
    String problem = terminal.err().substring(terminal.err().indexOf('{'));
    assertThat(json.readTree(problem).path("code").asText()).isEqualTo("XES_BAD_VALUE");
    assertThat(json.readTree(problem).path("line").asInt()).isEqualTo(1);
  }
}

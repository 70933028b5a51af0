package govcloud.cli.xes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RoundTripTest {
  private static final String REAL_LOG = "govcloud.receipt-log";

  private final ObjectMapper json = new ObjectMapper();
  private final CaseMapping mapping =
      new CaseMapping(json, new AppProcess(Map.of("Begin", "begin"), Map.of(), json.nullNode()));

  private static List<XesTrace> read(InputStream input) {
    List<XesTrace> traces = new ArrayList<>();
    try (TraceReader reader = new TraceReader(input, XesLimits.standard())) {
      reader.next().ifPresent(traces::add);
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        traces.add(next.get());
      }
    }
    return traces;
  }

  private static List<XesTrace> canonical(List<XesTrace> traces) {
    return traces.stream().map(XesTrace::canonical).toList();
  }

  private static List<XesTrace> writtenAndRead(List<XesTrace> traces) {
    LogHeaders headers = new LogHeaders();
    traces.forEach(headers::note);
    StringWriter text = new StringWriter();
    XesWriter writer = new XesWriter(text);
    writer.start(headers.header("Log"));
    traces.forEach(writer::trace);
    writer.end();
    return read(new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /** The case and its history as the API would answer after the requests of a draft. */
  private XesTrace throughTheApi(long index, CaseDraft draft) {
    ObjectNode theCase = draft.body().deepCopy();
    theCase.put("case", draft.caseId());
    ArrayNode history = json.createArrayNode();
    history.addObject().put("type", "case_created");
    for (CaseDraft.EventDraft event : draft.events()) {
      ObjectNode entry = history.addObject();
      entry.put("type", event.action().isPresent() ? "action_taken" : "deviation_noted");
      event.action().ifPresent(action -> entry.put("action", action));
      entry.put("person", event.person());
      entry.putObject("data").set("attributes", event.body().get("attributes"));
    }
    return mapping.trace(index, theCase, history);
  }

  private List<XesTrace> importedAndExported(List<XesTrace> traces) {
    Map<String, Integer> occurrences = new HashMap<>();
    List<XesTrace> back = new ArrayList<>();
    for (XesTrace trace : traces) {
      int occurrence = occurrences.merge(trace.name().orElse(""), 1, Integer::sum);
      back.add(throughTheApi(back.size(), mapping.draft("log", trace, occurrence)));
    }
    return writtenAndRead(back);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void generatedLog_written_readsBackEqual(long seed) {
    List<XesTrace> traces = new GeneratedLogs(seed).traces(60);
    assertThat(canonical(writtenAndRead(traces))).isEqualTo(canonical(traces));
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
  void generatedLog_importedAndExported_isEqual(long seed) {
    List<XesTrace> traces = new GeneratedLogs(seed).traces(60);
    assertThat(canonical(importedAndExported(traces))).isEqualTo(canonical(traces));
  }

  @Test
  void realLog_importedAndExported_isEqual() throws IOException {
    Path log = Path.of(System.getProperty(REAL_LOG, "../../shared/data/receipt.xes.gz"));
    assumeTrue(Files.exists(log), "the real log is not here: " + log);
    List<XesTrace> traces;
    try (InputStream input = Files.newInputStream(log)) {
      traces = read(input);
    }
    assertThat(traces).hasSize(1434);
    assertThat(traces.stream().mapToInt(t -> t.events().size()).sum()).isEqualTo(8577);
    assertThat(canonical(importedAndExported(traces))).isEqualTo(canonical(traces));
  }

  @Test
  void requests_madeTwice_areTheSameAndTheirKeysDiffer() {
    Set<String> keys = new HashSet<>();
    Set<String> cases = new HashSet<>();
    int requests = 0;
    for (XesTrace trace : new GeneratedLogs(21).traces(200)) {
      CaseDraft once = mapping.draft("log", trace, 1);
      assertThat(mapping.draft("log", trace, 1)).isEqualTo(once);
      cases.add(once.caseId());
      keys.add(once.idempotencyKey());
      once.events().forEach(event -> keys.add(event.idempotencyKey()));
      requests += 1 + once.events().size();
      assertThat(once.caseId()).matches("^[a-z0-9][a-z0-9-]{0,62}$");
      assertThat(once.idempotencyKey()).matches("^[!-~]{1,128}$");
    }
    assertThat(keys).hasSize(requests);
    assertThat(cases).hasSize(200);
  }

  @Test
  void nativeCase_exported_hasTheStandardAttributes() throws IOException {
    JsonNode theCase =
        json.readTree("{\"case\":\"c-1\",\"form\":{\"channel\":\"counter\",\"pages\":3}}");
    JsonNode history =
        json.readTree(
            "[{\"type\":\"created\",\"at\":\"2026-03-02T01:00:00Z\"},{\"type\":\"action_taken\","
                + "\"action\":\"begin\",\"person\":\"zhang-san\",\"at\":\"2026-03-02T01:15:27Z\","
                + "\"occurred_at\":\"2026-03-02T01:15:27Z\",\"data\":{}}]");
    XesTrace trace = mapping.trace(0, theCase, history);
    assertThat(trace.name()).contains("c-1");
    assertThat(trace.attributes()).contains(XesAttribute.of(XesAttribute.Type.INT, "pages", "3"));
    assertThat(trace.events()).hasSize(1);
    assertThat(trace.events().get(0).value(XesTrace.NAME)).contains("Begin");
    assertThat(trace.events().get(0).value(XesTrace.RESOURCE)).contains("zhang-san");
  }
}

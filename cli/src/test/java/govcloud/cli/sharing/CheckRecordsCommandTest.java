package govcloud.cli.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.ExitCode;
import govcloud.cli.TestApi;
import govcloud.cli.TestTerminal;
import govcloud.domain.catalogue.LocalText;
import govcloud.domain.sharing.CatalogueEntry;
import govcloud.domain.sharing.DataResource;
import govcloud.domain.sharing.Item;
import govcloud.domain.sharing.ItemType;
import govcloud.domain.sharing.MockRecords;
import govcloud.domain.sharing.Mode;
import govcloud.domain.sharing.Provider;
import govcloud.domain.sharing.RecordSchema;
import govcloud.domain.sharing.Sensitivity;
import govcloud.domain.sharing.SharingClass;
import govcloud.domain.sharing.UpdateCycle;
import govcloud.node.catalogue.FormSchemaCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckRecordsCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DataResource RESOURCE = resource();

  private static final List<String> VALUES =
      List.of(
          "\"\"",
          "\"a\"",
          "7",
          "true",
          "null",
          "{}",
          "[]",
          "\"12.50\"",
          "\"-1\"",
          "\"1.\"",
          "\"2026-02-28\"",
          "\"2026-02-30\"",
          "\"2026-2-3\"",
          "\"2026-03-02T01:15:27Z\"",
          "\"2026-03-02T01:15:27+08:00\"",
          "\"2026-03-02T01:15:27\"",
          "\"2026-03-02T25:15:27Z\"",
          "\"99999919900101001\"",
          "\"99999919900101001x\"",
          "\"93999999000000000I\"");

  @TempDir private Path folder;
  private Path token;
  private final TestTerminal terminal = new TestTerminal();

  @BeforeEach
  void writeToken() throws IOException {
    token = Files.writeString(folder.resolve("token"), "secret\n");
  }

  /** One item of each type, called by it. */
  private static DataResource resource() {
    var items = new ArrayList<Item>();
    for (ItemType type : ItemType.values()) {
      var name = type.name().toLowerCase(Locale.ROOT);
      items.add(
          new Item(name, type, Sensitivity.L2, new LocalText(name, name), type == ItemType.TEXT));
    }
    return new DataResource(
        "police",
        "violations",
        new LocalText("违法", "Violations"),
        new LocalText("违法", "Violations"),
        "transport/violations",
        SharingClass.CONDITIONAL,
        "法",
        List.of(Mode.QUERY),
        UpdateCycle.REAL_TIME,
        items,
        Optional.of("citizen_number"),
        Provider.mock(),
        CatalogueEntry.NONE);
  }

  private static ObjectNode mock(int seed) {
    return JSON.valueToTree(MockRecords.of(RESOURCE, seed, 1).get(0));
  }

  private int check(String records, String... more) throws IOException {
    var shown = JSON.createObjectNode().put("resource_version", 3);
    shown.set("content", JSON.valueToTree(RESOURCE.document()));
    var file = Files.writeString(folder.resolve("records.jsonl"), records);
    try (var api = new TestApi(request -> TestApi.Answer.of(200, shown.toString()))) {
      List<String> all =
          new ArrayList<>(List.of("resource", "check", "police", "violations", "--records"));
      all.addAll(List.of(file.toString(), "--url", api.url(), "--token-file", token.toString()));
      all.addAll(List.of(more));
      int code = terminal.run(all.toArray(new String[0]));
      assertThat(api.requests()).allMatch(request -> request.method().equals("GET"));
      return code;
    }
  }

  @Test
  void madeUpRecords_checked_areRight_alsoAsTheAnswerOfAService() throws IOException {
    assertThat(check(mock(1) + "\n" + mock(2) + "\n")).isZero();
    assertThat(check("{\"records\":[" + mock(1) + "," + mock(2) + "]}", "-o", "json")).isZero();
    assertThat(terminal.out()).contains("\"records\"").contains("\"wrong\"");
  }

  @Test
  void wrongRecords_checked_areEachLocated_andNoValueIsShown() throws IOException {
    var wrong = mock(1).put("citizen_number", "999999199001010011").put("secret-item", "secret");
    var other = mock(2).put("integer", "secret").put("date", "2026-02-30").putNull("decimal");
    var lacking = mock(3);
    lacking.remove("text");
    var all = wrong + "\n" + other + "\nsecret\n" + lacking + "\n" + mock(4) + "\n";
    assertThat(check(all, "-o", "json")).isEqualTo(ExitCode.FINDINGS.number());
    JsonNode report = JSON.readTree(terminal.out());
    assertThat(report.path("records").asInt()).isEqualTo(5);
    assertThat(report.path("wrong").asInt()).isEqualTo(4);
    var found = new ArrayList<String>();
    report
        .path("findings")
        .forEach(one -> found.add(one.path("at").asText() + " " + one.path("item").asText()));
    assertThat(found)
        .containsExactly(
            "line 1 /citizen_number",
            "line 1 /secret-item",
            "line 2 /integer",
            "line 2 /decimal",
            "line 2 /date",
            "line 3, column 7 ",
            "line 4 /text");
    assertThat(terminal.out()).doesNotContain("\"secret\"").doesNotContain("999999199001010011");
  }

  @Test
  void nothing_orWhatIsNoFile_isNoSuccess() throws IOException {
    assertThat(check("")).isEqualTo(ExitCode.FINDINGS.number());
    assertThat(check("{\"records\":[]}")).isEqualTo(ExitCode.FINDINGS.number());
    assertThat(check("\n".repeat(300))).isEqualTo(ExitCode.FINDINGS.number());
    assertThat(terminal.out()).contains("200");
  }

  /** The same as what the gateway refuses, but for check characters, fractions and lengths. */
  @Test
  void verdicts_onGeneratedRecords_areThoseOfTheSchema() throws IOException {
    var schema =
        new FormSchemaCompiler().compile(JSON.valueToTree(RecordSchema.of(RESOURCE, 1)).toString());
    var check = new RecordCheck(JSON.valueToTree(RESOURCE.document()));
    var random = new Random(11);
    int wrong = 0;
    for (int i = 0; i < 5_000; i++) {
      var record = mock(i);
      var item = RESOURCE.items().get(random.nextInt(RESOURCE.items().size()));
      record.set(item.name(), JSON.readTree(VALUES.get(random.nextInt(VALUES.size()))));
      if (record.path("text").asText().isEmpty()
          || record.at("/citizen_number").asText().isEmpty()) {
        continue;
      }
      var refused = !schema.validate(record).isEmpty();
      wrong += refused ? 1 : 0;
      assertThat(!check.findings(record).isEmpty()).as(record.toString()).isEqualTo(refused);
    }
    assertThat(wrong).isBetween(2_000, 4_900);
  }
}

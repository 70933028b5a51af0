package govcloud.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Tag("slow")
final class GovcloudTest {
  @TempDir private Path folder;
  private Path token;
  private final TestTerminal terminal = new TestTerminal();

  @BeforeEach
  void writeToken() throws IOException {
    token = folder.resolve("token");
    Files.writeString(token, "secret\n");
  }

  private int run(TestApi api, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--url");
    all.add(api.url());
    all.add("--token-file");
    all.add(token.toString());
    return terminal.run(all.toArray(new String[0]));
  }

  private static List<CommandLine> everyCommand(CommandLine from) {
    List<CommandLine> all = new ArrayList<>(List.of(from));
    from.getSubcommands().values().forEach(sub -> all.addAll(everyCommand(sub)));
    return all;
  }

  @Test
  void everyCommand_help_beginsWithDescriptionAndExamples() {
    var all = everyCommand(Govcloud.commandLine(terminal.terminal(), Clock.systemUTC()));
    assertThat(all).hasSizeGreaterThan(40);
    for (CommandLine command : all) {
      String name = command.getCommandSpec().qualifiedName();
      String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
      assertThat(command.getCommandSpec().usageMessage().description()).as(name).isNotEmpty();
      assertThat(help).as(name).contains("Examples:\n  ").contains("\nUsage: ");
      assertThat(help.indexOf("Examples:")).as(name).isLessThan(help.indexOf("Usage: "));
    }
  }

  @Test
  void help_ofTheRoot_listsExitCodes() {
    assertThat(terminal.run("--help")).isZero();
    assertThat(terminal.out()).contains("130").contains("interrupted").contains("rate limited");
  }

  @Test
  void typo_run_suggestsAndFailsWithTwo() {
    assertThat(terminal.run("tenat", "list")).isEqualTo(2);
    assertThat(terminal.err()).contains("did you mean").contains("tenant");
    assertThat(terminal.out()).isEmpty();
  }

  @Test
  void typo_inJson_isAProblemObject() throws IOException {
    assertThat(terminal.run("tenant", "show", "a", "b", "-o", "json")).isEqualTo(2);
    assertThat(new ObjectMapper().readTree(terminal.err()).path("code").asText())
        .isEqualTo("USAGE");
  }

  @Test
  void noCloud_asked_saysHowToStartOne() {
    assertThat(terminal.run("status", "--home", folder.resolve("none").toString())).isEqualTo(9);
    assertThat(terminal.err()).contains("govcloud up");
  }

  @Test
  void list_asTableJsonAndLines_holdsTheSame() throws IOException {
    String answer =
        "{\"items\":[{\"tenant\":\"transport\",\"name\":{\"zh\":\"交通局\",\"en\":\"Transport\"},"
            + "\"status\":\"active\",\"plan\":\"small\"},{\"tenant\":\"t2\",\"status\":\"closed\"}]}";
    try (TestApi api = new TestApi(request -> TestApi.Answer.of(200, answer))) {
      assertThat(run(api, "tenant", "list")).isZero();
      assertThat(terminal.out()).contains("TENANT").contains("交通局 Transport").contains("closed");
      TestTerminal json = new TestTerminal();
      assertThat(
              json.run(
                  "tenant",
                  "list",
                  "-o",
                  "json",
                  "--url",
                  api.url(),
                  "--token-file",
                  token.toString()))
          .isZero();
      assertThat(new ObjectMapper().readTree(json.out()).path("items")).hasSize(2);
      TestTerminal lines = new TestTerminal();
      assertThat(
              lines.run(
                  "tenant",
                  "list",
                  "-o",
                  "jsonl",
                  "--url",
                  api.url(),
                  "--token-file",
                  token.toString()))
          .isZero();
      assertThat(lines.out().strip().split("\n", -1)).hasSize(2);
    }
  }

  @Test
  void everyPage_listed_isFetched() throws IOException {
    try (TestApi api =
        new TestApi(
            request ->
                request.target().contains("page_token=p2")
                    ? TestApi.Answer.of(200, "{\"items\":[{\"tenant\":\"b\"}]}")
                    : TestApi.Answer.of(
                        200, "{\"items\":[{\"tenant\":\"a\"}],\"next_page_token\":\"p2\"}"))) {
      assertThat(run(api, "tenant", "list", "-o", "jsonl")).isZero();
      assertThat(terminal.out()).contains("\"a\"").contains("\"b\"");
    }
  }

  @Test
  void problems_answered_giveTheirExitCodes() throws IOException {
    Map<Integer, Integer> expected =
        Map.of(400, 1, 401, 4, 403, 5, 404, 3, 409, 6, 412, 6, 422, 1, 428, 6, 500, 1);
    for (var entry : expected.entrySet()) {
      String problem = "{\"code\":\"SOME_CODE\",\"detail\":\"what is wrong\",\"errors\":[]}";
      try (TestApi api = new TestApi(request -> TestApi.Answer.of(entry.getKey(), problem))) {
        assertThat(run(api, "tenant", "show", "x")).as("%s", entry).isEqualTo(entry.getValue());
      }
    }
    assertThat(terminal.err()).contains("error: what is wrong (SOME_CODE)");
    assertThat(terminal.out()).isEmpty();
  }

  @Test
  void problem_inJson_isTheWholeObject() throws IOException {
    String problem = "{\"code\":\"TENANT_NOT_FOUND\",\"detail\":\"no\",\"extra\":7}";
    try (TestApi api = new TestApi(request -> TestApi.Answer.of(404, problem))) {
      assertThat(run(api, "tenant", "show", "x", "-o", "json")).isEqualTo(3);
      JsonNode written = new ObjectMapper().readTree(terminal.err());
      assertThat(written.path("extra").asInt()).isEqualTo(7);
      assertThat(written.path("code").asText()).isEqualTo("TENANT_NOT_FOUND");
    }
  }

  @Test
  void busyCloud_changed_isAskedAgainWithTheSameKey() throws IOException {
    int[] count = {0};
    try (TestApi api =
        new TestApi(
            request ->
                count[0]++ < 3
                    ? TestApi.Answer.of(503, "{\"code\":\"BUSY\",\"detail\":\"wait\"}")
                    : TestApi.Answer.of(200, "{\"id\":\"case/a/b/c\",\"version\":2}"))) {
      assertThat(run(api, "case", "comment", "a", "b", "c", "text")).isZero();
      assertThat(api.requests()).hasSize(4);
      assertThat(api.requests().stream().map(TestApi.Request::key).distinct()).hasSize(1);
      assertThat(api.requests().get(0).key()).startsWith("cli-");
    }
  }

  @Test
  void limitedDepartment_asked_givesUpAfterTheTimeoutWithSeven() throws IOException {
    try (TestApi api =
        new TestApi(
            request ->
                new TestApi.Answer(429, "{\"code\":\"RATE_LIMITED\"}", "Retry-After", "9"))) {
      assertThat(run(api, "tenant", "show", "x", "--timeout", "1")).isEqualTo(7);
      assertThat(api.requests()).hasSize(1);
    }
  }

  @Test
  void deadNode_asked_isReplacedByTheNext() throws IOException {
    try (TestApi api = new TestApi(request -> TestApi.Answer.of(200, "{\"items\":[]}"))) {
      int code =
          terminal.run(
              "tenant",
              "list",
              "--url",
              "http://127.0.0.1:1," + api.url(),
              "--token-file",
              token.toString());
      assertThat(code).isZero();
    }
  }

  @Test
  void noNode_asked_failsWithNine() {
    int code =
        terminal.run(
            "tenant",
            "list",
            "--url",
            "http://127.0.0.1:1",
            "--token-file",
            token.toString(),
            "--timeout",
            "0");
    assertThat(code).isEqualTo(9);
    assertThat(terminal.err()).contains("No answer from http://127.0.0.1:1");
  }

  @Test
  void missingToken_asked_failsWithFour() {
    int code =
        terminal.run(
            "tenant",
            "list",
            "--url",
            "http://127.0.0.1:1",
            "--token-file",
            folder.resolve("none").toString());
    assertThat(code).isEqualTo(4);
  }

  @Test
  void changeOfATenant_sent_carriesItsVersionAndActor() throws IOException {
    try (TestApi api =
        new TestApi(request -> new TestApi.Answer(200, "{\"id\":\"tenant/x\"}", "ETag", "\"7\""))) {
      assertThat(run(api, "tenant", "suspend", "x", "--reason", "r", "--as", "张三:operator"))
          .isZero();
      assertThat(api.requests().get(1).actingAs()).isEqualTo("%E5%BC%A0%E4%B8%89;role=operator");
      assertThat(api.requests().get(1).target()).isEqualTo("/v1/tenants/x/suspend");
    }
  }

  @Test
  void closing_withoutAnybodyToAsk_needsYes() throws IOException {
    try (TestApi api = new TestApi(request -> TestApi.Answer.of(200, "{}"))) {
      assertThat(run(api, "tenant", "close", "x", "--reason", "r")).isEqualTo(2);
      assertThat(api.requests()).isEmpty();
    }
  }

  @Test
  void unhealthyCluster_status_failsWithNine() throws IOException {
    String cluster =
        "{\"nodes\":[{\"name\":\"node-1\",\"status\":\"up\",\"slices\":[0]},{\"name\":\"node-2\","
            + "\"status\":\"unreachable\",\"slices\":[]}],\"unallocated\":[],\"attention\":[],"
            + "\"views\":[{\"view\":\"cases\",\"lag\":0.2}]}";
    try (TestApi api = new TestApi(request -> TestApi.Answer.of(200, cluster))) {
      assertThat(run(api, "status")).isEqualTo(9);
      assertThat(terminal.out()).contains("unreachable").contains("0.2 s");
    }
    try (TestApi api =
        new TestApi(r -> TestApi.Answer.of(200, cluster.replace("unreachable", "up")))) {
      assertThat(run(api, "status")).isZero();
    }
  }

  @Test
  void attention_inStatus_isReadableInTheUsersLanguage() throws IOException {
    String cluster =
        "{\"nodes\":[{\"name\":\"node-1\",\"status\":\"up\",\"slices\":[0]}],\"unallocated\":[],"
            + "\"attention\":[{\"code\":\"CASES_RED\",\"severity\":\"red\",\"subject\":\"2\","
            + "\"detail\":{\"zh\":\"2 件已超期\",\"en\":\"2 cases are late\"},"
            + "\"action\":{\"zh\":\"督办\",\"en\":\"ask\"}}],\"views\":[]}";
    try (TestApi api = new TestApi(request -> TestApi.Answer.of(200, cluster))) {
      assertThat(run(api, "status")).isZero();
      assertThat(terminal.out())
          .contains("CASES_RED")
          .contains("2 cases are late")
          .doesNotContain("{")
          .doesNotContain("超期");
    }
    assertThat(new TestTerminal(false, "", Map.of("LANG", "zh_CN.UTF-8")).terminal().language())
        .isEqualTo("zh");
    assertThat(
            new TestTerminal(false, "", Map.of("LANG", "zh_CN.UTF-8", "LC_ALL", "C"))
                .terminal()
                .language())
        .isEqualTo("en");
  }

  @Test
  void colours_used_onlyForPeopleWithoutNoColor() {
    assertThat(new TestTerminal(true, "", Map.of()).terminal().colours()).isTrue();
    assertThat(new TestTerminal(true, "", Map.of("NO_COLOR", "1")).terminal().colours()).isFalse();
    assertThat(new TestTerminal().terminal().colours()).isFalse();
  }

  @Test
  void completion_written_isAScript() {
    assertThat(terminal.run("completion")).isZero();
    assertThat(terminal.out()).contains("complete -F").contains("tenant").contains("import");
  }

  @Test
  void formThatIsNotJson_read_isLocated() throws IOException {
    try (TestApi api = new TestApi(request -> TestApi.Answer.of(200, "{}"))) {
      assertThat(run(api, "case", "act", "t", "a", "c", "accept", "--form", "{\"a\": }"))
          .isEqualTo(2);
      assertThat(terminal.err()).contains("line 1, column 7");
    }
  }
}

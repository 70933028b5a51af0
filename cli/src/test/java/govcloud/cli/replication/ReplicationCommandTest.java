package govcloud.cli.replication;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.cli.ExitCode;
import govcloud.cli.TestApi;
import govcloud.cli.TestTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplicationCommandTest {

  private static final String STATUS =
      """
      {"sibling":"mountain","transport":"https","state":"%s","recovery_point_age":12.5,
       "records":3,"bytes":900,"archived":7,"receipted":6,"missing":0,
       "would_lose":{"zh":"最近 12.5 秒内的 3 条记录","en":"3 records of the last 12.5 seconds"},
       "slices":[{"slice":0,"archived":4,"receipted":4,"records":0,"bytes":0},
        {"slice":1,"archived":3,"receipted":2,"records":3,"bytes":900,"problem":"%s"}]}""";

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
    all.addAll(List.of("--url", api.url(), "--token-file", token.toString()));
    return terminal.run(all.toArray(new String[0]));
  }

  @Test
  void status_siblingAway_saysWhatWouldBeLostAndEndsWithUnavailable() throws IOException {
    String away = STATUS.formatted("sibling_away", "connection refused");
    try (TestApi api = new TestApi(request -> TestApi.Answer.of(200, away))) {
      assertThat(run(api, "replication", "status")).isEqualTo(ExitCode.UNAVAILABLE.number());
      assertThat(terminal.out())
          .contains("sibling_away")
          .contains("3 records of the last 12.5 seconds")
          .doesNotContain("最近")
          .contains("connection refused");
    }
  }

  @Test
  void status_chineseTerminal_saysInChineseAloneWhatWouldBeLost() throws IOException {
    TestTerminal chinese = new TestTerminal(false, "", Map.of("LANG", "zh_CN.UTF-8"));
    String away = STATUS.formatted("sibling_away", "connection refused");
    try (TestApi api = new TestApi(request -> TestApi.Answer.of(200, away))) {
      chinese.run("replication", "status", "--url", api.url(), "--token-file", token.toString());
      assertThat(chinese.out()).contains("最近 12.5 秒内的 3 条记录").doesNotContain("records of the last");
    }
  }

  @Test
  void status_siteGivenUp_saysWhichCountsAndWhatIsLeft() throws IOException {
    String fenced =
        STATUS
            .formatted("fenced", "")
            .replaceFirst(
                "\"records\"",
                "\"given_up\":{\"site_epoch\":1,\"current_site_epoch\":2,\"orphans\":471},"
                    + "\"records\"");
    try (TestApi api = new TestApi(request -> TestApi.Answer.of(200, fenced))) {
      assertThat(run(api, "replication", "status")).isEqualTo(ExitCode.UNAVAILABLE.number());
      assertThat(terminal.out()).contains("fenced").containsPattern("orphans +471");
    }
  }

  @Test
  void orphans_left_areListedAndEndWithFindings() throws IOException {
    String page =
        "{\"items\":[{\"tenant\":\"housing\",\"entity\":\"case/housing/permits/c-1\","
            + "\"sequence\":3,\"at\":\"2026-03-02T04:00:00Z\",\"person\":\"zhang\","
            + "\"events\":[{\"type\":\"govcloud.case.action-taken.v1\"}]}]}";
    try (TestApi api = new TestApi(request -> TestApi.Answer.of(200, page))) {
      assertThat(run(api, "replication", "orphans", "--tenant", "housing"))
          .isEqualTo(ExitCode.FINDINGS.number());
      assertThat(api.requests().get(0).target()).contains("tenant=housing");
      assertThat(terminal.out())
          .contains("case/housing/permits/c-1")
          .contains("zhang")
          .contains("case.action-taken.v1");
    }
    try (TestApi api = new TestApi(request -> TestApi.Answer.of(200, "{\"items\":[]}"))) {
      assertThat(run(api, "replication", "orphans")).isZero();
    }
  }

  @Test
  void status_inStep_endsWell() throws IOException {
    String well = STATUS.formatted("in_step", "");
    try (TestApi api = new TestApi(request -> TestApi.Answer.of(200, well))) {
      assertThat(run(api, "replication", "status", "-o", "json")).isZero();
      assertThat(terminal.out()).contains("\"state\" : \"in_step\"");
    }
  }

  @Test
  void segments_moreThanWanted_stopsAtTheLimit() throws IOException {
    String page =
        "{\"items\":[{\"number\":9,\"receipted\":true},{\"number\":8,\"receipted\":true}],"
            + "\"next_page_token\":\"8\"}";
    try (TestApi api = new TestApi(request -> TestApi.Answer.of(200, page))) {
      assertThat(run(api, "replication", "segments", "--slice", "3", "--limit", "3")).isZero();
      assertThat(api.requests()).hasSize(2);
      assertThat(api.requests().get(1).target()).contains("slice=3").contains("page_token=8");
    }
  }

  private static TestApi.Answer verification(TestApi.Request request) {
    if (request.method().equals("POST")) {
      return TestApi.Answer.of(202, "{\"operation\":\"verification-1\"}");
    }
    return TestApi.Answer.of(
        200,
        request.target().startsWith("/v1/operations/")
            ? "{\"operation\":\"verification-1\",\"status\":\"succeeded\"}"
            : "{\"state\":\"findings\",\"findings\":[{\"code\":\"REPLICA_MISSING\","
                + "\"name\":\"segments/00003/x.gseg\",\"from\":0,\"to\":0,"
                + "\"detail\":\"a later one is there\"}]}");
  }

  @Test
  void verify_somethingWrong_namesItAndEndsWithFindings() throws IOException {
    try (TestApi api = new TestApi(ReplicationCommandTest::verification)) {
      assertThat(run(api, "replication", "verify")).isEqualTo(ExitCode.FINDINGS.number());
      assertThat(terminal.out()).contains("REPLICA_MISSING").contains("segments/00003/x.gseg");
    }
  }

  @Test
  void refill_begun_isWaitedFor() throws IOException {
    List<String> asked = new ArrayList<>();
    try (TestApi api =
        new TestApi(
            request -> {
              asked.add(request.method() + " " + request.target());
              return TestApi.Answer.of(
                  request.method().equals("POST") ? 202 : 200,
                  "{\"operation\":\"refill-1\",\"status\":\"succeeded\"}");
            })) {
      assertThat(run(api, "replication", "refill")).isEqualTo(ExitCode.OK.number());
      assertThat(asked)
          .containsExactly("POST /v1/replication/refill", "GET /v1/operations/refill-1");
      assertThat(terminal.err()).contains("refill-1: succeeded");
    }
  }

  @Test
  void alarms_listed_saySinceAndUntilWhen_andCanBeThoseThatAreRaised() throws IOException {
    String alarms =
        """
        {"items":[{"kind":"SIBLING_AWAY","subject":"mountain","detail":"refused",
           "node":"127.0.0.1:7355","since":"2026-03-02T04:00:00Z"},
          {"kind":"CUT_OLD","subject":"cut","detail":"there is none","node":"127.0.0.1:7355",
           "since":"2026-03-01T04:00:00Z","until":"2026-03-01T05:00:00Z"}]}""";
    try (TestApi api = new TestApi(request -> TestApi.Answer.of(200, alarms))) {
      assertThat(run(api, "replication", "alarms")).isEqualTo(ExitCode.OK.number());
      assertThat(terminal.out()).contains("SIBLING_AWAY", "mountain", "CUT_OLD");
    }
    TestTerminal other = new TestTerminal();
    try (TestApi api = new TestApi(request -> TestApi.Answer.of(200, alarms))) {
      other.run(
          "replication",
          "alarms",
          "--raised",
          "--url",
          api.url(),
          "--token-file",
          token.toString());
      assertThat(other.out()).contains("SIBLING_AWAY").doesNotContain("CUT_OLD");
    }
  }
}

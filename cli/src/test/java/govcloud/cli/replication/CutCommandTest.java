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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CutCommandTest {

  @TempDir private Path folder;
  private Path token;
  private final TestTerminal terminal = new TestTerminal();
  private int looks;

  @BeforeEach
  void writeToken() throws IOException {
    token = folder.resolve("token");
    Files.writeString(token, "secret\n");
  }

  private int run(TestApi api, String... arguments) {
    List<String> all = new ArrayList<>(List.of("replication", "cut"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--url", api.url(), "--token-file", token.toString()));
    return terminal.run(all.toArray(new String[0]));
  }

  /** A cut that is sealed at the second look and countersigned at the fourth. */
  private TestApi.Answer answer(TestApi.Request request) {
    String state = "closing";
    if (request.method().equals("GET")) {
      looks++;
      state = looks < 2 ? "sealing" : looks < 4 ? "sealed" : "countersigned";
    }
    String cut = "{\"number\":7,\"state\":\"" + state + "\",\"records\":12}";
    return TestApi.Answer.of(
        request.method().equals("POST") ? 202 : 200,
        request.target().contains("limit") ? "{\"items\":[" + cut + "]}" : cut);
  }

  @Test
  void cut_waitsUntilItIsSealed_orCountersigned() throws IOException {
    try (TestApi api = new TestApi(this::answer)) {
      assertThat(run(api)).isZero();
      assertThat(looks).isEqualTo(2);
      assertThat(terminal.out()).contains("sealed", "12");
      assertThat(api.requests().get(0).target()).isEqualTo("/v1/replication/cuts");
      assertThat(run(api, "--countersigned")).isZero();
      assertThat(looks).isEqualTo(4);
    }
  }

  @Test
  void cut_thatIsNotSealedInTime_isATimeout() throws IOException {
    try (TestApi api =
        new TestApi(
            request ->
                TestApi.Answer.of(
                    200, "{\"number\":7,\"state\":\"sealing\",\"problem\":\"archive full\"}"))) {
      assertThat(run(api, "--timeout", "1")).isEqualTo(ExitCode.TIMEOUT.number());
      assertThat(terminal.err()).contains("CUT_UNDER_WAY", "archive full");
    }
  }

  /** The first look finds nothing: the node that had begun the cut has died. */
  private TestApi.Answer forgotten(TestApi.Request request) {
    return request.method().equals("GET") && ++looks == 1
        ? TestApi.Answer.of(404, "{\"code\":\"NOT_FOUND\",\"status\":404,\"detail\":\"cut 7\"}")
        : answer(request);
  }

  @Test
  void cut_thatNobodyKnowsOf_isAskedForAgain() throws IOException {
    try (TestApi api = new TestApi(this::forgotten)) {
      assertThat(run(api)).isZero();
      assertThat(api.requests().stream().map(TestApi.Request::method))
          .containsExactly("POST", "GET", "POST", "GET");
    }
  }

  @Test
  void list_andShow_askForCuts() throws IOException {
    try (TestApi api = new TestApi(this::answer)) {
      assertThat(run(api, "list", "--limit", "5")).isZero();
      assertThat(run(api, "show", "7")).isZero();
      assertThat(api.requests().stream().map(TestApi.Request::target))
          .containsExactly("/v1/replication/cuts?limit=5", "/v1/replication/cuts/7");
    }
  }
}

package govcloud.cli.exchange;

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

class CloudsCommandTest {
  private static final String CLOUDS =
      """
      {"known":[{"cloud":"harbour","fingerprint":"00ff","addresses":["10.1.0.5:8446"],
                 "departments":{"transport":"mountain-transport"}}],
       "agreements":[{"consumer":"transport","agreement":"violations","cloud":"harbour",
                      "provider":"police@harbour","resource":"traffic-violations",
                      "address":"ce0b","valid_until":"2027-03-02T00:00:00Z"}],
       "defects":["transport/wider.json: EXCHANGE_CLOUD_SIGNATURE_WRONG"]}
      """;

  @TempDir private Path folder;
  private Path token;
  private final TestTerminal terminal = new TestTerminal();

  @BeforeEach
  void writeToken() throws IOException {
    token = Files.writeString(folder.resolve("token"), "secret\n");
  }

  private int run(TestApi api, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--url", api.url(), "--token-file", token.toString()));
    return terminal.run(all.toArray(new String[0]));
  }

  @Test
  void clouds_listed_areShownWithWhatDoesNotCount() throws IOException {
    try (TestApi api = new TestApi(request -> TestApi.Answer.of(200, CLOUDS))) {
      assertThat(run(api, "exchange", "clouds")).isZero();
      assertThat(terminal.out()).contains("harbour", "00ff", "10.1.0.5:8446");
      assertThat(terminal.out() + terminal.err()).contains("wider.json");
      assertThat(run(api, "exchange", "clouds", "--agreements")).isZero();
      assertThat(terminal.out()).contains("police@harbour", "violations", "ce0b");
      assertThat(api.requests().get(0).target()).isEqualTo("/v1/exchange/clouds");
    }
  }

  private Path handedOver(String department, String agreement, String address) throws IOException {
    return Files.writeString(
        folder.resolve("document.json"),
        "{\"body\":{\"department\":\"%s\"},\"head\":{\"agreement\":\"%s\",\"address\":\"%s\"}}"
            .formatted(department, agreement, address));
  }

  private int take(TestApi api, Path document) {
    return run(
        api,
        "agreement",
        "take",
        document.toString(),
        "--folder",
        folder.resolve("agreements").toString());
  }

  @Test
  void agreement_taken_liesWhereTheNodesLook_andIsKnownToThem() throws IOException {
    try (TestApi api = new TestApi(request -> TestApi.Answer.of(200, CLOUDS))) {
      Path document = handedOver("transport", "violations", "ce0b");
      assertThat(take(api, document)).isZero();
      assertThat(folder.resolve("agreements/transport/violations.json"))
          .hasSameBinaryContentAs(document);
      assertThat(take(api, handedOver("transport", "wider", "ce0b")))
          .isEqualTo(ExitCode.FAILED.number());
      assertThat(terminal.err())
          .contains("AGREEMENT_NOT_TAKEN", "wider.json: EXCHANGE_CLOUD_SIGNATURE_WRONG");
    }
  }

  @Test
  void agreement_whoseNameLeadsOutOfTheFolder_isNotTaken() throws IOException {
    try (TestApi api = new TestApi(request -> TestApi.Answer.of(200, CLOUDS))) {
      assertThat(take(api, handedOver("..", "violations", "ce0b")))
          .isEqualTo(ExitCode.FAILED.number());
      assertThat(terminal.err()).contains("AGREEMENT_MALFORMED", "/body/department: \"..\"");
      assertThat(folder.resolve("violations.json")).doesNotExist();
      assertThat(api.requests()).isEmpty();
    }
  }

  @Test
  void agreement_handedOver_isAFileAsItCame_andReplacesNone() throws IOException {
    Path file = folder.resolve("violations.json");
    try (TestApi api = new TestApi(request -> TestApi.Answer.of(200, "{\"body\":{}}"))) {
      String[] command = {
        "agreement", "hand-over", "police", "mountain-transport/violations", "--to", file.toString()
      };
      assertThat(run(api, command)).isZero();
      assertThat(file).hasContent("{\"body\":{}}");
      assertThat(api.requests().get(0).target())
          .isEqualTo("/v1/tenants/police/agreements/mountain-transport/violations/document");
      assertThat(run(api, command)).isEqualTo(ExitCode.FAILED.number());
      assertThat(file).hasContent("{\"body\":{}}");
    }
  }
}

package govcloud.cli.exchange;

import static org.assertj.core.api.Assertions.assertThat;

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

class SubscriptionCommandTest {
  private static final String SUBSCRIPTION =
      """
      {"id":"0f0e0d0c0b0a09080706050403020100","consumer":"roads","agreement":"licences",
       "provider":"police","state":"active","case":"permits/c-1",
       "created_at":"2026-11-29T08:30:00Z","until":"2027-03-02T00:00:00Z","acknowledged":16}
      """;
  private static final String CHANGES =
      """
      {"changes":[
         {"sequence":17,"id":"3c","at":"2026-11-29T08:31:00Z",
          "answer":{"records":[{"state":"revoked"}],"evidence":{"index":41}}},
         {"sequence":19,"id":"3d","at":"2026-11-29T08:32:00Z",
          "refusal":{"code":"EXCHANGE_ANSWER_MALFORMED","evidence":{"index":42}}}],
       "next":19,"more":true}
      """;
  private static final String CALLBACK =
      """
      {"address":"https://roads.gov.example/a","declared_by":"qian",
       "declared_at":"2026-11-29T08:30:00Z","key":"harbour.dQ"}
      """;

  @TempDir private Path folder;
  private Path token;
  private final TestTerminal terminal = new TestTerminal();

  @BeforeEach
  void writeToken() throws IOException {
    token = Files.writeString(folder.resolve("token"), "secret\n");
  }

  private int run(TestApi api, String... arguments) {
    List<String> all = new ArrayList<>(List.of("exchange"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--url", api.url(), "--token-file", token.toString()));
    return terminal.run(all.toArray(new String[0]));
  }

  @Test
  void subscription_begun_saysWhatIsWantedAndBecauseOfWhat() throws IOException {
    try (TestApi api = new TestApi(request -> TestApi.Answer.of(201, SUBSCRIPTION))) {
      assertThat(
              run(
                  api,
                  "subscription",
                  "begin",
                  "licences",
                  "--tenant=roads",
                  "--case=permits/c-1",
                  "--subject=99999919900101123X",
                  "--field=state",
                  "--callback",
                  "--idempotency-key=k-1"))
          .isZero();
      TestApi.Request sent = api.requests().get(0);
      assertThat(sent.method() + " " + sent.target() + " " + sent.key())
          .isEqualTo("POST /v1/tenants/roads/exchange/licences/subscriptions k-1");
      assertThat(sent.body().toString())
          .isEqualTo(
              "{\"callback\":true,\"case\":{\"app\":\"permits\",\"case\":\"c-1\"},"
                  + "\"subject\":{\"number\":\"99999919900101123X\"},\"fields\":[\"state\"]}");
      assertThat(terminal.out()).contains("0f0e0d0c", "police", "permits/c-1");
    }
  }

  @Test
  void changes_fetched_showRecordRefusalAndWhereToGoOn() throws IOException {
    try (TestApi api = new TestApi(request -> TestApi.Answer.of(200, CHANGES))) {
      assertThat(run(api, "subscription", "changes", "roads", "0f0e", "--after=16")).isZero();
      assertThat(api.requests().get(0).target())
          .startsWith("/v1/tenants/roads/exchange/subscriptions/0f0e/changes?")
          .contains("after=16", "wait=0");
      assertThat(terminal.out())
          .contains("{\"state\":\"revoked\"}", "41", "EXCHANGE_ANSWER_MALFORMED", "42");
      assertThat(terminal.out() + terminal.err()).contains("--after 19", "more already");
    }
  }

  @Test
  void subscription_ended_isShown() throws IOException {
    try (TestApi api =
        new TestApi(request -> TestApi.Answer.of(200, SUBSCRIPTION.replace("active", "ended")))) {
      assertThat(run(api, "subscription", "end", "roads", "0f0e")).isZero();
      assertThat(api.requests().get(0).method()).isEqualTo("DELETE");
      assertThat(terminal.out()).contains("ended");
    }
  }

  @Test
  void callback_declared_showsTheKeyThatSigns() throws IOException {
    try (TestApi api = new TestApi(request -> TestApi.Answer.of(200, CALLBACK))) {
      assertThat(run(api, "callback", "declare", "roads", "https://roads.gov.example/a")).isZero();
      TestApi.Request sent = api.requests().get(0);
      assertThat(sent.method() + " " + sent.target())
          .isEqualTo("PUT /v1/tenants/roads/exchange/callback");
      assertThat(sent.body().path("address").asText()).isEqualTo("https://roads.gov.example/a");
      assertThat(terminal.out()).contains("harbour.dQ", "qian");
    }
  }
}

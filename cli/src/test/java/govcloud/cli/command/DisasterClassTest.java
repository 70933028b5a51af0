package govcloud.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.cli.TestApi;
import govcloud.cli.TestTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much may be lost with a site, as the command line asks for it and shows it. */
final class DisasterClassTest {

  private static final String RECEIPT =
      "{\"id\":\"tenant/transport\",\"version\":4,\"status\":\"active\","
          + "\"at\":\"2026-03-02T01:15:27.113Z\",\"replayed\":false}";

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

  private static TestApi.Answer versioned(TestApi.Request request) {
    return new TestApi.Answer(200, RECEIPT, "ETag", "\"3\"");
  }

  @Test
  void tenant_changeDisasterClass_patchesIt() throws IOException {
    try (TestApi api = new TestApi(DisasterClassTest::versioned)) {
      assertThat(run(api, "tenant", "change-disaster-class", "transport", "zero_loss")).isZero();
      var change = api.requests().get(1);
      assertThat(change.method()).isEqualTo("PATCH");
      assertThat(change.target()).isEqualTo("/v1/tenants/transport");
      assertThat(change.body().path("disaster_class").asText()).isEqualTo("zero_loss");
    }
  }

  @Test
  void app_changeDisasterClass_postsItsOwn() throws IOException {
    try (TestApi api = new TestApi(DisasterClassTest::versioned)) {
      assertThat(run(api, "app", "change-disaster-class", "transport", "permits", "inherited"))
          .isZero();
      var change = api.requests().get(1);
      assertThat(change.method()).isEqualTo("POST");
      assertThat(change.target())
          .isEqualTo("/v1/tenants/transport/apps/permits/change-disaster-class");
      assertThat(change.body().path("disaster_class").asText()).isEqualTo("inherited");
    }
  }

  @Test
  void apps_listed_showTheirClass() throws IOException {
    String answer =
        "{\"items\":[{\"tenant\":\"transport\",\"app\":\"permits\",\"disaster_class\":\"zero_loss\"}]}";
    try (TestApi api = new TestApi(request -> TestApi.Answer.of(200, answer))) {
      assertThat(run(api, "app", "list")).isZero();
      assertThat(terminal.out()).contains("CLASS").contains("zero_loss");
    }
  }

  private TestApi replicated(String word) throws IOException {
    return new TestApi(request -> new TestApi.Answer(200, RECEIPT, "Govcloud-Replicated", word));
  }

  @Test
  void zeroLoss_change_asksForItAndSaysThatTheSiblingHasIt() throws IOException {
    try (TestApi api = replicated("yes")) {
      assertThat(
              run(
                  api,
                  "tenant",
                  "suspend",
                  "transport",
                  "--reason",
                  "audit",
                  "--if-match",
                  "3",
                  "--zero-loss"))
          .isZero();
      assertThat(api.requests().get(0).disasterClass()).isEqualTo("zero_loss");
      assertThat(terminal.err()).contains("The sibling cloud has it.");
    }
  }

  @Test
  void change_notReplicated_saysSo() throws IOException {
    try (TestApi api = replicated("no")) {
      assertThat(run(api, "tenant", "activate", "transport", "--if-match", "3")).isZero();
      assertThat(api.requests().get(0).disasterClass()).isEqualTo("null");
      assertThat(terminal.err()).contains("the sibling cloud does not have it");
    }
  }

  @Test
  void notYetReplicated_change_isSentAgainWithTheSameKeyUntilItIs() throws IOException {
    var asked = new AtomicInteger();
    try (TestApi api =
        new TestApi(
            request ->
                asked.incrementAndGet() == 1
                    ? new TestApi.Answer(
                        504, "{\"code\":\"NOT_YET_REPLICATED\"}", "Govcloud-Replicated", "no")
                    : new TestApi.Answer(200, RECEIPT, "Govcloud-Replicated", "yes"))) {
      assertThat(run(api, "tenant", "activate", "transport", "--if-match", "3")).isZero();
      assertThat(api.requests()).hasSize(2);
      assertThat(api.requests().get(1).key()).isEqualTo(api.requests().get(0).key());
      assertThat(terminal.err()).contains("The sibling cloud has it.");
    }
  }
}

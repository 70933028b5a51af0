package govcloud.cli.replication;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.cli.TestApi;
import govcloud.cli.TestTerminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AskedFailoverTest {
  private static final Path RUNBOOK = Path.of("../docs/runbook-site-loss.md");

  @TempDir private Path folder;
  private final TestTerminal terminal = new TestTerminal();

  /** Section 2a as it stands. */
  @Test
  void cutOfTheRunbook_isWhatOfficersAreAskedToSign() throws Exception {
    String line =
        Files.readAllLines(RUNBOOK).stream()
            .filter(one -> one.startsWith("./govcloud replication failover") && one.contains("cut"))
            .findFirst()
            .orElseThrow();
    Path token = Files.writeString(folder.resolve("token"), "secret\n");
    List<String> words = new ArrayList<>(List.of(line.strip().split("\\s+", -1)));
    words.remove(0);
    try (TestApi api =
        new TestApi(request -> TestApi.Answer.of(200, "{\"operation\":\"failover-4be1\"}"))) {
      words.addAll(List.of("--url", api.url(), "--token-file", token.toString()));
      assertThat(terminal.run(words.toArray(String[]::new))).as(terminal.err()).isZero();
      TestApi.Request asked = api.requests().get(0);
      assertThat(asked.method() + " " + asked.target()).isEqualTo("POST /v1/replication/failovers");
      assertThat(asked.body().toString()).contains("\"keyspace\":\"govcloud_g2\",\"cut\":12");
    }
  }
}

package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.ledger.note.TrustPolicy;
import govcloud.node.exchange.WitnessProcess;
import govcloud.node.http.Client;
import govcloud.node.http.Client.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/** An audit office cosigns the ledger of a cloud without sibling; while it is away all goes on. */
final class ThirdWitnessWalk implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final WitnessProcess process;

  ThirdWitnessWalk(Path folder, String log) throws Exception {
    process = new WitnessProcess(folder.resolve("audit-office"), log);
    process.start();
  }

  /** Settings of the nodes. */
  String settings() throws Exception {
    return "govcloud.exchange.witness.third { address = \"%s\", key = \"%s\" }\n"
        .formatted(process.address(), process.verifier());
  }

  /**
   * Goes through it.
   *
   * @param ask asks another department once more
   */
  void walk(Client client, Supplier<Answer> ask) throws Exception {
    String policy = client.send("GET", "/v1/ledger/policy", null).response().body();
    assertThat(policy).contains("witness third " + process.verifier(), "quorum none");
    TrustPolicy trust =
        TrustPolicy.parse(
            policy.replace("quorum none", "quorum third").getBytes(StandardCharsets.UTF_8), "own");
    cosigned(client, trust, ask.get());
    process.kill();
    Answer away = ask.get();
    assertThat(away.status()).as(away.response().body()).isEqualTo(200);
    await()
        .atMost(SOON)
        .until(
            () ->
                status(client)
                    .at("/third_witness/problem")
                    .asText()
                    .startsWith("LEDGER_WITNESS_AWAY"));
    assertThat(status(client).path("state").asText()).isEqualTo("behind");
    long index = away.json().at("/evidence/index").asLong();
    assertThat(client.send("GET", "/v1/ledger/proofs/" + index, null).status()).isEqualTo(200);
    process.start();
    cosigned(client, trust, away);
    assertThat(status(client).path("third_witness").has("problem")).isFalse();
  }

  private static JsonNode status(Client client) {
    return client.send("GET", "/v1/ledger/status", null).json();
  }

  /** The entry of an answer is in a state that the audit office cosigned. */
  private static void cosigned(Client client, TrustPolicy trust, Answer answer) {
    long index = answer.json().at("/evidence/index").asLong();
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              Answer state = client.send("GET", "/v1/ledger/cosigned", null);
              assertThat(state.status()).isEqualTo(200);
              var checked =
                  trust.check(state.response().body().getBytes(StandardCharsets.UTF_8), "cosigned");
              assertThat(checked.enough()).isTrue();
              assertThat(checked.size()).isGreaterThan(index);
            });
  }

  @Override
  public void close() {
    process.close();
  }
}

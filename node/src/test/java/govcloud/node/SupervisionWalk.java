package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.node.http.Client;
import govcloud.node.http.Client.Answer;
import java.time.Duration;

/**
 * An audit administrator sees who shares what with whom, and what was refused; nobody else does.
 */
final class SupervisionWalk {
  private static final String AUDITOR = "wu;role=audit-administrator";

  private final Client client;

  SupervisionWalk(Client client) {
    this.client = client;
  }

  private Answer get(String path, String who) {
    return client.send("GET", path, null, "Govcloud-Acting-As", who);
  }

  /** What the auditor sees, in a language. */
  String page(String language) {
    return get("/supervision?lang=" + language, AUDITOR).response().body();
  }

  void walk() {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              Answer answer = get("/v1/supervision", AUDITOR);
              assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
              JsonNode crossing = answer.json().at("/crossings/0");
              assertThat(crossing.path("consumer").asText()).isEqualTo("transport");
              assertThat(crossing.path("provider").asText()).isEqualTo("police");
              assertThat(crossing.path("permitted").asLong()).isPositive();
              assertThat(crossing.at("/refusals/EXCHANGE_SUBJECT_NOT_PARTY").asLong()).isPositive();
              assertThat(crossing.at("/refusals/EXCHANGE_POLICY_DENIED").asLong()).isEqualTo(1);
              long all = crossing.path("permitted").asLong() + crossing.path("refused").asLong();
              assertThat(answer.json().path("looked_through").asLong()).isEqualTo(all);
            });
    assertThat(page("zh")).contains("谁与谁共享什么", "EXCHANGE_SUBJECT_NOT_PARTY", "待答复的申请");
    assertThat(page("en")).contains("Who shares what with whom", "transport");
  }
}

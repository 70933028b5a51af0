package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.node.exchange.CalledBack;
import govcloud.node.http.Client;
import govcloud.node.http.Client.Answer;
import java.time.Duration;

/** A department that has declared a callback is called back with a recall of what it was told. */
final class RecallCallback {

  private final Client client;

  RecallCallback(Client client) {
    this.client = client;
  }

  void walk(CalledBack department, String subject) {
    Answer issued =
        client.send(
            "PUT",
            "/v1/tenants/police/recalls/licence-1",
            """
            {"resource":"licences","subject":{"number":"%s"},"fields":["case_status"],\
            "since":"2020-01-01T00:00:00Z","reason":"状态有误"}"""
                .formatted(subject),
            "Govcloud-Acting-As",
            "sun;role=data-officer");
    assertThat(issued.status()).as(issued.response().body()).isEqualTo(201);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              JsonNode last = department.received().get(department.received().size() - 1);
              assertThat(last.path("kind").asText()).isEqualTo("recall");
              assertThat(last.at("/recall/recall").asText()).isEqualTo("licence-1");
              assertThat(last.at("/recall/due").asText()).isNotEmpty();
              assertThat(last.at("/recall/cases/0/case").asText()).startsWith("subscription:");
              assertThat(last.toString()).doesNotContain(subject);
            });
  }
}

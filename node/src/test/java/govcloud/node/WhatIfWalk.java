package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.node.http.Client;
import govcloud.node.http.Client.Answer;
import java.time.Duration;

/** Both parties see which of the recorded calls another policy would decide otherwise. */
final class WhatIfWalk {
  private static final String PATH = "/v1/tenants/%s/agreements/transport/violations/what-if";
  private static final String OFFICER = "sun;role=data-officer";

  private final Client client;

  WhatIfWalk(Client client) {
    this.client = client;
  }

  private Answer ask(String tenant, String policy) {
    return client.send(
        "POST",
        PATH.formatted(tenant),
        "{\"policy\":\"" + policy + "\"}",
        "Govcloud-Acting-As",
        OFFICER);
  }

  private JsonNode found(String policy) {
    Answer answer = ask("police", policy);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    return answer.json();
  }

  /** After queries of clerks that passed, and one of a reviewer that the policy denied. */
  void walk(String subject) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(found("true").path("now_permitted").asLong()).isEqualTo(1));
    JsonNode same = found("role == 'window-clerk'");
    assertThat(same.path("now_permitted").asLong() + same.path("now_denied").asLong()).isZero();
    assertThat(same.path("asked").asLong()).isGreaterThan(1);
    assertThat(same.path("not_asked").asLong()).isPositive();
    JsonNode wider = found("role == 'reviewer' || role == 'window-clerk'");
    assertThat(wider.path("now_permitted").asLong()).isEqualTo(1);
    assertThat(wider.at("/examples/0/was").asText()).isEqualTo("deny");
    assertThat(wider.at("/examples/0/would_be").asText()).isEqualTo("permit");
    assertThat(wider.at("/examples/0/input/role").asText()).isEqualTo("reviewer");
    assertThat(wider.toString()).doesNotContain(subject);
    JsonNode none = found("1 / (hour - hour) > 0");
    assertThat(none.path("failed").asLong()).isEqualTo(none.path("asked").asLong());
    assertThat(none.path("now_denied").asLong()).isEqualTo(none.path("asked").asLong() - 1);
    assertThat(ask("transport", "true").status()).isEqualTo(200);
    assertThat(ask("police", "1 +").code()).isEqualTo("AGREEMENT_INVALID");
    assertThat(ask("police", "1").code()).isEqualTo("AGREEMENT_INVALID");
  }
}

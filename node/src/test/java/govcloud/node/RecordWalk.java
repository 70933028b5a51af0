package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.exchange.evidence.Material;
import govcloud.exchange.evidence.Replay;
import govcloud.ledger.leaf.Entry;
import govcloud.ledger.leaf.Leaf;
import govcloud.ledger.leaf.Opening;
import govcloud.ledger.note.LogProof;
import govcloud.node.http.Client;
import govcloud.node.http.Client.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** An auditor takes home what a verdict follows from; parties open one field that is disputed. */
final class RecordWalk {
  private static final String RECORDS = "/v1/exchange/records/transport/%s/";
  private static final String OWN = "/v1/tenants/%s/exchange-records/transport/%s/opening";
  private static final String AUDITOR = "wu;role=audit-administrator";
  private static final String OFFICER = "sun;role=data-officer";

  private final Client client;

  RecordWalk(Client client) {
    this.client = client;
  }

  private Answer post(String path, String body, String who) {
    return client.send("POST", path, body, "Govcloud-Acting-As", who);
  }

  private static byte[] bytes(Answer answer) {
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    return answer.response().body().getBytes(StandardCharsets.UTF_8);
  }

  private Entry entry(JsonNode evidence) throws Exception {
    Answer proof = client.send("GET", "/v1/ledger/proofs/" + evidence.path("index"), null);
    return (Entry) Leaf.parse(LogProof.parse(bytes(proof), "proof").extra().orElseThrow(), "entry");
  }

  /**
   * Goes through both.
   *
   * @param permitted an answer, not of a subscription
   * @param denied a problem of which the policy is the reason
   * @param subject whom both are about
   */
  void walk(Answer permitted, Answer denied, String subject) throws Exception {
    isFoundAgain(permitted.json().path("evidence"), "permit", subject);
    isFoundAgain(denied.json().path("evidence"), "deny", subject);
    isOpenedByBothParties(permitted.json());
  }

  private void isFoundAgain(JsonNode evidence, String verdict, String subject) throws Exception {
    String path = RECORDS.formatted(evidence.path("exchange").asText()) + "material";
    Entry entry = entry(evidence);
    Material closed = Material.parse(bytes(post(path, "{}", AUDITOR)), "material");
    assertThat(closed.openings()).isEmpty();
    assertThat(closed.document().toString()).doesNotContain(subject);
    Material open =
        Material.parse(bytes(post(path, "{\"open\":[\"subject\",\"clerk\"]}", AUDITOR)), "m");
    Replay replay = Replay.of(entry, open, "material");
    assertThat(replay.findings()).isEmpty();
    assertThat(List.of(replay.recorded(), replay.found())).containsOnly(verdict);
    for (String text : open.openings()) {
      Opening.parse(text.getBytes(StandardCharsets.UTF_8), "opening").check(entry, "opening");
    }
    Opening first =
        Opening.parse(open.openings().get(0).getBytes(StandardCharsets.UTF_8), "opening");
    assertThat(new String(first.value(), StandardCharsets.UTF_8)).isEqualTo(subject);
    String none = RECORDS.formatted("0".repeat(32)) + "material";
    assertThat(post(none, "{}", AUDITOR).status()).isEqualTo(404);
  }

  private void isOpenedByBothParties(JsonNode answer) throws Exception {
    String exchange = answer.at("/evidence/exchange").asText();
    List<String> values = answer.path("records").findValuesAsText("driver_number");
    String body =
        "{\"field\":\"driver_number\",\"values\":[\"" + String.join("\",\"", values) + "\"]}";
    Entry entry = entry(answer.path("evidence"));
    for (String party : List.of("transport", "police")) {
      Answer opened = post(OWN.formatted(party, exchange), body, OFFICER);
      Opening opening = Opening.parse(bytes(opened), "opening");
      assertThat(opening.name()).isEqualTo("field.driver_number");
      opening.check(entry, "opening");
    }
    bytes(post(RECORDS.formatted(exchange) + "opening", body, AUDITOR));
    String other = body.replaceFirst("[*]", "0");
    assertThat(post(OWN.formatted("police", exchange), other, OFFICER).code())
        .isEqualTo("EXCHANGE_VALUES_OTHER");
    String hidden = "{\"field\":\"picture\",\"values\":[null]}";
    assertThat(post(OWN.formatted("police", exchange), hidden, OFFICER).status()).isEqualTo(404);
    assertThat(post(OWN.formatted("roads", exchange), body, OFFICER).status()).isEqualTo(404);
  }
}

package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.node.http.Client;
import govcloud.node.http.Client.Answer;
import java.time.Duration;

/** A citizen and a clerk hold a value to be wrong; the police correct it for one of them. */
final class CorrectionWalk {

  private static final String CITIZEN = "wang-xiaoming;role=citizen";
  private static final String CLERK = "zhang-san;role=window-clerk";
  private static final String OFFICER = "sun;role=data-officer";
  private static final String POLICE = "/v1/tenants/police/corrections";
  private static final String ASKED = "/v1/tenants/transport/asked-corrections";

  private final Client client;

  CorrectionWalk(Client client) {
    this.client = client;
  }

  private Answer as(String who, String method, String path, String body) {
    return client.send(method, path, body, "Govcloud-Acting-As", who);
  }

  private JsonNode listed(String who, String path, Answer seen) {
    Answer answer =
        client.send(
            "GET",
            path,
            null,
            "Consistency-Token",
            seen.header("X-Consistency-Token"),
            "Govcloud-Acting-As",
            who);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    assertThat(answer.response().body()).doesNotContain("川A00001").doesNotContain("zhang-san");
    return answer.json().path("items");
  }

  private JsonNode given() {
    for (JsonNode look : as(CITIZEN, "GET", "/v1/me/accesses", null).json().path("items")) {
      if (look.path("outcome").asText().equals("permitted")) {
        return look;
      }
    }
    throw new AssertionError("no look that was permitted");
  }

  private static String body(String exchange, String field) {
    return "{%s\"field\":\"%s\",\"value\":\"川A00001\",\"reason\":\"与行驶证不符\"}"
        .formatted(exchange, field);
  }

  void walk(String number) {
    JsonNode look = given();
    String exchange = look.path("exchange").asText();
    String field = look.at("/fields/0").asText();
    String mine = "/v1/me/accesses/transport/" + exchange + "/corrections";
    assertThat(as(CITIZEN, "POST", mine, body("", "colour")).code())
        .isEqualTo("CORRECTION_FIELD_UNKNOWN");
    Answer asked = as(CITIZEN, "POST", mine, body("", field));
    assertThat(asked.json().path("status").asText()).as(asked.response().body()).isEqualTo("open");
    String named = "\"exchange\":\"" + exchange + "\",";
    assertThat(as("li-si;role=window-clerk", "POST", ASKED, body(named, field)).code())
        .isEqualTo("CORRECTION_PARTY_WRONG");
    Answer clerk = as(CLERK, "POST", ASKED, body(named, field));
    assertThat(clerk.status()).as(clerk.response().body()).isEqualTo(200);
    assertThat(listed(CLERK, ASKED, clerk)).hasSize(1);
    assertThat(listed(OFFICER, POLICE, clerk)).hasSize(2);
    String one = POLICE + "/" + exchange + "/citizen/" + field;
    JsonNode opened = as(OFFICER, "GET", one, null).json();
    assertThat(opened.path("value").asText()).isEqualTo("川A00001");
    assertThat(opened.path("subject").asText()).isEqualTo(number);
    isAnswered(one, POLICE + "/" + exchange + "/office/" + field);
  }

  private void isAnswered(String citizens, String offices) {
    String accept = "{\"outcome\":\"accepted\",\"reason\":\"车牌<有误>，已更正\"%s}";
    assertThat(as(OFFICER, "POST", citizens + "/answer", accept.formatted("")).code())
        .isEqualTo("CORRECTION_TEXT_INVALID");
    String since = accept.formatted(",\"since\":\"2020-01-01T00:00:00Z\"");
    Answer accepted = as(OFFICER, "POST", citizens + "/answer", since);
    assertThat(accepted.json().path("status").asText())
        .as(accepted.response().body())
        .isEqualTo("accepted");
    Answer refused =
        as(OFFICER, "POST", offices + "/answer", "{\"outcome\":\"refused\",\"reason\":\"已答复\"}");
    assertThat(refused.json().path("status").asText()).isEqualTo("refused");
    JsonNode own = listed(CITIZEN, "/v1/me/corrections", accepted);
    assertThat(own).hasSize(1);
    String recall = own.at("/0/recall").asText();
    assertThat(recall).startsWith("correction-");
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(
            () ->
                assertThat(
                        as(CLERK, "GET", "/v1/tenants/transport/received-recalls", null)
                            .json()
                            .findValuesAsText("recall"))
                    .contains(recall));
    assertThat(as(CITIZEN, "GET", "/my-data?lang=zh", null).response().body())
        .contains("您要求的更正", "已更正", "车牌&lt;有误&gt;，已更正", "数据有误？要求更正")
        .doesNotContain("川A00001");
  }
}

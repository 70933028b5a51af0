package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.node.http.Client;
import govcloud.node.http.Client.Answer;
import java.time.Duration;
import java.time.Instant;

/** Two people of transport defer the notice of a case: nobody sees it, and then everybody. */
final class DeferralWalk {

  private static final String OFFICER = "sun;role=data-officer";
  private static final String SIGNER = "qian;role=agreement-signer";
  private static final String AUDITOR = "wu;role=audit-administrator";
  private static final String CASE = "/v1/tenants/transport/deferrals/permits/c-1/";

  private final Client client;
  private final String until = Instant.now().plus(Duration.ofDays(30)).toString();

  DeferralWalk(Client client) {
    this.client = client;
  }

  private Answer as(String who, String method, String path, String body) {
    return client.send(method, path, body, "Govcloud-Acting-As", who);
  }

  private Answer step(String who, String action, String body) {
    return as(who, "POST", CASE + action, body);
  }

  private JsonNode looks(String citizen) {
    Answer answer = as(citizen + ";role=citizen", "GET", "/v1/me/accesses?page_size=1", null);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    return answer.json();
  }

  /**
   * Walks.
   *
   * @param objected the look to which a citizen has objected, who has others beside it
   * @param otherNumber of a citizen with looks because of the same case
   */
  void walk(String objected, String otherNumber) {
    JsonNode before = looks("chen-mei").path("items").get(0);
    String proposal =
        "{\"reason\":\"立案调查\",\"legal_basis\":\"《监察法》\",\"until\":\"%s\"}".formatted(until);
    assertThat(step(OFFICER, "proposal", proposal).status()).isEqualTo(200);
    assertThat(looks("chen-mei").path("items")).as("one person hides nothing").hasSize(1);
    assertThat(step("sun;role=agreement-signer", "approval", proposal).code())
        .isEqualTo("DEFERRAL_APPROVER_TWICE");
    assertThat(step(SIGNER, "approval", proposal.replace("立案调查", "其他")).code())
        .isEqualTo("DEFERRAL_TEXT_INVALID");
    Answer approved = step(SIGNER, "approval", proposal);
    assertThat(approved.json().path("status").asText()).isEqualTo("granted");
    isHidden(objected, otherNumber, before.path("exchange").asText());
    assertThat(step(OFFICER, "release", "{\"reason\":\"调查结束\"}").status()).isEqualTo(200);
    JsonNode after = looks("chen-mei").path("items").get(0);
    assertThat(after.path("exchange")).isEqualTo(before.path("exchange"));
    assertThat(after.at("/deferred/legal_basis").asText()).isEqualTo("《监察法》");
    assertThat(after.toString()).doesNotContain("立案调查");
    assertThat(as("chen-mei;role=citizen", "GET", "/my-data?lang=zh", null).response().body())
        .contains("因办案依法延迟至", "《监察法》");
    assertThat(step(OFFICER, "proposal", proposal).code()).isEqualTo("DEFERRAL_OVER");
    isSupervised();
  }

  private void isHidden(String objected, String otherNumber, String hidden) {
    assertThat(looks("chen-mei").path("items")).isEmpty();
    assertThat(looks("chen-mei").has("next_page_token")).isFalse();
    JsonNode own = looks("wang-xiaoming");
    assertThat(own.path("items").findValuesAsText("exchange")).containsExactly(objected);
    assertThat(own.has("next_page_token")).isFalse();
    String look = "/v1/me/accesses/transport/" + hidden;
    assertThat(as("chen-mei;role=citizen", "GET", look + "/opening", null).status()).isEqualTo(404);
    assertThat(as("chen-mei;role=citizen", "POST", look + "/objection", "{}").status())
        .isEqualTo(404);
    String asked = "{\"subject\":\"" + otherNumber + "\"}";
    assertThat(as(AUDITOR, "POST", "/v1/exchange/accesses", asked).response().body())
        .contains(hidden);
  }

  private void isSupervised() {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(
                        as(AUDITOR, "GET", "/v1/supervision", null)
                            .json()
                            .at("/deferrals/0/released")
                            .asInt())
                    .isEqualTo(1));
    Answer all = as(AUDITOR, "GET", "/v1/exchange/deferrals", null);
    assertThat(all.json().at("/items/0/grants/0/proposed_by").asText()).isEqualTo("sun");
    assertThat(all.json().at("/items/0/grants/0/approved_by").asText()).isEqualTo("qian");
    assertThat(as(AUDITOR, "GET", "/supervision?lang=zh", null).response().body())
        .contains("延迟告知", "已提前告知");
  }
}

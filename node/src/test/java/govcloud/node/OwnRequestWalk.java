package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import govcloud.node.http.Client;
import govcloud.node.http.Client.Answer;
import java.util.List;

/** One person with the roles of window and approver opens a case and tries to grant it. */
final class OwnRequestWalk {

  private final Client client;
  private final String path;
  private final String body;

  OwnRequestWalk(Client client, String path, String body) {
    this.client = client;
    this.path = path;
    this.body = body;
  }

  void walk() {
    assertThat(as("sun", "window-clerk", "PUT", path, body).status()).isEqualTo(201);
    for (var step :
        List.of(
            "apply:li:window-clerk",
            "begin-pre-review:li:window-clerk",
            "accept:li:window-clerk",
            "begin-review:zhou:reviewer",
            "pass-first-review:zhou:reviewer",
            "propose-decision:zhou:reviewer")) {
      var part = step.split(":", -1);
      var answer = as(part[1], part[2], "POST", path + "/actions/" + part[0], "{}");
      assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    }
    var grant = path + "/actions/grant";
    for (var person : List.of("sun", "li", "zhou")) {
      var refused = as(person, "approver", "POST", grant, "{}");
      assertThat(refused.status()).as(person).isEqualTo(409);
      assertThat(refused.code()).isEqualTo("CASE_GUARD_NOT_MET");
    }
    var search = "/v1/audit/records?code=CASE_GUARD_NOT_MET";
    assertThat(as("wu", "audit-administrator", "GET", search, null).json().path("items"))
        .extracting(
            item -> item.path("person").asText() + " " + item.path("object").asText(),
            item -> item.path("action").asText() + " " + item.path("outcome").asText())
        .containsExactlyInAnyOrder(
            tuple("sun " + grant, "actOnCase failed"),
            tuple("li " + grant, "actOnCase failed"),
            tuple("zhou " + grant, "actOnCase failed"));
    assertThat(as("zheng", "approver", "POST", grant, "{}").status()).isEqualTo(200);
  }

  private Answer as(String person, String role, String method, String where, String content) {
    return client.send(method, where, content, "Govcloud-Acting-As", person + ";role=" + role);
  }
}

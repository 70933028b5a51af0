package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.domain.Actor;
import govcloud.domain.identity.AccountCommand;
import govcloud.domain.identity.AccountState;
import govcloud.domain.identity.Roles;
import govcloud.domain.identity.Secret;
import govcloud.ledger.leaf.Entry;
import govcloud.ledger.leaf.Leaf;
import govcloud.ledger.leaf.Opening;
import govcloud.ledger.note.LogProof;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.http.Client;
import govcloud.node.http.Client.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A citizen sees who looked, finds nothing of others, objects, and reads the answer. */
final class CitizenWalk {

  private static final String MINE = "/v1/me/accesses";
  private static final String ANSWER = "{\"outcome\":\"upheld\",\"reason\":\"与办件 <无关>，已停用该账号\"}";

  private final Client client;
  private final Entities entities;

  CitizenWalk(Client client, Entities entities) {
    this.client = client;
    this.entities = entities;
  }

  void walk(String number, String otherNumber) throws Exception {
    account("wang-xiaoming", Optional.of(number));
    account("chen-mei", Optional.of(otherNumber));
    account("unproved", Optional.empty());
    assertThat(as("unproved", "GET", MINE, null).code()).isEqualTo("NOT_ALLOWED");
    JsonNode own = listed("wang-xiaoming");
    JsonNode foreign = listed("chen-mei");
    assertThat(own.findValuesAsText("exchange"))
        .doesNotContainAnyElementsOf(foreign.findValuesAsText("exchange"));
    JsonNode look = own.get(own.size() - 1);
    assertThat(look.at("/office_name/zh").asText()).isNotEmpty();
    assertThat(look.path("outcome").asText()).isEqualTo("permitted");
    assertThat(own.toString()).doesNotContain("zhang-san").doesNotContain(number);
    opensTheSubjectAlone(look, number);
    findsNothingOfOthers(foreign.get(0));
    objects(look);
    isAnswered(look);
    new DeferralWalk(client).walk(look.path("exchange").asText(), otherNumber);
  }

  private void account(String id, Optional<String> number) {
    tell(
        id,
        new AccountCommand.Invite(
            "王小明", Optional.empty(), List.of(Roles.CITIZEN), new Secret("c0de")));
    number.ifPresent(one -> tell(id, new AccountCommand.ProveIdentity(new Secret(one))));
  }

  private void tell(String account, AccountCommand command) {
    var answer =
        entities
            .<AccountState>ask(
                "account/" + account, Request.of(command, new Actor("li", Roles.SECURITY)))
            .toCompletableFuture()
            .join();
    assertThat(answer.refused()).as(command.toString()).isEmpty();
  }

  private Answer as(String citizen, String method, String path, String body) {
    return client.send(method, path, body, "Govcloud-Acting-As", citizen + ";role=citizen");
  }

  private JsonNode listed(String citizen) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> as(citizen, "GET", MINE, null).json().path("items").size() > 0);
    Answer answer = as(citizen, "GET", MINE, null);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    return answer.json().path("items");
  }

  private static String at(JsonNode look, String what) {
    return "%s/%s/%s/%s"
        .formatted(MINE, look.path("office").asText(), look.path("exchange").asText(), what);
  }

  private void opensTheSubjectAlone(JsonNode look, String number) throws Exception {
    Answer answer = as("wang-xiaoming", "GET", at(look, "opening"), null);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    Opening opening = Opening.parse(bytes(answer), "opening");
    Answer proof = client.send("GET", "/v1/ledger/proofs/" + look.path("index"), null);
    Entry entry =
        (Entry) Leaf.parse(LogProof.parse(bytes(proof), "proof").extra().orElseThrow(), "entry");
    assertThat(opening.name()).isEqualTo("subject");
    assertThat(new String(opening.value(), StandardCharsets.UTF_8)).isEqualTo(number);
    assertThat(entry.closed()).containsEntry("subject", opening.commitment());
  }

  private static byte[] bytes(Answer answer) {
    return answer.response().body().getBytes(StandardCharsets.UTF_8);
  }

  /** What is about others is answered like what there is not. */
  private void findsNothingOfOthers(JsonNode foreign) {
    String none = "0".repeat(32);
    Answer missing = as("wang-xiaoming", "GET", MINE + "/transport/" + none + "/opening", null);
    Answer other = as("wang-xiaoming", "GET", at(foreign, "opening"), null);
    assertThat(other.status()).isEqualTo(404);
    assertThat(other.code()).isEqualTo(missing.code());
    assertThat(other.json().path("detail").asText().replace(foreign.path("exchange").asText(), ""))
        .isEqualTo(missing.json().path("detail").asText().replace(none, ""));
    assertThat(as("wang-xiaoming", "POST", at(foreign, "objection"), "{}").status()).isEqualTo(404);
  }

  private void objects(JsonNode look) {
    String body = "{\"text\":\"我没有申请过年审\"}";
    Answer objected = as("wang-xiaoming", "POST", at(look, "objection"), body);
    assertThat(objected.status()).as(objected.response().body()).isEqualTo(200);
    assertThat(objected.json().path("status").asText()).isEqualTo("open");
    Answer again = as("wang-xiaoming", "POST", at(look, "objection"), body);
    assertThat(again.json().path("version").asLong()).isEqualTo(1);
    Answer toAnswer = objections(objected.header("X-Consistency-Token"));
    JsonNode objection = toAnswer.json().path("items").get(0);
    assertThat(objection.path("exchange").asText()).isEqualTo(look.path("exchange").asText());
    assertThat(objection.path("due").asText()).isNotEmpty();
    assertThat(toAnswer.response().body()).doesNotContain("wang-xiaoming");
  }

  private Answer objections(String seen) {
    return client.send(
        "GET",
        "/v1/tenants/police/objections",
        null,
        "Consistency-Token",
        seen,
        "Govcloud-Acting-As",
        "sun;role=data-officer");
  }

  private Answer answer(String department, JsonNode look) {
    return client.send(
        "POST",
        "/v1/tenants/%s/objections/%s/answer".formatted(department, look.path("exchange").asText()),
        ANSWER,
        "Govcloud-Acting-As",
        "sun;role=data-officer");
  }

  private void isAnswered(JsonNode look) {
    assertThat(answer("transport", look).code()).isEqualTo("OBJECTION_NOT_FOUND");
    Answer answered = answer("police", look);
    assertThat(answered.status()).as(answered.response().body()).isEqualTo(200);
    assertThat(answered.json().path("status").asText()).isEqualTo("upheld");
    assertThat(as("wang-xiaoming", "POST", at(look, "objection"), "{}").code())
        .isEqualTo("OBJECTION_ANSWERED");
    objections(answered.header("X-Consistency-Token"));
    JsonNode own = listed("wang-xiaoming");
    assertThat(own.get(own.size() - 1).at("/objection/status").asText()).isEqualTo("upheld");
    String page = as("wang-xiaoming", "GET", "/my-data?lang=zh", null).response().body();
    assertThat(page)
        .contains("异议成立", "与办件 &lt;无关&gt;，已停用该账号", "我没有申请过年审")
        .doesNotContain("zhang-san");
    assertThat(as("unproved", "GET", "/my-data?lang=zh", null).status()).isEqualTo(403);
  }
}

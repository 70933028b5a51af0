package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.domain.Actor;
import govcloud.domain.sharing.AgreementCommand;
import govcloud.domain.sharing.AgreementTerms;
import govcloud.domain.sharing.AgreementTerms.Field;
import govcloud.domain.sharing.Masking;
import govcloud.domain.sharing.SharingSamples;
import govcloud.ledger.leaf.Entry;
import govcloud.node.http.Client;
import govcloud.node.http.Client.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Stories between clouds: whether something is right is answered and nothing else crosses; a record
 * that was corrected reaches the case which had received it, and what was done about it comes back;
 * and an emergency, for which the agreement was signed before, while the other cloud is away.
 */
final class CrossCloudStories {
  private static final String CONSUMER = "mountain-transport";

  private final CrossCloudStage stage;

  CrossCloudStories(CrossCloudStage stage) {
    this.stage = stage;
  }

  private static AgreementTerms terms(AgreementTerms of, List<Field> fields) {
    return new AgreementTerms(
        of.provider(),
        of.resource(),
        of.resourceVersion(),
        of.consumer(),
        of.purpose(),
        of.matters(),
        of.legalBasis(),
        fields,
        of.rowFilter(),
        of.policy(),
        of.quotaPerDay(),
        of.validFrom(),
        of.validUntil(),
        of.retentionDays(),
        of.onward(),
        of.core(),
        of.replaces(),
        of.emergencyDays(),
        of.mode());
  }

  private void tell(String agreement, String person, String role, AgreementCommand command) {
    stage.tell("agreement/" + CONSUMER + "/" + agreement, person, role, command);
  }

  private void agree(String agreement, AgreementTerms terms) throws IOException {
    tell(
        agreement,
        "li",
        "head",
        new AgreementCommand.Apply(CONSUMER, terms, SharingSamples.VIOLATIONS));
    tell(agreement, "wang", Actor.OPERATOR, new AgreementCommand.Confirm());
    tell(agreement, "zhao", "head", new AgreementCommand.Consent("police"));
    tell(agreement, "zhao", "head", new AgreementCommand.Sign("police", terms.address()));
    tell(agreement, "li", "head", new AgreementCommand.Sign(CONSUMER, terms.address()));
    stage.handOver(agreement);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                stage
                    .known(stage.mountain())
                    .path("agreements")
                    .findValuesAsText("agreement")
                    .contains(agreement));
  }

  private Answer ask(String agreement, String message, String more) {
    return CrossCloudStage.ask(stage.mountain(), agreement, message, CrossCloudStage.DRIVER, more);
  }

  /** The certification of a teacher: a yes or a no comes from the other cloud, and no value. */
  void predicate() throws Exception {
    agree(
        "claims",
        terms(stage.terms, List.of(new Field("plate", Masking.of(Masking.Rule.PREDICATE)))));
    var plate = stage.ask("p-1", CrossCloudStage.DRIVER).json().at("/records/0/plate").asText();
    assertThat(plate).isNotEmpty();
    var right = ask("claims", "p-2", ",\"claims\":{\"plate\":\"" + plate + "\"}");
    assertThat(right.status()).as(right.response().body()).isEqualTo(200);
    assertThat(right.json().at("/records/0/plate").asText()).isEqualTo("valid");
    assertThat(right.json().path("records").get(0)).hasSize(1);
    assertThat(right.response().body()).doesNotContain(plate);
    var wrong = ask("claims", "p-3", ",\"claims\":{\"plate\":\"none\"}");
    assertThat(wrong.json().at("/records/0/plate").asText()).isEqualTo("not_valid");
    assertThat(wrong.response().body()).doesNotContain(plate);
    Entry here =
        CrossCloudStage.entry(
            stage.mountain(), "mountain", right.json().at("/evidence/index").asLong());
    assertThat(here.open())
        .containsEntry("agreement", "claims")
        .containsEntry("decision", "permit")
        .containsEntry("fields", "plate")
        .containsEntry("cloud", "harbour");
  }

  /** The police of harbour correct a date, which transport of mountain had received. */
  void recall() {
    var issued =
        stage
            .harbour()
            .send(
                "PUT",
                "/v1/tenants/police/recalls/days-1",
                """
                {"resource":"traffic-violations","subject":{"number":"%s"},"reason":"违法日期有误",
                 "fields":["happened_on"],"since":"2020-01-01T00:00:00Z"}\
                """
                    .formatted(CrossCloudStage.DRIVER),
                "Govcloud-Acting-As",
                "sun;role=data-officer");
    assertThat(issued.status()).as(issued.response().body()).isEqualTo(201);
    await().atMost(Duration.ofSeconds(40)).until(() -> received().size() == 1);
    var told = received().get(0);
    assertThat(told.path("provider").asText()).isEqualTo("police@harbour");
    assertThat(told.path("recall").asText()).isEqualTo("days-1");
    assertThat(told.path("status").asText()).isEqualTo("open");
    assertThat(told.path("receivers")).hasSize(1);
    assertThat(told.at("/receivers/0/case").asText()).isEqualTo("permits/c-1");
    assertThat(told.at("/receivers/0/person").asText()).isEqualTo("zhang-san");
    // The exchange is one of this cloud, whose looks may be deferred here.
    assertThat(
            stage.accesses(stage.mountain(), CrossCloudStage.DRIVER).findValuesAsText("exchange"))
        .contains(told.at("/receivers/0/exchange").asText());
    assertThat(as(stage.mountain(), "/supervision?lang=en", CrossCloudStage.AUDITOR))
        .contains("police@harbour", "1 case waits");
    assertThat(as(stage.harbour(), "/supervision?lang=en", CrossCloudStage.AUDITOR))
        .contains("mountain-transport permits/c-1 (waits)");
    assertThat(as(stage.mountain(), "/v1/me/recalls", "wang-xiaoming;role=citizen"))
        .contains("police@harbour")
        .doesNotContain("zhang-san");
  }

  private static String as(Client client, String path, String who) {
    var answer = client.send("GET", path, null, "Govcloud-Acting-As", who);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    return answer.response().body();
  }

  private JsonNode received() {
    return stage
        .mountain()
        .send(
            "GET",
            "/v1/tenants/transport/received-recalls",
            null,
            "Govcloud-Acting-As",
            "zhang-san;role=window-clerk")
        .json()
        .path("items");
  }

  /** The clerk says what was done, while the other cloud is away. */
  private void acknowledge() {
    var done =
        stage
            .mountain()
            .send(
                "POST",
                "/v1/tenants/transport/received-recalls/police@harbour/days-1/acknowledgement",
                "{\"case\":\"permits/c-1\",\"note\":\"已重新核定\"}",
                "Govcloud-Acting-As",
                "zhang-san;role=window-clerk");
    assertThat(done.status()).as(done.response().body()).isEqualTo(200);
  }

  private void isAcknowledged() {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(as(stage.harbour(), "/v1/exchange/recalls", CrossCloudStage.AUDITOR))
                    .contains("\"status\":\"done\"", "已重新核定"));
    assertThat(as(stage.harbour(), "/supervision?lang=en", CrossCloudStage.AUDITOR))
        .doesNotContain("permits/c-1 (waits)");
  }

  /** Help between cities in an epidemic: signed before, activated by two, delivered afterwards. */
  void emergency() throws Exception {
    agree("assistance", stage.terms.inEmergency(7));
    var asleep = ask("assistance", "e-1", "");
    assertThat(asleep.code()).isEqualTo("EXCHANGE_EMERGENCY_NOT_ACTIVE");
    tell(
        "assistance",
        "li",
        "agreement-signer",
        new AgreementCommand.RequestActivation(CONSUMER, "疫情协查", "应急〔2026〕7号"));
    tell("assistance", "he", "agreement-signer", new AgreementCommand.Activate(CONSUMER, 1));
    stage.stopHarbour();
    acknowledge();
    var kept = ask("assistance", "e-2", ",\"delivery\":\"when-available\"");
    assertThat(kept.status()).as(kept.response().body()).isEqualTo(202);
    stage.startHarbour();
    isAcknowledged();
    JsonNode answer = delivered(kept.header("Location"));
    assertThat(answer.at("/records/0/driver_number").asText()).isEqualTo("999***********0016");
    Entry here =
        CrossCloudStage.entry(stage.mountain(), "mountain", answer.at("/evidence/index").asLong());
    // Activated where the data are: the entry there names it, and that of the asking cloud not.
    assertThat(here.open())
        .containsEntry("agreement", "assistance")
        .doesNotContainKey("activation");
    assertThat(newestOfHarbour().open())
        .containsEntry("decision", "permit")
        .containsEntry("activation", "1")
        .containsEntry("signed", here.open().get("request"));
    tell("assistance", "zhao", "head", new AgreementCommand.EndActivation("police", "疫情结束"));
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> ask("assistance", "e-" + System.nanoTime(), "").code(),
            "EXCHANGE_EMERGENCY_NOT_ACTIVE"::equals);
  }

  private JsonNode delivered(String place) {
    await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> deferred(place).path("state").asText(), "delivered"::equals);
    return deferred(place).path("answer");
  }

  private JsonNode deferred(String place) {
    return stage
        .mountain()
        .send("GET", place, null, "Govcloud-Acting-As", "zhang-san;role=window-clerk")
        .json();
  }

  private Entry newestOfHarbour() throws Exception {
    var size = stage.harbour().send("GET", "/v1/ledger/status", null).json().path("size").asLong();
    return CrossCloudStage.entry(stage.harbour(), "harbour", size - 1);
  }
}

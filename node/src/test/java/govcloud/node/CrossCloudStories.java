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
import govcloud.node.http.Client.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Two stories between clouds: whether something is right is answered and nothing else crosses; and
 * an emergency, for which the agreement was signed before, while the other cloud is away.
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
    var kept = ask("assistance", "e-2", ",\"delivery\":\"when-available\"");
    assertThat(kept.status()).as(kept.response().body()).isEqualTo(202);
    stage.startHarbour();
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

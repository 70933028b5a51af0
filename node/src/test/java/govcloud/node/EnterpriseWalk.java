package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.domain.Actor;
import govcloud.domain.catalogue.LocalText;
import govcloud.domain.sharing.AgreementCommand;
import govcloud.domain.sharing.AgreementTerms;
import govcloud.domain.sharing.ResourceCommand;
import govcloud.ledger.leaf.Entry;
import govcloud.node.http.Client.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Opening an enterprise: one event at harbour's market regulation, of which its tax bureau and its
 * social security are told as a change, and mountain's transport bureau learns because of a case of
 * its own, by bundles across the gap. Four departments, two clouds, and each look in a ledger.
 */
final class EnterpriseWalk {
  private static final String CLERK = "he;role=window-clerk";
  private static final String NAME = "openings";
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration ACROSS = Duration.ofSeconds(100);
  private static final List<String> TOLD = List.of("tax", "social-security");
  private static final RegisterSamples ENTERPRISES =
      new RegisterSamples("market", "enterprises", new LocalText("企业登记信息", "Enterprises"));

  private final CrossCloudStage stage;

  EnterpriseWalk(CrossCloudStage stage) {
    this.stage = stage;
  }

  /** Walks it between clouds that files alone connect. */
  void walk() throws Exception {
    CrossCloudStage.register(stage.harbour(), "market", "tax", "social-security");
    stage.tell(
        "resource/market/enterprises",
        "wang",
        Actor.OPERATOR,
        new ResourceCommand.Publish(ENTERPRISES.resource()));
    agree();
    var subscriptions = TOLD.stream().map(this::subscribed).toList();
    enterprise();
    for (int i = 0; i < TOLD.size(); i++) {
      isTold(TOLD.get(i), subscriptions.get(i));
    }
    isAnsweredAcross();
    isSeenByTheFounder();
  }

  private void agree() throws IOException {
    for (String consumer : TOLD) {
      agree(
          consumer, ENTERPRISES.terms(consumer, List.of(), Optional.of("case_status != 'draft'")));
    }
    agree(
        "mountain-transport",
        ENTERPRISES.terms(
            "mountain-transport", List.of("administrative-approval"), Optional.empty()));
    stage.handOver("market", NAME);
    await()
        .atMost(SOON)
        .until(
            () -> stage.known(stage.mountain()).path("agreements").findValuesAsText("provider"),
            all -> all.contains("market@harbour"));
  }

  private void agree(String consumer, AgreementTerms terms) {
    var agreement = "agreement/" + consumer + "/" + NAME;
    stage.tell(
        agreement,
        "li",
        "head",
        new AgreementCommand.Apply(consumer, terms, ENTERPRISES.resource()));
    stage.tell(agreement, "wang", Actor.OPERATOR, new AgreementCommand.Confirm());
    stage.tell(agreement, "zhao", "head", new AgreementCommand.Consent("market"));
    stage.tell(agreement, "zhao", "head", new AgreementCommand.Sign("market", terms.address()));
    stage.tell(agreement, "li", "head", new AgreementCommand.Sign(consumer, terms.address()));
  }

  private String subscribed(String consumer) {
    Answer answer =
        stage
            .harbour()
            .send(
                "POST",
                "/v1/tenants/" + consumer + "/exchange/" + NAME + "/subscriptions",
                "{}",
                "Idempotency-Key",
                "opening-" + consumer,
                "Govcloud-Acting-As",
                CLERK);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
    return answer.json().path("id").asText();
  }

  /** The one event: the founder's enterprise is entered and applied for. */
  private void enterprise() {
    var id = ENTERPRISES.id("e-1");
    stage.tell(id, "sun", "window-clerk", ENTERPRISES.made("e-1", CrossCloudStage.DRIVER));
    stage.tell(id, "sun", "window-clerk", RegisterSamples.action("apply"));
  }

  private void isTold(String consumer, String subscription) throws Exception {
    var path = "/v1/tenants/%s/exchange/subscriptions/%s/changes?wait=2&after=0";
    var told =
        await()
            .atMost(SOON)
            .until(
                () ->
                    stage
                        .harbour()
                        .send(
                            "GET",
                            path.formatted(consumer, subscription),
                            null,
                            "Govcloud-Acting-As",
                            CLERK)
                        .json()
                        .path("changes"),
                changes -> changes.size() == 1)
            .get(0)
            .path("answer");
    isTheEnterprise(told);
    assertThat(entry(TwoClouds.HARBOUR, told).open())
        .containsEntry("decision", "permit")
        .containsEntry("consumer", consumer)
        .containsEntry("provider", "market");
  }

  private static void isTheEnterprise(JsonNode answer) {
    assertThat(answer.at("/records/0/case_status").asText()).isEqualTo("applied");
    assertThat(answer.at("/records/0/applyer_page_code").asText()).isEqualTo("999***********0016");
    assertThat(answer.path("records")).hasSize(1);
  }

  private Entry entry(String cloud, JsonNode answer) throws Exception {
    var client = cloud.equals(TwoClouds.HARBOUR) ? stage.harbour() : stage.mountain();
    return CrossCloudStage.entry(client, cloud, answer.at("/evidence/index").asLong());
  }

  private void isAnsweredAcross() throws Exception {
    Answer kept =
        CrossCloudStage.ask(
            stage.mountain(),
            NAME,
            "opening-1",
            CrossCloudStage.DRIVER,
            ",\"delivery\":\"when-available\"");
    assertThat(kept.status()).as(kept.response().body()).isEqualTo(202);
    var answer =
        await()
            .atMost(ACROSS)
            .pollInterval(Duration.ofMillis(500))
            .until(
                () ->
                    stage
                        .mountain()
                        .send(
                            "GET",
                            kept.header("Location"),
                            null,
                            "Govcloud-Acting-As",
                            "zhang-san;role=window-clerk")
                        .json(),
                found -> !found.path("state").asText().equals("waiting"))
            .path("answer");
    isTheEnterprise(answer);
    assertThat(entry(TwoClouds.MOUNTAIN, answer).open())
        .containsEntry("decision", "permit")
        .containsEntry("provider", "market@harbour")
        .containsEntry("cloud", "harbour")
        .containsKeys("request", "signature");
  }

  private void isSeenByTheFounder() {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(offices())
                    .containsExactlyInAnyOrder("tax", "social-security", "mountain-transport"));
  }

  /** Who has seen the enterprise, as its founder is told where the data are. */
  private Set<String> offices() {
    var offices = new HashSet<String>();
    for (JsonNode look : stage.accesses(stage.harbour(), CrossCloudStage.DRIVER)) {
      if (look.path("resource").asText().equals("enterprises")
          && look.path("outcome").asText().equals("permitted")) {
        offices.add(look.path("office").asText());
      }
    }
    return offices;
  }
}

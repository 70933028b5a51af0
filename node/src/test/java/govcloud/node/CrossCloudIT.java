package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.domain.sharing.AgreementCommand;
import govcloud.ledger.leaf.Entry;
import govcloud.node.exchange.crossing.ForgingCloud;
import govcloud.node.http.Client.Answer;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A clerk of mountain's transport bureau asks harbour's police because of a case of mountain; both
 * ledgers have it. Then mountain's keys are in bad hands.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class CrossCloudIT {
  private Path folder;
  private CrossCloudStage stage;
  private ForgingCloud forger;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    stage = new CrossCloudStage(folder);
    forger = stage.forger(stage.keys(TwoClouds.MOUNTAIN));
  }

  @AfterAll
  void stop() {
    if (stage != null) {
      stage.close();
    }
  }

  @Test
  @Order(1)
  void agreement_handedOver_isKnownToTheOtherCloud_andAChangedOneIsNot() throws Exception {
    assertThat(stage.ask("m-0", CrossCloudStage.DRIVER).code())
        .isEqualTo("EXCHANGE_AGREEMENT_UNKNOWN");
    stage.agree();
    String text = stage.handOver("violations");
    Path own = stage.agreements().resolve("transport");
    Files.writeString(own.resolve("wider.json"), text.replace("\"year\"", "\"plain\""));
    Files.createDirectories(stage.agreements().resolve("police"));
    Files.writeString(stage.agreements().resolve("police/violations.json"), text);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> stage.known(stage.mountain()).path("agreements").size() == 1);
    JsonNode known = stage.known(stage.mountain());
    assertThat(known.at("/known/0/cloud").asText()).isEqualTo("harbour");
    assertThat(known.at("/agreements/0/provider").asText()).isEqualTo("police@harbour");
    assertThat(known.at("/agreements/0/address").asText()).isEqualTo(stage.terms.address());
    assertThat(known.path("defects")).hasSize(2);
    assertThat(known.path("defects").toString())
        .contains("wider.json: EXCHANGE_CLOUD_SIGNATURE_WRONG")
        .contains("for transport (expected: police)");
    assertThat(stage.known(stage.harbour()).at("/known/0/departments/transport").asText())
        .isEqualTo("mountain-transport");
  }

  @Test
  @Order(2)
  void ownCaseAndItsParty_askedOfAnotherCloud_isAnsweredMaskedAndInBothLedgers() throws Exception {
    Answer answer = stage.ask("m-1", CrossCloudStage.DRIVER);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    JsonNode record = answer.json().path("records").get(0);
    assertThat(record.path("driver_number").asText()).isEqualTo("999***********0016");
    assertThat(record.path("happened_on").asText()).matches("[0-9]{4}");
    assertThat(record.has("picture")).isFalse();
    assertThat(answer.json().path("masked").toString())
        .contains("driver_number")
        .contains("happened_on");
    Entry here =
        CrossCloudStage.entry(
            stage.mountain(), "mountain", answer.json().at("/evidence/index").asLong());
    assertThat(here.open())
        .containsEntry("decision", "permit")
        .containsEntry("provider", "police@harbour")
        .containsEntry("cloud", "harbour")
        .containsKeys("signed", "signer", "signature");
    Entry there = CrossCloudStage.entry(stage.harbour(), "harbour", 0);
    assertThat(there.open())
        .containsEntry("decision", "permit")
        .containsEntry("consumer", "mountain-transport")
        .containsEntry("cloud", "mountain")
        .containsEntry("signed", here.open().get("request"))
        .containsKeys("policy", "input");
    assertThat(there.closed()).containsKeys("field.plate", "subject", "case", "clerk");
  }

  @Test
  @Order(3)
  void sameMessage_again_isTheSameExchangeInBothClouds() {
    Answer again = stage.ask("m-1", CrossCloudStage.DRIVER);
    assertThat(again.status()).as(again.response().body()).isEqualTo(200);
    assertThat(again.json().path("replayed").asBoolean()).isTrue();
    assertThat(stage.harbour().send("GET", "/v1/ledger/status", null).json().path("size").asLong())
        .isEqualTo(1);
  }

  @Test
  @Order(4)
  void whatTheOwnCaseDoesNotAllow_neverLeavesTheOwnCloud() throws Exception {
    Answer stranger = stage.ask("m-2", CrossCloudStage.STRANGER);
    assertThat(stranger.code()).isEqualTo("EXCHANGE_SUBJECT_NOT_PARTY");
    Entry here =
        CrossCloudStage.entry(
            stage.mountain(), "mountain", stranger.json().at("/evidence/index").asLong());
    assertThat(here.open()).containsEntry("decision", "deny").doesNotContainKey("cloud");
    assertThat(stage.accesses(stage.harbour(), CrossCloudStage.STRANGER)).isEmpty();
  }

  @Test
  @Order(5)
  void citizen_whoseDataTheyAre_findsTheDepartmentOfTheOtherCloud() {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(stage.accesses(stage.harbour(), CrossCloudStage.DRIVER)).hasSize(1));
    JsonNode look = stage.accesses(stage.harbour(), CrossCloudStage.DRIVER).get(0);
    assertThat(look.path("office").asText()).isEqualTo("mountain-transport");
    assertThat(look.path("person").asText()).isEqualTo("zhang-san@mountain");
    assertThat(look.path("case").asText()).isEqualTo("permits/c-1");
    assertThat(look.path("outcome").asText()).isEqualTo("permitted");
  }

  @Test
  @Order(5)
  void citizen_inTheAskingCloud_findsWhoseDataItWas_andObjectsThere() {
    stage.citizen("wang-xiaoming", CrossCloudStage.DRIVER);
    String citizen = "wang-xiaoming;role=citizen";
    await().atMost(Duration.ofSeconds(30)).until(() -> mine(citizen).path("items").size() > 0);
    JsonNode look = mine(citizen).at("/items/0");
    assertThat(look.path("provider").asText()).isEqualTo("police@harbour");
    assertThat(look.path("office").asText()).isEqualTo("transport");
    Answer objected =
        stage
            .mountain()
            .send(
                "POST",
                "/v1/me/accesses/transport/" + look.path("exchange").asText() + "/objection",
                "{\"text\":\"与办件无关\"}",
                "Govcloud-Acting-As",
                citizen,
                "Idempotency-Key",
                "objection-1");
    assertThat(objected.status()).isEqualTo(404);
    assertThat(objected.json().path("detail").asText())
        .contains("police@harbour (expected: an objection in that cloud)");
    Answer supervision = stage.mountain().send("GET", "/v1/supervision", null);
    assertThat(supervision.json().path("crossings").findValuesAsText("provider"))
        .contains("police@harbour");
  }

  private JsonNode mine(String citizen) {
    Answer answer =
        stage.mountain().send("GET", "/v1/me/accesses", null, "Govcloud-Acting-As", citizen);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    return answer.json();
  }

  private void assertRefused(byte[] message, String code) throws Exception {
    String answer = forger.send(message);
    assertThat(answer).contains("\"code\":\"" + code + "\"").doesNotContain("\"records\"");
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(
                        stage
                            .harbour()
                            .send(
                                "GET",
                                "/v1/audit/records?action=exchange-from-cloud&code=" + code,
                                null,
                                "Govcloud-Acting-As",
                                CrossCloudStage.AUDITOR)
                            .json()
                            .path("items"))
                    .as(code)
                    .isNotEmpty());
  }

  @Test
  @Order(6)
  void messages_thatAreNotAsTheyShouldBe_areRefusedWithTheirCodesAndAudited() throws Exception {
    var body = ForgingCloud.body(CrossCloudStage.DRIVER);
    byte[] good = forger.signed(forger.head("a-1"), body);
    assertRefused(
        ForgingCloud.changed(good, CrossCloudStage.DRIVER, CrossCloudStage.STRANGER),
        "EXCHANGE_CLOUD_SIGNATURE_WRONG");
    assertRefused(ForgingCloud.changed(good, "a-1", "a-2"), "EXCHANGE_CLOUD_SIGNATURE_WRONG");
    assertRefused(ForgingCloud.changed(good, "{", "{ "), "EXCHANGE_CLOUD_MESSAGE_MALFORMED");
    assertRefused(new byte[300_000], "EXCHANGE_CLOUD_MESSAGE_TOO_LARGE");
    var head = forger.head("a-3");
    assertRefused(
        forger.signed(ForgingCloud.to(head, "valley"), body), "EXCHANGE_CLOUD_RECEIVER_WRONG");
    assertRefused(
        forger.signed(ForgingCloud.at(head, Instant.now().minusSeconds(400)), body),
        "EXCHANGE_CLOUD_CLOCK");
    assertRefused(
        forger.signed(ForgingCloud.at(head, Instant.now().plusSeconds(400)), body),
        "EXCHANGE_CLOUD_CLOCK");
    assertRefused(
        forger.signed(ForgingCloud.of(head, "valley", "violations", stage.terms.address()), body),
        "EXCHANGE_CLOUD_UNKNOWN");
    assertRefused(
        forger.signed(ForgingCloud.of(head, "mountain", "others", stage.terms.address()), body),
        "EXCHANGE_AGREEMENT_UNKNOWN");
    assertRefused(
        forger.signed(ForgingCloud.of(head, "mountain", "violations", "0".repeat(64)), body),
        "EXCHANGE_CLOUD_TERMS_OTHER");
    assertRefused(
        forger.signed(forger.head("a-4"), body.deepCopy().put("department", "tax")),
        "EXCHANGE_AGREEMENT_UNKNOWN");
    assertRefused(
        forger.signed(forger.head("a-5"), body.deepCopy().put("role", "reviewer")),
        "EXCHANGE_POLICY_DENIED");
    assertRefused(
        forger.signed(forger.head("a-6"), body.deepCopy().put("person", "")),
        "EXCHANGE_CLOUD_MESSAGE_MALFORMED");
  }

  @Test
  @Order(7)
  void message_captured_isAnsweredOnceAndNeverAgain_alsoWhenTheNodeWasLost() throws Exception {
    byte[] captured = forger.signed(forger.head("a-7"), ForgingCloud.body(CrossCloudStage.DRIVER));
    assertThat(forger.send(captured)).contains("\"records\":[{");
    assertRefused(captured, "EXCHANGE_CLOUD_REPLAYED");
    stage.stopHarbour();
    assertThat(stage.ask("m-3", CrossCloudStage.DRIVER).code()).isEqualTo("EXCHANGE_PROVIDER_AWAY");
    stage.startHarbour();
    assertRefused(captured, "EXCHANGE_CLOUD_REPLAYED");
    await()
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () ->
                stage.ask("m-4-" + Instant.now().toEpochMilli(), CrossCloudStage.DRIVER).status()
                    == 200);
  }

  @Test
  @Order(7)
  void queryWhileTheOtherCloudIsAway_waits_andIsDeliveredWhenItIsBack() throws Exception {
    stage.stopHarbour();
    var more = ",\"delivery\":\"when-available\"";
    Answer kept = stage.ask("m-7", CrossCloudStage.DRIVER, more);
    assertThat(kept.status()).as(kept.response().body()).isEqualTo(202);
    assertThat(kept.json().path("state").asText()).isEqualTo("waiting");
    assertThat(stage.ask("m-8", CrossCloudStage.STRANGER, more).code())
        .isEqualTo("EXCHANGE_SUBJECT_NOT_PARTY");
    assertThat(stage.ask("m-7-2", CrossCloudStage.DRIVER, more).status()).isEqualTo(202);
    Answer full = stage.ask("m-7-3", CrossCloudStage.DRIVER, more);
    assertThat(full.code()).isEqualTo("EXCHANGE_WAITING_FULL");
    assertThat(full.header("Retry-After")).isEqualTo("60");
    stage.startHarbour();
    String place = kept.header("Location");
    await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> deferred(place, "zhang-san").json().path("state").asText(), "delivered"::equals);
    JsonNode answer = deferred(place, "zhang-san").json().path("answer");
    assertThat(answer.at("/records/0/driver_number").asText()).isEqualTo("999***********0016");
    Entry here =
        CrossCloudStage.entry(stage.mountain(), "mountain", answer.at("/evidence/index").asLong());
    assertThat(here.id()).isEqualTo(kept.json().path("id").asText());
    assertThat(here.open()).containsEntry("decision", "permit").containsKeys("signed", "request");
    assertThat(deferred(place, "li-si").status()).isEqualTo(404);
    assertThat(stage.mountain().send("GET", "/v1/exchange/undelivered", null).json().path("items"))
        .isEmpty();
  }

  private Answer deferred(String place, String person) {
    return stage
        .mountain()
        .send("GET", place, null, "Govcloud-Acting-As", person + ";role=window-clerk");
  }

  @Test
  @Order(8)
  void claimRecallAndEmergency_betweenClouds_crossNoMoreThanTheyMust() throws Exception {
    var stories = new CrossCloudStories(stage);
    stories.predicate();
    stories.recall();
    stories.emergency();
  }

  @Test
  @Order(9)
  void whoeverHoldsNoKeyOfAKnownCloud_isNotLetIn() throws Exception {
    KeyFolder foreign = new KeyFolder(folder.resolve("valley-keys"));
    KeyCeremony.init(foreign, "valley", folder.resolve("valley-shares"), 2, 3, new SecureRandom());
    var stranger = stage.forger(foreign);
    byte[] message =
        stranger.signed(stranger.head("b-1"), ForgingCloud.body(CrossCloudStage.DRIVER));
    assertThatThrownBy(() -> stranger.send(message)).isInstanceOf(IOException.class);
    assertRefused(message, "EXCHANGE_CLOUD_SIGNATURE_WRONG");
  }

  @Test
  @Order(9)
  void cloudThatAsksTooOften_isSentAwayForAMoment_andItsClerksAreToldSo() throws Exception {
    var sentAway = new AtomicInteger();
    var flood = Executors.newFixedThreadPool(8);
    try {
      for (int i = 0; i < 2_000; i++) {
        flood.execute(() -> rubbish(sentAway));
      }
      await()
          .atMost(Duration.ofSeconds(40))
          .until(
              () -> stage.ask("m-9-" + Instant.now().toEpochMilli(), CrossCloudStage.DRIVER).code(),
              "EXCHANGE_CLOUD_RATE"::equals);
    } finally {
      flood.shutdownNow();
    }
    assertThat(sentAway.get()).isPositive();
    await()
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () ->
                stage.ask("m-10-" + Instant.now().toEpochMilli(), CrossCloudStage.DRIVER).status()
                    == 200);
  }

  private void rubbish(AtomicInteger sentAway) {
    try {
      if (forger.send("{}".getBytes(StandardCharsets.UTF_8)).equals("429")) {
        sentAway.incrementAndGet();
      }
    } catch (Exception e) {
      // The flood is over.
    }
  }

  @Test
  @Order(10)
  void agreement_suspendedWhereTheDataAre_endsAtOnceForTheOtherCloud() throws Exception {
    stage.tell(
        "agreement/mountain-transport/violations",
        "zhao",
        "head",
        new AgreementCommand.Suspend("police", "odd queries"));
    await()
        .atMost(Duration.ofSeconds(3))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> stage.ask("m-5-" + Instant.now().toEpochMilli(), CrossCloudStage.DRIVER).code(),
            "EXCHANGE_AGREEMENT_NOT_IN_FORCE"::equals);
    Answer refused = stage.ask("m-6", CrossCloudStage.DRIVER);
    assertThat(refused.status()).isEqualTo(403);
    Entry here =
        CrossCloudStage.entry(
            stage.mountain(), "mountain", refused.json().at("/evidence/index").asLong());
    assertThat(here.open())
        .containsAllEntriesOf(Map.of("code", "EXCHANGE_AGREEMENT_NOT_IN_FORCE", "cloud", "harbour"))
        .containsKeys("request", "signed", "signature");
  }

  @Test
  @Order(11)
  void withoutAnyConnection_filesCarryQueriesAndAnswers_onceAndIntoBothLedgers() throws Exception {
    new GatewayWalk(stage, folder).walk();
  }
}

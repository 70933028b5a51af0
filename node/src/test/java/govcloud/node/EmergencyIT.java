package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.domain.Actor;
import govcloud.domain.sharing.ResourceCommand;
import govcloud.domain.sharing.SharingSamples;
import govcloud.ledger.leaf.Entry;
import govcloud.ledger.leaf.Leaf;
import govcloud.ledger.note.LogProof;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.VerifierKey;
import govcloud.localcassandra.LocalCassandra;
import govcloud.node.eventsourcing.Request;
import govcloud.node.http.Client;
import govcloud.node.http.Client.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
 * An emergency agreement on a real Cassandra: signed beforehand it gives nothing, two people
 * activate it, the provider ends it, the supervisor sees it, and nobody activates it again before a
 * review.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class EmergencyIT {

  private static final String ANY = "/v1/sharing/agreements/transport/flood";
  private static final String POLICE = "/v1/tenants/police/agreements/transport/flood";
  private static final String TRANSPORT = "/v1/tenants/transport/agreements/transport/flood";
  private static final String QUERIES = "/v1/tenants/transport/exchange/flood/queries";
  private static final String ZHAO = "zhao;role=data-officer";
  private static final String QIAN = "qian;role=agreement-signer";
  private static final String SUN = "sun;role=agreement-signer";
  private static final String ASKED = "{\"reason\":\"洪水救援\",\"incident\":\"2026-7\"}";
  private static final String FIRST = "{\"activation\":1}";
  private static final String TERMS =
      """
      {"provider":"police","resource":"traffic-violations","resource_version":1,
       "purpose":{"zh":"洪水救援","en":"Rescue in a flood"},"matters":[],"legal_basis":"《突发事件应对法》",
       "fields":[{"item":"plate","masking":{"rule":"plain"}}],"emergency":{},
       "quota_per_day":1000,"valid_from":"2020-01-01T00:00:00Z",
       "valid_until":"2099-01-01T00:00:00Z","retention_days":30,"onward":"forbidden"}\
      """;

  private ServingNode node;
  private Client client;
  private int messages;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    var key = new NoteSigner("gov.example/flood/exchange", VerifierKey.NOTE, new byte[32]);
    var file = Files.writeString(folder.resolve("ledger-key"), key.secretText());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    var settings =
        """
        govcloud.exchange { ledger-key = "%s", ledger-folder = "%s", checkpoint-interval = 100ms }
        """
            .formatted(file, folder.resolve("ledger"));
    var cassandra = LocalCassandra.shared();
    node = ServingNode.start(cassandra, cassandra.newKeyspaceName("emergency"), folder, settings);
    client = node.client();
    for (var tenant : List.of("transport", "police")) {
      TwoClouds.register(client, tenant);
      done("li;role=operator", "/v1/tenants/" + tenant + "/activate", "{}");
    }
    node.entities()
        .ask(
            "resource/police/traffic-violations",
            Request.of(
                new ResourceCommand.Publish(SharingSamples.VIOLATIONS),
                new Actor("wang", Actor.OPERATOR)))
        .toCompletableFuture()
        .join();
    assertThat(as(ZHAO, "PUT", TRANSPORT, TERMS).status()).isEqualTo(201);
    done("wang;role=operator", ANY + "/confirm", "{}");
    done("chen;role=data-officer", POLICE + "/consent", "{}");
    var address = client.send("GET", POLICE, null).json().at("/application/address").asText();
    done(SUN, POLICE + "/sign", "{\"address\":\"%s\"}".formatted(address));
    done(QIAN, TRANSPORT + "/sign", "{\"address\":\"%s\"}".formatted(address));
  }

  @AfterAll
  void stop() {
    if (node != null) {
      node.close();
    }
  }

  private Answer as(String who, String method, String path, String body) {
    return client.send(method, path, body, "Govcloud-Acting-As", who, "If-Match", "*");
  }

  private Answer done(String who, String path, String body) {
    var answer = as(who, "POST", path, body);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    return answer;
  }

  private String refused(String who, String path, String body) {
    var answer = as(who, "POST", path, body);
    assertThat(answer.status()).as(answer.response().body()).isIn(403, 409);
    return answer.code();
  }

  private String message() {
    messages++;
    return "m-" + messages;
  }

  private Answer ask() {
    return client.send(
        "POST",
        QUERIES,
        "{\"case\":{\"app\":\"none\",\"case\":\"none\"},"
            + "\"subject\":{\"number\":\"999999199001010016\"}}",
        "Idempotency-Key",
        message(),
        "Govcloud-Acting-As",
        "zhang;role=window-clerk");
  }

  private JsonNode supervised() {
    return client
        .send("GET", "/v1/supervision", null, "Govcloud-Acting-As", "wu;role=audit-administrator")
        .json()
        .path("emergencies");
  }

  private void awaitSupervised(String stage) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> supervised().at("/0/activation/stage").asText(), stage::equals);
  }

  @Test
  @Order(1)
  void signedBeforehand_asked_givesNothing() {
    assertThat(ask().code()).isEqualTo("EXCHANGE_EMERGENCY_NOT_ACTIVE");
    assertThat(client.send("GET", POLICE, null).json().at("/in_force/terms/emergency/days").asInt())
        .isEqualTo(30);
  }

  @Test
  @Order(2)
  void onePerson_orOneOfTheProvider_doesNotActivateIt() {
    done(ZHAO, TRANSPORT + "/activation/request", ASKED);
    assertThat(ask().code()).isEqualTo("EXCHANGE_EMERGENCY_NOT_ACTIVE");
    assertThat(refused("zhao;role=agreement-signer", TRANSPORT + "/activation/activate", FIRST))
        .isEqualTo("AGREEMENT_ACTIVATOR_TWICE");
    assertThat(refused(SUN, POLICE + "/activation/activate", FIRST))
        .isEqualTo("AGREEMENT_PARTY_WRONG");
    assertThat(client.send("GET", POLICE, null).json().at("/activation/incident").asText())
        .isEqualTo("2026-7");
  }

  @Test
  @Order(3)
  void twoPeople_activated_givesDataAndEveryEntryNamesTheActivation() throws Exception {
    done(QIAN, TRANSPORT + "/activation/activate", FIRST);
    await()
        .atMost(Duration.ofSeconds(2))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> ask().status() == 200);
    var index = ask().json().at("/evidence/index").asText();
    var proof = client.send("GET", "/v1/ledger/proofs/" + index, null);
    var read = LogProof.parse(proof.response().body().getBytes(StandardCharsets.UTF_8), "proof");
    var entry = (Entry) Leaf.parse(read.extra().orElseThrow(), "entry");
    assertThat(entry.open()).containsEntry("activation", "1").containsEntry("decision", "permit");
    awaitSupervised("active");
    assertThat(supervised().at("/0/activation/activated_by").asText()).isEqualTo("qian");
    assertThat(client.send("GET", "/v1/attention", null).response().body())
        .contains("EMERGENCY_ACTIVE");
    var list = client.send("GET", "/v1/tenants/police/agreements", null).json();
    assertThat(list.at("/items/0/activation/stage").asText()).isEqualTo("active");
  }

  @Test
  @Order(4)
  void endedByTheProvider_givesNothingWithinTwoSeconds_andIsReviewedBeforeTheNext() {
    done(SUN, POLICE + "/activation/end", "{\"reason\":\"洪水已退\"}");
    await()
        .atMost(Duration.ofSeconds(2))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> ask().code().equals("EXCHANGE_EMERGENCY_NOT_ACTIVE"));
    awaitSupervised("ended");
    assertThat(supervised().at("/0/late").asBoolean()).isFalse();
    assertThat(refused(ZHAO, TRANSPORT + "/activation/request", ASKED))
        .isEqualTo("AGREEMENT_REVIEW_DUE");
    done(ZHAO, TRANSPORT + "/activation/review", "{\"review\":\"查询1次，均为受困车辆\"}");
    var again = done(ZHAO, TRANSPORT + "/activation/request", ASKED);
    assertThat(again.json().path("status").asText()).isEqualTo("effective");
    var shown = client.send("GET", TRANSPORT, null).json().path("activation");
    assertThat(shown.path("number").asInt()).isEqualTo(2);
    assertThat(shown.path("stage").asText()).isEqualTo("requested");
  }
}

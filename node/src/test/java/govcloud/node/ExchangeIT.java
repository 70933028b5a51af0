package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.domain.Actor;
import govcloud.domain.sharing.AgreementCommand;
import govcloud.domain.sharing.AgreementState;
import govcloud.domain.sharing.AgreementTerms;
import govcloud.domain.sharing.Policy;
import govcloud.domain.sharing.ResourceCommand;
import govcloud.domain.sharing.SharingSamples;
import govcloud.ledger.leaf.Entry;
import govcloud.ledger.leaf.Leaf;
import govcloud.ledger.log.FolderStore;
import govcloud.ledger.note.LogProof;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.note.VerifierKey;
import govcloud.ledger.verify.LedgerVerifier;
import govcloud.localcassandra.LocalCassandra;
import govcloud.node.eventsourcing.Request;
import govcloud.node.exchange.CalledBack;
import govcloud.node.exchange.DepartmentService;
import govcloud.node.http.Client;
import govcloud.node.http.Client.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
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

/** A clerk checks the renewal of a licence; what came of it can be checked without the cloud. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ExchangeIT {
  private static final String APP = "/v1/tenants/transport/apps/permits";
  private static final String QUERIES = "/v1/tenants/transport/exchange/violations/queries";
  private static final String DRIVER = "999999199001010016";
  private static final String STRANGER = "999999199202020026";
  private static final String CLERK = "zhang-san;role=window-clerk";
  private static final long SEED = 20261128;
  private static final String AUDITOR = "wu;role=audit-administrator";

  private ServingNode node;
  private Client client;
  private final String keyspace = LocalCassandra.shared().newKeyspaceName("exchange");
  private Path folder;
  private String settings;
  private Path files;
  private NoteSigner key;
  private SubscriptionWalk subscriptions;
  private ThirdWitnessWalk third;
  private DepartmentService service;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    key = new NoteSigner("gov.example/transport/exchange", VerifierKey.NOTE, new byte[32]);
    files = folder.resolve("ledger");
    Path keyFile = Files.writeString(folder.resolve("ledger-key"), key.secretText());
    Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-------"));
    this.folder = folder;
    third = new ThirdWitnessWalk(folder, key.key().toString());
    settings =
        """
        govcloud.exchange {
          ledger-key = "%s", ledger-folder = "%s", checkpoint-interval = 100ms
        }
        """
                .formatted(keyFile, files)
            + CalledBack.settings(folder)
            + third.settings();
    service = DepartmentService.start(folder);
    settings += service.settings(folder);
    node = ServingNode.start(LocalCassandra.shared(), keyspace, folder, settings);
    client = node.client();
    rent();
    agree("violations", terms(10_000));
    agree("few", terms(2));
  }

  @AfterAll
  void stop() {
    if (node != null) {
      node.close();
    }
    third.close();
    service.close();
  }

  private void rent() {
    for (String tenant : List.of("transport", "police")) {
      TwoClouds.register(client, tenant);
      changed(client.send("POST", "/v1/tenants/" + tenant + "/activate", "{}", "If-Match", "*"));
    }
    String application =
        "{\"definition\":\"administrative-approval\",\"plan\":{\"seats\":5,\"cases\":100}}";
    assertThat(
            client
                .send("PUT", APP, application, "Govcloud-Acting-As", "head;role=operator")
                .status())
        .isEqualTo(202);
    assertThat(client.send("POST", APP + "/approve", "{}", "If-Match", "*").status())
        .isEqualTo(202);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> client.send("GET", APP, null).json().path("status").asText(), "running"::equals);
    String form =
        """
        {"title":"营运车辆年审","applicant":{"name":"王小明","kind":"person",
          "document_kind":"identity-card","document_number":"%s"},
         "form":{"project_name":"p","task_name":"t","task_type":"licence","project_type":"promise",
                 "applyer_name":"王小明","applyer_type":"natural-person"}}\
        """
            .formatted(DRIVER);
    Answer made = client.send("PUT", APP + "/cases/c-1", form);
    assertThat(made.status()).as(made.response().body()).isEqualTo(201);
    changed(client.send("POST", APP + "/cases/c-1/assignment", "{\"assignee\":\"zhang-san\"}"));
  }

  private static void changed(Answer answer) {
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
  }

  private static AgreementTerms terms(long quota) {
    return SharingSamples.inForce(
        new Policy(
            "role == 'window-clerk'",
            List.of(
                new Policy.Example("a clerk", "{\"role\":\"window-clerk\"}", true),
                new Policy.Example("a visitor", "{\"role\":\"visitor\"}", false))),
        quota);
  }

  private void agree(String id, AgreementTerms terms) {
    tell(
        "resource/police/traffic-violations",
        "wang",
        Actor.OPERATOR,
        new ResourceCommand.Publish(SharingSamples.VIOLATIONS));
    String agreement = "agreement/transport/" + id;
    tell(
        agreement,
        "li",
        "head",
        new AgreementCommand.Apply("transport", terms, SharingSamples.VIOLATIONS));
    tell(agreement, "wang", Actor.OPERATOR, new AgreementCommand.Confirm());
    tell(agreement, "zhao", "head", new AgreementCommand.Consent("police"));
    tell(agreement, "zhao", "head", new AgreementCommand.Sign("police", terms.address()));
    tell(agreement, "li", "head", new AgreementCommand.Sign("transport", terms.address()));
  }

  private void tell(String entity, String person, String role, Object command) {
    var answer =
        node.entities()
            .<AgreementState>ask(entity, Request.of(command, new Actor(person, role)))
            .toCompletableFuture()
            .join();
    assertThat(answer.refused()).as(command.toString()).isEmpty();
  }

  private static String query(String subject) {
    return "{\"case\":{\"app\":\"permits\",\"case\":\"c-1\"},\"subject\":{\"number\":\"%s\"}}"
        .formatted(subject);
  }

  private Answer ask(String message, String subject, String who) {
    return ask("violations", message, subject, who);
  }

  private Answer ask(String agreement, String message, String subject, String who) {
    String path = QUERIES.replace("violations", agreement);
    return client.send(
        "POST", path, query(subject), "Idempotency-Key", message, "Govcloud-Acting-As", who);
  }

  @Test
  @Order(1)
  void ownCaseAndItsParty_asked_isAnsweredMaskedAndRecordedBefore() throws Exception {
    Answer answer = ask("m-1", DRIVER, CLERK);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    JsonNode record = answer.json().path("records").get(0);
    assertThat(record.path("driver_number").asText()).isEqualTo("999***********0016");
    assertThat(record.path("happened_on").asText()).matches("[0-9]{4}");
    assertThat(record.has("picture")).isFalse();
    assertThat(answer.json().path("masked")).hasSize(2);
    Entry entry = proved(answer);
    assertThat(entry.open()).containsEntry("decision", "permit").containsKeys("policy", "input");
    assertThat(entry.closed()).containsKeys("field.plate", "field.driver_number", "subject");
    assertThat(entry.id()).isEqualTo(answer.json().at("/evidence/exchange").asText());
  }

  /** The entry, from a proof that is checked as anybody can check it. */
  private Entry proved(Answer answer) throws Exception {
    long index = answer.json().at("/evidence/index").asLong();
    Answer proof = client.send("GET", "/v1/ledger/proofs/" + index, null);
    assertThat(proof.status()).isEqualTo(200);
    LogProof read =
        LogProof.parse(proof.response().body().getBytes(StandardCharsets.UTF_8), "proof");
    byte[] leaf = read.extra().orElseThrow();
    read.check(leaf, TrustPolicy.of(key.key()), "proof");
    assertThat(read.index()).isEqualTo(index);
    return (Entry) Leaf.parse(leaf, "entry");
  }

  @Test
  @Order(2)
  void sameMessage_again_isTheSameExchange() {
    Answer again = ask("m-1", DRIVER, CLERK);
    assertThat(again.json().path("replayed").asBoolean()).isTrue();
    assertThat(again.json().at("/evidence/index").asLong()).isZero();
    Answer other = ask("m-1", STRANGER, CLERK);
    assertThat(other.code()).isEqualTo("EXCHANGE_MESSAGE_REUSED");
  }

  @Test
  @Order(3)
  void whatTheCaseDoesNotAllow_asked_isRefusedWithItsCodeAndRecorded() throws Exception {
    Answer stranger = ask("m-2", STRANGER, CLERK);
    assertThat(stranger.status()).isEqualTo(403);
    assertThat(stranger.code()).isEqualTo("EXCHANGE_SUBJECT_NOT_PARTY");
    assertThat(stranger.response().body()).doesNotContain(STRANGER).contains("当事人");
    assertThat(proved(stranger).open())
        .containsEntry("decision", "deny")
        .containsEntry("code", "EXCHANGE_SUBJECT_NOT_PARTY");
    assertThat(ask("m-3", DRIVER, "li-si;role=window-clerk").code())
        .isEqualTo("EXCHANGE_CASE_NOT_YOURS");
    assertThat(ask("m-4", DRIVER, "zhang-san;role=reviewer").code())
        .isEqualTo("EXCHANGE_POLICY_DENIED");
    assertThat(ask("nothing", "m-5", DRIVER, CLERK).code()).isEqualTo("EXCHANGE_AGREEMENT_UNKNOWN");
  }

  private JsonNode accesses(String subject) {
    Answer answer =
        client.send(
            "POST",
            "/v1/exchange/accesses",
            "{\"subject\":\"" + subject + "\"}",
            "Govcloud-Acting-As",
            AUDITOR);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    return answer.json().path("items");
  }

  @Test
  @Order(4)
  void citizen_looksWhoAsked_seesOfficeCaseAndBasisOfBoth() {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(accesses(STRANGER)).hasSize(2));
    JsonNode refused = accesses(STRANGER).get(0);
    assertThat(refused.path("outcome").asText() + refused.path("fields")).isEqualTo("refused[]");
    JsonNode all = accesses(DRIVER);
    JsonNode permitted = all.get(all.size() - 1);
    assertThat(permitted.path("outcome").asText()).isEqualTo("permitted");
    assertThat(permitted.path("office").asText()).isEqualTo("transport");
    assertThat(permitted.path("case").asText()).isEqualTo("permits/c-1");
    assertThat(permitted.path("legal_basis").asText()).isEqualTo("《道路运输条例》");
    assertThat(permitted.path("fields")).hasSize(3);
    assertThat(permitted.path("index").asLong()).isZero();
  }

  @Test
  @Order(5)
  void citizen_comesAlone_findsTheOwnAndNothingElse_andIsAnswered() throws Exception {
    new CitizenWalk(client, node.entities()).walk(DRIVER, STRANGER);
    new SupervisionWalk(client).walk();
    new WhatIfWalk(client).walk(DRIVER);
    new RecallWalk(client).walk(DRIVER, STRANGER);
    new CorrectionWalk(client).walk(DRIVER);
    subscriptions = new SubscriptionWalk(client, node.entities(), DRIVER, STRANGER);
    subscriptions.walk(folder);
    third.walk(client, () -> ask("third-" + Instant.now().toEpochMilli(), DRIVER, CLERK));
    new RecordWalk(client)
        .walk(ask("m-1", DRIVER, CLERK), ask("m-7", DRIVER, "zhang-san;role=reviewer"), DRIVER);
    new ServiceWalk(client, node.entities(), service, DRIVER).walk();
  }

  @Test
  @Order(6)
  void recordsOfADay_usedUp_areRefusedExactly() {
    int permitted = 0;
    for (int i = 0; i < 5; i++) {
      Answer answer = ask("few", "few-" + i, DRIVER, CLERK);
      if (answer.status() == 200) {
        permitted += answer.json().path("records").size();
      } else {
        assertThat(answer.code()).isEqualTo("EXCHANGE_QUOTA_USED");
      }
    }
    assertThat(permitted).isLessThanOrEqualTo(2);
  }

  @Test
  @Order(7)
  void manyAtOnce_asked_haveEachAPlaceOfTheirOwn_andTheLedgerHolds() throws Exception {
    Map<Long, String> places = new ConcurrentHashMap<>();
    var threads = Executors.newFixedThreadPool(8);
    for (int i = 0; i < 200; i++) {
      String message = "load-" + i;
      threads.execute(
          () -> {
            Answer answer = ask(message, DRIVER, CLERK);
            if (answer.status() == 200) {
              places.put(
                  answer.json().at("/evidence/index").asLong(),
                  answer.json().at("/evidence/exchange").asText());
            }
          });
    }
    threads.shutdown();
    assertThat(threads.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
    assertThat(places).hasSize(200);
    assertThat(client.send("GET", "/v1/ledger/checkpoint", null).status()).isEqualTo(200);
    FolderStore store = new FolderStore(files);
    TrustPolicy trust = TrustPolicy.of(key.key());
    assertThat(new LedgerVerifier(store, trust).verify(Map.of()).findings()).isEmpty();
    for (Map.Entry<Long, String> place : places.entrySet().stream().limit(20).toList()) {
      byte[] proof =
          client
              .send("GET", "/v1/ledger/proofs/" + place.getKey(), null)
              .response()
              .body()
              .getBytes(StandardCharsets.UTF_8);
      byte[] leaf = LogProof.parse(proof, "proof").extra().orElseThrow();
      assertThat(((Entry) Leaf.parse(leaf, "entry")).id()).isEqualTo(place.getValue());
    }
  }

  @Test
  @Order(8)
  void agreement_suspended_letsNothingMoreThrough() {
    var agreement = "agreement/transport/violations";
    tell(agreement, "zhao", "head", new AgreementCommand.Suspend("police", "核查数据质量"));
    await()
        .atMost(Duration.ofSeconds(2))
        .untilAsserted(
            () ->
                assertThat(ask("held-" + Instant.now().toEpochMilli(), DRIVER, CLERK).code())
                    .isEqualTo("EXCHANGE_AGREEMENT_NOT_IN_FORCE"));
    tell(agreement, "zhao", "head", new AgreementCommand.Resume("police"));
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(
            () ->
                assertThat(ask("free-" + Instant.now().toEpochMilli(), DRIVER, CLERK).status())
                    .isEqualTo(200));
  }

  @Test
  @Order(9)
  void nodeKilledUnderLoad_losesNoEvidence_releasesNothingUnrecorded_forksNothing()
      throws Exception {
    node.close();
    node = null;
    Random random = new Random(SEED);
    KilledExchange load = new KilledExchange(message -> ask(message, DRIVER, CLERK));
    for (int round = 0; round < 3; round++) {
      try (NodeProcess process = NodeProcess.start(keyspace, folder, settings)) {
        client = new Client(process.url(), ServingNode.TOKEN);
        load.run("kill-" + round, process::kill, random.nextInt(1500), client);
      }
    }
    try (NodeProcess process = NodeProcess.start(keyspace, folder, settings)) {
      client = new Client(process.url(), ServingNode.TOKEN);
      load.requireEverythingRecorded(this::proved);
      subscriptions.requireTheSame(client);
      assertThat(client.send("GET", "/v1/ledger/checkpoint", null).status()).isEqualTo(200);
      assertThat(
              new LedgerVerifier(new FolderStore(files), TrustPolicy.of(key.key()))
                  .verify(load.states())
                  .findings())
          .as("seed %d", SEED)
          .isEmpty();
    }
  }
}

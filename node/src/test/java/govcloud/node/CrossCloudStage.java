package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.domain.Actor;
import govcloud.domain.identity.AccountCommand;
import govcloud.domain.identity.Roles;
import govcloud.domain.identity.Secret;
import govcloud.domain.sharing.AgreementCommand;
import govcloud.domain.sharing.AgreementTerms;
import govcloud.domain.sharing.Policy;
import govcloud.domain.sharing.ResourceCommand;
import govcloud.domain.sharing.SharingSamples;
import govcloud.ledger.leaf.Entry;
import govcloud.ledger.leaf.Leaf;
import govcloud.ledger.note.LogProof;
import govcloud.ledger.note.TrustPolicy;
import govcloud.node.eventsourcing.Request;
import govcloud.node.exchange.crossing.ForgingCloud;
import govcloud.node.http.Client;
import govcloud.node.http.Client.Answer;
import govcloud.replication.keys.KeyFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two clouds that know each other. Harbour's police has data, for which mountain's transport bureau
 * may ask; mountain has a case.
 */
final class CrossCloudStage implements AutoCloseable {
  private static final String APP = "/v1/tenants/transport/apps/permits";
  private static final String QUERIES = "/v1/tenants/transport/exchange/%s/queries";
  static final String DRIVER = "999999199001010016";
  static final String STRANGER = "999999199202020026";
  private static final String CLERK = "zhang-san;role=window-clerk";
  static final String AUDITOR = "wu;role=audit-administrator";

  final AgreementTerms terms = terms();
  private final int door = TwoClouds.freePort();
  private final Path folder;
  private final TwoClouds clouds;
  private final TwoLedgers ledgers;
  private final Map<String, String> ways = new HashMap<>();
  private Client harbour;
  private Client mountain;

  /** Starts both in a folder; nothing is agreed on yet. */
  CrossCloudStage(Path folder) throws Exception {
    this.folder = folder;
    this.clouds = new TwoClouds(folder, "");
    this.ledgers = new TwoLedgers(folder.resolve("ledgers"));
    ways.put(TwoClouds.HARBOUR, "");
    // Of harbour's two nodes the first one is away.
    ways.put(TwoClouds.MOUNTAIN, "addresses = [\"127.0.0.1:1\", \"127.0.0.1:%d\"]".formatted(door));
    startHarbour();
    startMountain();
    rent();
  }

  void stopHarbour() {
    clouds.stopHarbour();
  }

  /** Whoever says what he likes to harbour's door, with keys of a folder. */
  ForgingCloud forger(KeyFolder keys) throws Exception {
    return new ForgingCloud(
        keys,
        clouds.keys(TwoClouds.HARBOUR).link().certificate(),
        "127.0.0.1:" + door,
        terms.address());
  }

  KeyFolder keys(String cloud) {
    return clouds.keys(cloud);
  }

  @Override
  public void close() {
    clouds.close();
  }

  void startHarbour() throws IOException {
    harbour = clouds.startHarbour(settings(TwoClouds.HARBOUR)).client();
  }

  private void startMountain() throws IOException {
    mountain = clouds.startMountain(settings(TwoClouds.MOUNTAIN)).client();
  }

  /** Begins anew with another way between the two, as the settings of each have it. */
  void byFiles(String ofHarbour, String ofMountain) throws IOException {
    stop(ofHarbour, ofMountain);
    startHarbour();
    startMountain();
  }

  /** Stops both; whichever is started again has another way to the other one. */
  void stop(String ofHarbour, String ofMountain) {
    clouds.stopHarbour();
    clouds.stopMountain();
    ways.put(TwoClouds.HARBOUR, ofHarbour);
    ways.put(TwoClouds.MOUNTAIN, ofMountain);
  }

  /** Starts the node of a cloud, which must not run, as a process of its own. */
  NodeProcess startProcess(String cloud, String more) throws IOException {
    return clouds.startProcess(cloud, settings(cloud) + more);
  }

  /** All entries of a cloud's ledger, which have to be right and cosigned by the other cloud. */
  List<Entry> entries(String cloud) throws Exception {
    return ledgers.entries(cloud);
  }

  /** The nodes, while they are part of this process. */
  TwoClouds clouds() {
    return clouds;
  }

  Path agreements() {
    return folder.resolve("agreements");
  }

  Client harbour() {
    return harbour;
  }

  Client mountain() {
    return mountain;
  }

  private String settings(String cloud) {
    String other =
        cloud.equals(TwoClouds.HARBOUR)
            ? "cloud = mountain, departments { transport = mountain-transport }"
            : "cloud = harbour";
    return ledgers.settings(cloud)
        + """
        govcloud.exchange.deferred-most = 2
        govcloud.exchange.clouds {
          known = [{ %s, %s }], agreements-folder = "%s", port = %d, clock-bound = 5m
          bundles { patience = 2s, alarm = 5m }, queries-per-second = 20
        }
        """
            .formatted(
                other, ways.get(cloud), agreements(), cloud.equals(TwoClouds.HARBOUR) ? door : 0);
  }

  private static AgreementTerms terms() {
    var of =
        SharingSamples.inForce(
            new Policy(
                "role == 'window-clerk' && consumer == 'mountain-transport'",
                List.of(
                    new Policy.Example(
                        "a clerk",
                        "{\"role\":\"window-clerk\",\"consumer\":\"mountain-transport\"}",
                        true),
                    new Policy.Example("a visitor", "{\"role\":\"visitor\"}", false))),
            1_000);
    return new AgreementTerms(
        of.provider(),
        of.resource(),
        of.resourceVersion(),
        "mountain-transport",
        of.purpose(),
        of.matters(),
        of.legalBasis(),
        of.fields(),
        Optional.empty(),
        of.policy(),
        of.quotaPerDay(),
        of.validFrom(),
        of.validUntil(),
        of.retentionDays(),
        of.onward(),
        of.core(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static void changed(Answer answer) {
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
  }

  /** Departments that work. */
  static void register(Client client, String... tenants) {
    for (String tenant : tenants) {
      TwoClouds.register(client, tenant);
      changed(client.send("POST", "/v1/tenants/" + tenant + "/activate", "{}", "If-Match", "*"));
    }
  }

  private void rent() {
    register(harbour, "police", "mountain-transport");
    register(mountain, "transport");
    String application =
        "{\"definition\":\"administrative-approval\",\"plan\":{\"seats\":5,\"cases\":100}}";
    assertThat(mountain.send("PUT", APP, application, "Govcloud-Acting-As", "head;role=operator"))
        .extracting(Answer::status)
        .isEqualTo(202);
    assertThat(mountain.send("POST", APP + "/approve", "{}", "If-Match", "*").status())
        .isEqualTo(202);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> mountain.send("GET", APP, null).json().path("status").asText(),
            "running"::equals);
    String form =
        """
        {"title":"营运车辆年审","applicant":{"name":"王小明","kind":"person",
          "document_kind":"identity-card","document_number":"%s"},
         "form":{"project_name":"p","task_name":"t","task_type":"licence","project_type":"promise",
                 "applyer_name":"王小明","applyer_type":"natural-person"}}\
        """
            .formatted(DRIVER);
    assertThat(mountain.send("PUT", APP + "/cases/c-1", form).status()).isEqualTo(201);
    changed(mountain.send("POST", APP + "/cases/c-1/assignment", "{\"assignee\":\"zhang-san\"}"));
  }

  /** Somebody in harbour does something. */
  void tell(String entity, String person, String role, Object command) {
    tell(clouds.harbour(), entity, person, role, command);
  }

  private static void tell(
      ServingNode node, String entity, String person, String role, Object command) {
    var answer =
        node.entities()
            .ask(entity, Request.of(command, new Actor(person, role)))
            .toCompletableFuture()
            .join();
    assertThat(answer.refused()).as(command.toString()).isEmpty();
  }

  /** An account of a citizen of mountain, whose document somebody has seen. */
  void citizen(String id, String number) {
    for (Object command :
        List.of(
            new AccountCommand.Invite(
                "王小明", Optional.empty(), List.of(Roles.CITIZEN), new Secret("c0de")),
            new AccountCommand.ProveIdentity(new Secret(number)))) {
      tell(clouds.mountain(), "account/" + id, "li", Roles.SECURITY, command);
    }
  }

  void agree() {
    tell(
        "resource/police/traffic-violations",
        "wang",
        Actor.OPERATOR,
        new ResourceCommand.Publish(SharingSamples.VIOLATIONS));
    String agreement = "agreement/mountain-transport/violations";
    tell(
        agreement,
        "li",
        "head",
        new AgreementCommand.Apply("mountain-transport", terms, SharingSamples.VIOLATIONS));
    tell(agreement, "wang", Actor.OPERATOR, new AgreementCommand.Confirm());
    tell(agreement, "zhao", "head", new AgreementCommand.Consent("police"));
    tell(agreement, "zhao", "head", new AgreementCommand.Sign("police", terms.address()));
    tell(agreement, "li", "head", new AgreementCommand.Sign("mountain-transport", terms.address()));
  }

  /**
   * Mountain takes an agreement as a file from harbour's police.
   *
   * @return the file's text
   */
  String handOver(String agreement) throws IOException {
    return handOver("police", agreement);
  }

  /** The same from another department of harbour. */
  String handOver(String provider, String agreement) throws IOException {
    Answer document =
        harbour.send(
            "GET",
            "/v1/tenants/%s/agreements/mountain-transport/%s/document"
                .formatted(provider, agreement),
            null,
            "Govcloud-Acting-As",
            "zhao;role=agreement-signer");
    changed(document);
    Path own = Files.createDirectories(agreements().resolve("transport"));
    Files.writeString(own.resolve(agreement + ".json"), document.response().body());
    return document.response().body();
  }

  Answer ask(String message, String subject) {
    return ask(message, subject, "");
  }

  /** Asks with further members of the query, each with a comma before it. */
  Answer ask(String message, String subject, String more) {
    return ask(mountain, message, subject, more);
  }

  /** Asks at a node of mountain. */
  static Answer ask(Client mountain, String message, String subject, String more) {
    return ask(mountain, "violations", message, subject, more);
  }

  /** Asks at a node of mountain under one of its agreements. */
  static Answer ask(
      Client mountain, String agreement, String message, String subject, String more) {
    String query =
        "{\"case\":{\"app\":\"permits\",\"case\":\"c-1\"},\"subject\":{\"number\":\"%s\"}%s}"
            .formatted(subject, more);
    return mountain.send(
        "POST",
        QUERIES.formatted(agreement),
        query,
        "Idempotency-Key",
        message,
        "Govcloud-Acting-As",
        CLERK);
  }

  /** The newest entry but so many, from a proof that is checked as anybody can check it. */
  static Entry entry(Client client, String cloud, long index) throws Exception {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> client.send("GET", "/v1/ledger/proofs/" + index, null).status() == 200);
    Answer proof = client.send("GET", "/v1/ledger/proofs/" + index, null);
    LogProof read =
        LogProof.parse(proof.response().body().getBytes(StandardCharsets.UTF_8), "proof");
    byte[] leaf = read.extra().orElseThrow();
    read.check(leaf, TrustPolicy.of(TwoLedgers.log(cloud).key()), "proof");
    return (Entry) Leaf.parse(leaf, "entry");
  }

  JsonNode accesses(Client client, String subject) {
    return client
        .send(
            "POST",
            "/v1/exchange/accesses",
            "{\"subject\":\"" + subject + "\"}",
            "Govcloud-Acting-As",
            AUDITOR)
        .json()
        .path("items");
  }

  JsonNode known(Client client) {
    Answer answer = client.send("GET", "/v1/exchange/clouds", null);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    return answer.json();
  }

  /** How far a cloud is with the bundles of the other one. */
  static JsonNode bundles(Client client) {
    return client.send("GET", "/v1/exchange/clouds", null).json().at("/known/0/bundles");
  }
}

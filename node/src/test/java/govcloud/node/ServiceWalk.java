package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import govcloud.domain.Actor;
import govcloud.domain.sharing.AgreementCommand;
import govcloud.domain.sharing.AgreementTerms;
import govcloud.domain.sharing.Provider;
import govcloud.domain.sharing.SharingSamples;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.exchange.DepartmentService;
import govcloud.node.exchange.DepartmentService.Manner;
import govcloud.node.http.Client;
import govcloud.node.http.Client.Answer;
import govcloud.node.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The police offer violations from a service of their own: it is asked with each query, what it
 * answers is held against the schema, and while it is away queries are refused or wait.
 */
final class ServiceWalk {

  private static final String CLERK = "zhang-san;role=window-clerk";
  private static final String OFFICER = "li;role=data-officer";
  private static final String EXCHANGE = "/v1/tenants/transport/exchange/";
  private static final String RESOURCE = "/v1/tenants/police/resources/traffic-violations";

  private final Client client;
  private final Entities entities;
  private final DepartmentService service;
  private final String driver;

  ServiceWalk(Client client, Entities entities, DepartmentService service, String driver) {
    this.client = client;
    this.entities = entities;
    this.service = service;
    this.driver = driver;
  }

  void walk() {
    service.trust(
        client.send("GET", "/v1/ledger/status", null).json().path("requests_key").asText());
    assertThat(publish("https://169.254.169.254/latest").json().path("detail").asText())
        .startsWith("/provider/address: host 169.254.169.254, port 443 (expected: one of");
    Answer published = publish(service.address());
    assertThat(published.status()).as(published.response().body()).isEqualTo(200);
    var version =
        client
            .send("GET", "/v1/sharing/resources/police/traffic-violations", null)
            .json()
            .path("resource_version")
            .asInt();
    agree(terms(version));
    answers();
    wrongAnswers_areRefusedAndRecorded();
    whileItIsAway_queriesAreRefusedOrWait();
  }

  private Answer publish(String address) {
    var resource = SharingSamples.from(Provider.http(address));
    var content =
        Json.mapper()
            .<com.fasterxml.jackson.databind.node.ObjectNode>valueToTree(resource.document());
    content.remove(java.util.List.of("owner", "id"));
    return client.send("PUT", RESOURCE, content.toString(), "Govcloud-Acting-As", OFFICER);
  }

  private static AgreementTerms terms(int version) {
    var of = SharingSamples.inForce(SharingSamples.TERMS.policy().orElseThrow(), 1_000);
    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return new AgreementTerms(
        of.provider(),
        of.resource(),
        version,
        of.consumer(),
        of.purpose(),
        of.matters(),
        of.legalBasis(),
        of.fields(),
        Optional.empty(),
        Optional.empty(),
        1_000,
        now.minusSeconds(60),
        now.plusSeconds(86_400),
        of.retentionDays(),
        of.onward(),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private void agree(AgreementTerms terms) {
    var resource = SharingSamples.from(Provider.http(service.address()));
    tell("li", "head", new AgreementCommand.Apply("transport", terms, resource));
    tell("wang", Actor.OPERATOR, new AgreementCommand.Confirm());
    tell("zhao", "head", new AgreementCommand.Consent("police"));
    tell("zhao", "head", new AgreementCommand.Sign("police", terms.address()));
    tell("li", "head", new AgreementCommand.Sign("transport", terms.address()));
  }

  private void tell(String person, String role, Object command) {
    var answer =
        entities
            .ask("agreement/transport/by-service", Request.of(command, new Actor(person, role)))
            .toCompletableFuture()
            .join();
    assertThat(answer.refused()).as(command.toString()).isEmpty();
  }

  private Answer ask(String message, String more) {
    var body =
        "{\"case\":{\"app\":\"permits\",\"case\":\"c-1\"},\"subject\":{\"number\":\"%s\"}%s}"
            .formatted(driver, more);
    return client.send(
        "POST",
        EXCHANGE + "by-service/queries",
        body,
        "Idempotency-Key",
        message,
        "Govcloud-Acting-As",
        CLERK);
  }

  private void answers() {
    // It is known on every node within two seconds of the last signature.
    Answer answer =
        await()
            .atMost(Duration.ofSeconds(10))
            .until(
                () -> ask("service-1", ""),
                given -> !given.response().body().contains("EXCHANGE_AGREEMENT_UNKNOWN"));
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    var record = answer.json().path("records").get(0);
    assertThat(record.path("plate").asText()).isEqualTo("浙A12345");
    assertThat(record.path("driver_number").asText()).startsWith("999****").endsWith("6");
    assertThat(record.has("points")).as("minimised").isFalse();
    assertThat(answer.json().at("/notice/retention_days").asInt()).isEqualTo(365);
    assertThat(answer.json().at("/notice/onward").asText()).isEqualTo("forbidden");
    assertThat(answer.json().path("data_as_of").asText()).isEqualTo("2026-03-02T01:15:27Z");
  }

  private void wrongAnswers_areRefusedAndRecorded() {
    for (Manner manner : new Manner[] {Manner.WRONG_TYPE, Manner.OTHER_PERSON, Manner.TOO_MUCH}) {
      service.answer(manner);
      Answer answer = ask("service-" + manner, "");
      assertThat(answer.code()).as(manner.toString()).isEqualTo("EXCHANGE_ANSWER_MALFORMED");
      assertThat(answer.json().at("/evidence/index").isNumber()).isTrue();
    }
    service.answer(Manner.ANSWERS);
  }

  private void whileItIsAway_queriesAreRefusedOrWait() {
    service.answer(Manner.UNAVAILABLE);
    for (int i = 0; i < 3; i++) {
      Answer away = ask("service-away", "");
      assertThat(away.code()).isEqualTo("EXCHANGE_PROVIDER_AWAY");
      assertThat(away.status()).isEqualTo(503);
      assertThat(away.response().headers().firstValue("Retry-After")).isPresent();
    }
    Answer waits = ask("service-waits", ",\"delivery\":\"when-available\"");
    assertThat(waits.status()).as(waits.response().body()).isEqualTo(202);
    service.answer(Manner.ANSWERS);
    // The same message once more is another exchange, for it was refused because nobody answered.
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(ask("service-away", "").status()).isEqualTo(200));
    assertThat(ask("service-away", "").json().path("replayed").asBoolean()).isTrue();
    var place = EXCHANGE + "deferred/" + waits.json().path("id").asText();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(
                        client
                            .send("GET", place, null, "Govcloud-Acting-As", CLERK)
                            .json()
                            .at("/answer/records/0/plate")
                            .asText())
                    .isEqualTo("浙A12345"));
  }
}

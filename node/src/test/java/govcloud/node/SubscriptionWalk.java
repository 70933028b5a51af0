package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.domain.Actor;
import govcloud.domain.catalogue.LocalText;
import govcloud.domain.sharing.AgreementCommand;
import govcloud.domain.sharing.AgreementTerms;
import govcloud.domain.sharing.ResourceCommand;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.exchange.CalledBack;
import govcloud.node.http.Client;
import govcloud.node.http.Client.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Transport is told of changes in the licences of a driver whose case it handles, each time through
 * the whole gate; of other people's only under terms with a row filter.
 */
final class SubscriptionWalk {

  private static final String CLERK = "zhang-san;role=window-clerk";
  private static final String OTHER = "li-si;role=window-clerk";
  private static final String AUDITOR = "wu;role=audit-administrator";
  private static final String SECURITY = "qian;role=security-administrator";
  private static final String EXCHANGE = "/v1/tenants/transport/exchange/";
  private static final String ALL = EXCHANGE + "subscriptions";
  private static final String BOUND = "licence-changes";
  private static final String WIDE = "licences-open";
  private static final String UNBOUND = "licences-all";

  private static final RegisterSamples LICENCES =
      new RegisterSamples("police", "licences", new LocalText("驾驶证信息", "Driving licences"));

  private final Client client;
  private final Entities entities;
  private final String driver;
  private final String stranger;
  private String kept;
  private Map<String, JsonNode> told;

  SubscriptionWalk(Client client, Entities entities, String driver, String stranger) {
    this.client = client;
    this.entities = entities;
    this.driver = driver;
    this.stranger = stranger;
  }

  private void tell(String entity, String person, String role, Object command) {
    var answer =
        entities.ask(entity, Request.of(command, new Actor(person, role))).toCompletableFuture();
    assertThat(answer.join().refused()).as(command.toString()).isEmpty();
  }

  private void agree(String id, AgreementTerms terms) {
    var agreement = "agreement/transport/" + id;
    tell(
        agreement,
        "li",
        "head",
        new AgreementCommand.Apply("transport", terms, LICENCES.resource()));
    tell(agreement, "wang", Actor.OPERATOR, new AgreementCommand.Confirm());
    tell(agreement, "zhao", "head", new AgreementCommand.Consent("police"));
    tell(agreement, "zhao", "head", new AgreementCommand.Sign("police", terms.address()));
    tell(agreement, "li", "head", new AgreementCommand.Sign("transport", terms.address()));
  }

  private void licence(String name, String holder) {
    tell(LICENCES.id(name), "sun", "window-clerk", LICENCES.made(name, holder));
  }

  private void act(String name, String action) {
    tell(LICENCES.id(name), "sun", "window-clerk", RegisterSamples.action(action));
  }

  private Answer as(String who, String method, String path, String body) {
    return client.send(method, path, body, "Govcloud-Acting-As", who);
  }

  private Answer subscribe(String who, String agreement, String key, String body) {
    return client.send(
        "POST",
        EXCHANGE + agreement + "/subscriptions",
        body,
        "Idempotency-Key",
        key,
        "Govcloud-Acting-As",
        who);
  }

  private String subscribed(String agreement, String key, String body) {
    Answer answer = subscribe(CLERK, agreement, key, body);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
    return answer.json().path("id").asText();
  }

  private String bound() {
    return "{\"case\":{\"app\":\"permits\",\"case\":\"c-1\"},\"subject\":{\"number\":\"%s\"}}"
        .formatted(driver);
  }

  private Answer read(String subscription, String parameters) {
    return as(CLERK, "GET", ALL + "/" + subscription + "/changes" + parameters, null);
  }

  /** The changes after one, once there are any; waits in the cloud. */
  private JsonNode changes(String subscription, long after, int size) {
    var page = new JsonNode[1];
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              Answer answer = read(subscription, "?wait=2&after=" + after);
              assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
              assertThat(answer.json().path("changes")).hasSize(size);
              page[0] = answer.json();
            });
    return page[0];
  }

  private long looks(String number, String outcome) {
    Answer answer =
        as(AUDITOR, "POST", "/v1/exchange/accesses", "{\"subject\":\"" + number + "\"}");
    long found = 0;
    for (JsonNode look : answer.json().path("items")) {
      assertThat(look.path("case").asText()).matches("permits/c-1|subscription:[0-9a-f]{32}");
      if (look.path("resource").asText().equals("licences")
          && look.path("outcome").asText().equals(outcome)) {
        found++;
      }
    }
    return found;
  }

  void walk(Path folder) throws Exception {
    tell(
        "resource/police/licences",
        "wang",
        Actor.OPERATOR,
        new ResourceCommand.Publish(LICENCES.resource()));
    agree(BOUND, LICENCES.terms("transport", List.of("administrative-approval"), Optional.empty()));
    agree(WIDE, LICENCES.terms("transport", List.of(), Optional.of("case_status != 'draft'")));
    agree(UNBOUND, LICENCES.terms("transport", List.of(), Optional.empty()));
    isRefusedWhatIsNotAgreed();
    String one = subscribed(BOUND, "s-1", bound());
    assertThat(subscribed(BOUND, "s-1", bound())).isEqualTo(one);
    String wide = subscribed(WIDE, "s-2", "{}");
    licence("x-1", driver);
    licence("x-2", stranger);
    long next = isToldOnceAndAgain(one);
    next = isToldWhatFollows(one, next);
    isCutAndGoesOn(one, next);
    seesOnlyWhatTheFilterLetsThrough(wide);
    isSeenByCitizens();
    ends(one, wide);
    try (var department = CalledBack.start(folder)) {
      isCalledBack(department);
    }
    kept = wide;
    told = told(client);
    assertThat(told).hasSize(3);
  }

  /** What was told by a node that was killed is told by another one under the same ids. */
  void requireTheSame(Client other) {
    assertThat(told(other)).isEqualTo(told);
  }

  /** Evidence of all changes that the filter lets through, by id. */
  private Map<String, JsonNode> told(Client by) {
    Answer answer =
        by.send("GET", ALL + "/" + kept + "/changes?after=0", null, "Govcloud-Acting-As", CLERK);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    Map<String, JsonNode> found = new HashMap<>();
    for (JsonNode change : answer.json().path("changes")) {
      found.put(change.path("id").asText(), change.at("/answer/evidence"));
    }
    return found;
  }

  private void isRefusedWhatIsNotAgreed() {
    assertThat(subscribe(OTHER, BOUND, "s-0", bound()).code()).isEqualTo("EXCHANGE_CASE_NOT_YOURS");
    assertThat(subscribe(CLERK, BOUND, "s-0", "{}").code()).isEqualTo("EXCHANGE_CASE_UNKNOWN");
    assertThat(subscribe(CLERK, "violations", "s-0", bound()).code())
        .isEqualTo("EXCHANGE_CHANGES_NOT_OFFERED");
    assertThat(subscribe(CLERK, UNBOUND, "s-0", "{}").code())
        .isEqualTo("EXCHANGE_SUBSCRIPTION_UNBOUND");
    assertThat(subscribe(CLERK, WIDE, "s-0", "{\"until\":\"2020-01-01T00:00:00Z\"}").code())
        .isEqualTo("EXCHANGE_SUBSCRIPTION_ENDED");
  }

  /** At least once, and so that it can be told that it is the same. */
  private long isToldOnceAndAgain(String one) {
    JsonNode page = changes(one, 0, 1);
    JsonNode change = page.at("/changes/0");
    assertThat(change.at("/answer/records/0/case_status").asText()).isEqualTo("draft");
    assertThat(change.at("/answer/records/0").size()).isEqualTo(2);
    assertThat(page.toString()).doesNotContain(driver).doesNotContain(stranger);
    JsonNode again = changes(one, 0, 1).at("/changes/0");
    assertThat(again.path("id")).isEqualTo(change.path("id"));
    assertThat(again.at("/answer/evidence")).isEqualTo(change.at("/answer/evidence"));
    assertThat(again.at("/answer/replayed").asBoolean()).isTrue();
    assertThat(as(OTHER, "GET", ALL + "/" + one + "/changes", null).status()).isEqualTo(404);
    return page.path("next").asLong();
  }

  private long isToldWhatFollows(String one, long next) {
    act("x-1", "apply");
    JsonNode page = changes(one, next, 1);
    assertThat(page.at("/changes/0/answer/records/0/case_status").asText()).isEqualTo("applied");
    assertThat(page.at("/changes/0/sequence").asLong()).isGreaterThan(next);
    Answer empty = read(one, "?after=" + page.path("next").asLong());
    assertThat(empty.json().path("changes")).isEmpty();
    assertThat(as(CLERK, "GET", ALL + "/" + one, null).json().path("acknowledged").asLong())
        .isEqualTo(page.path("next").asLong());
    return page.path("next").asLong();
  }

  private void isCutAndGoesOn(String one, long next) {
    String agreement = "agreement/transport/" + BOUND;
    tell(agreement, "zhao", "head", new AgreementCommand.Suspend("police", "核查数据质量"));
    await()
        .atMost(Duration.ofSeconds(2))
        .until(() -> read(one, "?wait=2").code(), "EXCHANGE_AGREEMENT_NOT_IN_FORCE"::equals);
    act("x-1", "withdraw");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> read(one, "").json().at("/evidence/index").isNumber());
    JsonNode refused = read(one, "").json();
    assertThat(read(one, "").json().path("evidence")).isEqualTo(refused.path("evidence"));
    assertThat(refused.toString()).doesNotContain("withdrawn");
    tell(agreement, "zhao", "head", new AgreementCommand.Resume("police"));
    assertThat(changes(one, next, 1).at("/changes/0/answer/records/0/case_status").asText())
        .isEqualTo("withdrawn");
  }

  private void seesOnlyWhatTheFilterLetsThrough(String wide) {
    JsonNode page = changes(wide, 0, 1);
    assertThat(page.at("/changes/0/answer/records/0/case_status").asText()).isEqualTo("withdrawn");
    act("x-2", "apply");
    assertThat(changes(wide, page.path("next").asLong(), 1).toString()).contains("applied");
  }

  private void isSeenByCitizens() {
    await().atMost(Duration.ofSeconds(30)).until(() -> looks(stranger, "permitted"), n -> n == 1);
    assertThat(looks(driver, "permitted")).as("three bound, one by the filter").isEqualTo(4);
    assertThat(looks(driver, "refused")).as("recorded once").isEqualTo(1);
    assertThat(as(AUDITOR, "GET", "/v1/supervision", null).json().path("crossings"))
        .anyMatch(crossing -> crossing.path("resource").asText().equals("licences"));
  }

  private void ends(String one, String wide) {
    Answer ended = as(CLERK, "DELETE", ALL + "/" + one, null);
    assertThat(ended.json().path("state").asText()).isEqualTo("ended");
    assertThat(read(one, "").code()).isEqualTo("EXCHANGE_SUBSCRIPTION_ENDED");
    assertThat(as(CLERK, "GET", ALL, null).json().path("items").findValuesAsText("id"))
        .containsExactlyInAnyOrder(one, wide);
    assertThat(as(AUDITOR, "GET", "/v1/exchange/unfetched", null).json().path("items")).isEmpty();
    String until = Instant.now().plusSeconds(1).toString();
    String brief = subscribed(WIDE, "s-3", "{\"until\":\"" + until + "\"}");
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> read(brief, "").code(), "EXCHANGE_SUBSCRIPTION_ENDED"::equals);
  }

  private void isCalledBack(CalledBack department) {
    String place = EXCHANGE + "callback";
    String change = "{\"callback\":true}";
    assertThat(subscribe(CLERK, WIDE, "s-4", change).code())
        .isEqualTo("EXCHANGE_CALLBACK_UNDECLARED");
    assertThat(as(SECURITY, "PUT", place, "{\"address\":\"https://127.0.0.1/a\"}").code())
        .isEqualTo("EXCHANGE_CALLBACK_REFUSED");
    Answer declared = as(SECURITY, "PUT", place, "{\"address\":\"" + department.address() + "\"}");
    assertThat(declared.status()).as(declared.response().body()).isEqualTo(200);
    department.trust(declared.json().path("key").asText());
    department.down(true);
    String told = subscribed(WIDE, "s-4", change);
    licence("x-3", stranger);
    act("x-3", "apply");
    department.down(false);
    await().atMost(Duration.ofSeconds(40)).until(() -> !department.received().isEmpty());
    JsonNode first = department.received().get(0);
    assertThat(first.path("subscription").asText()).isEqualTo(told);
    assertThat(first.at("/page/changes/0/answer/records/0/case_status").asText())
        .isEqualTo("applied");
    assertThat(first.toString()).doesNotContain(stranger);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> as(CLERK, "GET", ALL + "/" + told, null).json().path("acknowledged").asLong(),
            number -> number == first.at("/page/next").asLong());
    new RecallCallback(client).walk(department, stranger);
    assertThat(as(CLERK, "GET", place, null).json().path("address").asText())
        .isEqualTo(department.address());
    assertThat(as(SECURITY, "DELETE", place, null).status()).isEqualTo(200);
    assertThat(as(CLERK, "GET", place, null).status()).isEqualTo(404);
  }
}

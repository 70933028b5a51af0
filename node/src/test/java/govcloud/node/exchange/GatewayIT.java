package govcloud.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.sharing.Policy;
import govcloud.domain.sharing.SharingSamples;
import govcloud.exchange.gate.Agreed;
import govcloud.exchange.policy.PolicyException;
import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import govcloud.ledger.leaf.Entry;
import govcloud.ledger.leaf.Leaf;
import govcloud.ledger.log.FolderStore;
import govcloud.ledger.log.LedgerLog;
import govcloud.ledger.note.LogProof;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.note.VerifierKey;
import govcloud.ledger.verify.LedgerVerifier;
import govcloud.localcassandra.LocalCassandra;
import govcloud.node.NodeConfiguration;
import govcloud.node.NodeContext;
import govcloud.node.RunningNode;
import govcloud.node.ServingNode;
import govcloud.node.casework.SealedCases;
import govcloud.node.eventsourcing.AggregateTypes;
import govcloud.node.feed.EntityHistory;
import govcloud.node.feed.JournalHistory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
 * Two gateways over one ledger on a real Cassandra: what the case allows is answered masked, what
 * it does not is refused, both are recorded, and nobody signs a second history.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class GatewayIT {

  private static final String STRANGER = "999999199202020025";
  private static final LedgerKey KEY =
      new LedgerKey(new NoteSigner("gov.example/exchange", VerifierKey.NOTE, new byte[32]));

  private final List<LedgerShelf> shelves = new ArrayList<>();
  private final List<Gateway> gateways = new ArrayList<>();
  private RunningNode node;
  private NodeContext context;
  private EntityHistory history;
  private Path folder;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    node =
        RunningNode.start(
            NodeConfiguration.read(
                ServingNode.configuration(
                    LocalCassandra.shared(),
                    LocalCassandra.shared().newKeyspaceName("gateway"),
                    folder)),
            "1.0.0",
            Clock.systemUTC());
    context = node.context();
    var types = context.system().settings().setup().get(AggregateTypes.class).orElseThrow();
    history =
        new JournalHistory(
            context.journal()::entities,
            stored ->
                types.of(stored.getEntityId()).codec().decode(stored.getPayload().toByteArray()));
    for (String life : List.of("a", "b")) {
      shelves.add(shelf(folder.resolve(life)));
      gateways.add(gateway(life, shelves.get(shelves.size() - 1)));
    }
    RenewalCase.open(context.entities());
  }

  @AfterAll
  void stop() throws Exception {
    shelves.forEach(LedgerShelf::close);
    if (node != null) {
      context.system().terminate();
      node.ended().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
  }

  private LedgerShelf shelf(Path place) {
    return LedgerShelf.open(context.system(), context.entities(), history, KEY, place, false);
  }

  private Gateway gateway(String life, LedgerShelf shelf) {
    var desk =
        new LedgerDesk(
            context.entities(),
            history,
            context.system(),
            KEY,
            shelf,
            life,
            () -> CompletableFuture.completedStage(true));
    return new Gateway(
        context.entities(),
        new SealedCases(context.personal(), context.catalogue()),
        (consumer, id) -> CompletableFuture.completedStage(agreed(id)),
        new NearSource(GatewayIT::records, KEY::hashKey),
        new Quota(new QuotaTable(context.cassandra(), context.journal().cassandra().keyspace())),
        records(desk),
        Duration.ofSeconds(5),
        context.clock());
  }

  private Records records(LedgerDesk desk) {
    return new Records(
        context.entities(), desk, KEY, new SecureRandom(), context.journal().slices()::sliceOf);
  }

  /** What the police have; under one agreement a number stands there as a text. */
  private static CompletionStage<Found> records(Agreed agreed, String subject, Instant until) {
    return new MockProvider()
        .records(agreed, subject, until)
        .thenApply(
            found -> {
              if (agreed.id().equals("wrong")) {
                found.records().get(0).put("points", "three");
              }
              return found;
            });
  }

  private static Optional<Agreed> agreed(String id) {
    var terms =
        SharingSamples.inForce(
            new Policy("role == 'window-clerk'", List.of()), id.equals("few") ? 7 : 100_000);
    try {
      return id.equals("none")
          ? Optional.empty()
          : Optional.of(
              Agreed.of(id, terms, terms.address(), SharingSamples.VIOLATIONS, !id.equals("held")));
    } catch (PolicyException e) {
      throw new AssertionError(e);
    }
  }

  private static Message message(String agreement, String id, String subject, Actor actor) {
    return RenewalCase.message(
        agreement,
        actor,
        subject,
        List.of(),
        id,
        "nonce-" + id + subject,
        (subject + actor.person() + actor.role()).hashCode() + "");
  }

  private Outcome ask(int gateway, String agreement, String id, String subject) {
    return ask(gateway, message(agreement, id, subject, new Actor("zhang-san", "window-clerk")));
  }

  private Outcome ask(int gateway, Message message) {
    return gateways.get(gateway).query(message).toCompletableFuture().join();
  }

  private static String code(Outcome outcome) {
    return outcome.refusal().map(why -> why.code()).orElse("");
  }

  /** The entry, from a proof that is checked as anybody can check it. */
  private Entry proved(Outcome outcome) throws Exception {
    long index = outcome.record().index();
    for (LedgerShelf shelf : shelves) {
      shelf.catchUp().toCompletableFuture().join();
      LogProof proof = LogProof.parse(shelf.proof(index).orElseThrow(), "proof");
      byte[] leaf = proof.extra().orElseThrow();
      proof.check(leaf, TrustPolicy.of(KEY.signer().key()), "proof");
    }
    byte[] leaf = LogProof.parse(shelves.get(0).proof(index).orElseThrow(), "p").extra().get();
    return (Entry) Leaf.parse(leaf, "entry");
  }

  @Test
  @Order(1)
  void partyToTheOwnCase_asked_isAnsweredMaskedAndRecorded() throws Exception {
    Outcome outcome = ask(0, "violations", "m-1", RenewalCase.DRIVER);
    assertThat(code(outcome)).isEmpty();
    var record = outcome.records().get(0);
    assertThat(record.path("driver_number").asText()).isEqualTo("999***********0017");
    assertThat(record.path("happened_on").asText()).matches("[0-9]{4}");
    assertThat(record.has("picture")).isFalse();
    assertThat(outcome.notice().en())
        .isEqualTo("Keep it for 365 days at most, then delete it. Give it on to nobody.");
    Entry entry = proved(outcome);
    assertThat(entry.id()).isEqualTo(outcome.record().id());
    assertThat(entry.open()).containsEntry("decision", "permit").containsKeys("policy", "input");
    assertThat(entry.closed()).containsKeys("field.plate", "field.driver_number", "subject");
  }

  @Test
  @Order(2)
  void sameMessage_atTheOtherGateway_isTheSameExchange() {
    Outcome again = ask(1, "violations", "m-1", RenewalCase.DRIVER);
    assertThat(again.replayed()).isTrue();
    assertThat(again.record().index()).isZero();
    assertThat(again.records()).isNotEmpty();
    assertThat(code(ask(1, "violations", "m-1", STRANGER))).isEqualTo("EXCHANGE_MESSAGE_REUSED");
  }

  @Test
  @Order(3)
  void whatTheCaseDoesNotAllow_asked_isRefusedAndRecorded() throws Exception {
    Outcome stranger = ask(0, "violations", "m-2", STRANGER);
    assertThat(code(stranger)).isEqualTo("EXCHANGE_SUBJECT_NOT_PARTY");
    assertThat(stranger.records()).isEmpty();
    assertThat(proved(stranger).open())
        .containsEntry("decision", "deny")
        .containsEntry("code", "EXCHANGE_SUBJECT_NOT_PARTY");
    var other = new Actor("li-si", "window-clerk");
    assertThat(code(ask(0, message("violations", "m-3", RenewalCase.DRIVER, other))))
        .isEqualTo("EXCHANGE_CASE_NOT_YOURS");
    var reviewer = new Actor("zhang-san", "reviewer");
    assertThat(code(ask(0, message("violations", "m-4", RenewalCase.DRIVER, reviewer))))
        .isEqualTo("EXCHANGE_POLICY_DENIED");
    assertThat(code(ask(0, "held", "m-5", RenewalCase.DRIVER)))
        .isEqualTo("EXCHANGE_AGREEMENT_NOT_IN_FORCE");
    assertThat(
            gateways
                .get(0)
                .query(message("none", "m-6", RenewalCase.DRIVER, other))
                .toCompletableFuture())
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableOfType(java.util.concurrent.ExecutionException.class)
        .withMessageContaining("EXCHANGE_AGREEMENT_UNKNOWN");
  }

  @Test
  @Order(3)
  void answerThatIsNotByTheSchema_isRefusedAndRecorded_andNothingOfItLeaves() throws Exception {
    Outcome outcome = ask(0, "wrong", "m-wrong", RenewalCase.DRIVER);
    assertThat(code(outcome)).isEqualTo("EXCHANGE_ANSWER_MALFORMED");
    assertThat(outcome.refusal().orElseThrow().message())
        .startsWith("record 0, /points")
        .doesNotContain("three");
    assertThat(outcome.records()).isEmpty();
    Entry entry = proved(outcome);
    assertThat(entry.open())
        .containsEntry("decision", "deny")
        .containsEntry("code", "EXCHANGE_ANSWER_MALFORMED");
    assertThat(entry.closed().keySet()).noneMatch(name -> name.startsWith("field."));
  }

  @Test
  @Order(3)
  void refusedMessage_thatComesAgainByItself_isTheSameRefusal() {
    var reviewer = new Actor("zhang-san", "reviewer");
    var message = message("violations", "m-4-again", RenewalCase.DRIVER, reviewer);
    Outcome refused = ask(0, message);
    Outcome again = ask(1, message.comingByItself());
    assertThat(code(again)).isEqualTo("EXCHANGE_POLICY_DENIED");
    assertThat(again.replayed()).isTrue();
    assertThat(again.record()).isEqualTo(refused.record());
    assertThat(ask(0, message).record()).as("asked by somebody").isNotEqualTo(refused.record());
  }

  @Test
  @Order(4)
  void recordsOfADay_atTwoGatewaysAtOnce_areCountedExactly() {
    List<CompletableFuture<Outcome>> asked = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      var message =
          message("few", "few-" + i, RenewalCase.DRIVER, new Actor("zhang-san", "window-clerk"));
      asked.add(gateways.get(i % 2).query(message).toCompletableFuture());
    }
    int records = asked.stream().mapToInt(one -> one.join().records().size()).sum();
    int each = ask(0, "violations", "m-7", RenewalCase.DRIVER).records().size();
    assertThat(records).isBetween(each, 7);
    assertThat(asked.stream().map(one -> code(one.join())).filter(code -> !code.isEmpty()))
        .isNotEmpty()
        .containsOnly("EXCHANGE_QUOTA_USED");
  }

  @Test
  @Order(5)
  void manyAtTwoGateways_recorded_haveEachAPlaceOfTheirOwnInOneLedger() throws Exception {
    List<CompletableFuture<Outcome>> asked = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      var message =
          message(
              "violations",
              "load-" + i,
              RenewalCase.DRIVER,
              new Actor("zhang-san", "window-clerk"));
      asked.add(gateways.get(i % 2).query(message).toCompletableFuture());
    }
    Map<Long, String> places = new TreeMap<>();
    for (var one : asked) {
      Outcome outcome = one.join();
      assertThat(code(outcome)).isEmpty();
      places.put(outcome.record().index(), outcome.record().id());
    }
    assertThat(places).hasSize(400);
    var states = new TreeSet<String>();
    for (LedgerShelf shelf : shelves) {
      assertThat(shelf.catchUp().toCompletableFuture().join()).isGreaterThan(400);
      states.add(shelf.checkpoint().toString());
    }
    assertThat(states).as("states of one size, signed by two").hasSize(1);
    for (String life : List.of("a", "b")) {
      var report =
          new LedgerVerifier(
                  new FolderStore(folder.resolve(life)), TrustPolicy.of(KEY.signer().key()))
              .verify(Map.of());
      assertThat(report.findings()).isEmpty();
    }
    for (var place : places.entrySet()) {
      byte[] proof = shelves.get(0).proof(place.getKey()).orElseThrow();
      byte[] leaf = LogProof.parse(proof, "proof").extra().orElseThrow();
      assertThat(((Entry) Leaf.parse(leaf, "entry")).id()).isEqualTo(place.getValue());
    }
  }

  @Test
  @Order(6)
  void shelf_closedAndOpened_goesOnWhereItWas() {
    shelves.get(1).close();
    shelves.set(1, shelf(folder.resolve("b")));
    ask(0, "violations", "m-8", RenewalCase.DRIVER);
    for (LedgerShelf shelf : shelves) {
      shelf.catchUp().toCompletableFuture().join();
    }
    assertThat(shelves.get(1).checkpoint().toString())
        .isEqualTo(shelves.get(0).checkpoint().toString());
  }

  @Test
  @Order(7)
  void journalThatIsNotWhatWasSigned_isNeverSigned_andNothingIsLetOut() throws Exception {
    assertThat(defect("shorter", 2_000)).isEqualTo(LedgerDefect.LEDGER_ROLLED_BACK);
    assertThat(defect("other", 1)).isEqualTo(LedgerDefect.LEDGER_FORKED);
  }

  /** What a node finds that has signed so many other entries before. */
  private LedgerDefect defect(String name, int entries) throws Exception {
    Path place = folder.resolve(name);
    try (LedgerLog log = LedgerLog.create(new FolderStore(place), KEY.signer())) {
      List<CompletableFuture<?>> appended = new ArrayList<>();
      for (int i = 0; i < entries; i++) {
        appended.add(
            log.append(new Entry(i, "%032x".formatted(i), new TreeMap<>(), new TreeMap<>())));
      }
      CompletableFuture.allOf(appended.toArray(CompletableFuture<?>[]::new)).join();
    }
    try (LedgerShelf shelf = shelf(place)) {
      shelf.catchUp().handle((size, failure) -> failure).toCompletableFuture().join();
      LedgerException trouble = shelf.trouble().orElseThrow();
      assertThat(
              gateway(name, shelf)
                  .query(
                      message(
                          "violations",
                          name,
                          RenewalCase.DRIVER,
                          new Actor("zhang-san", "window-clerk")))
                  .toCompletableFuture())
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableOfType(java.util.concurrent.ExecutionException.class)
          .withMessageContaining("EXCHANGE_NOT_RECORDED");
      return trouble.defect();
    }
  }
}

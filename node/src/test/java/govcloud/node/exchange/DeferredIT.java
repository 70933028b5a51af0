package govcloud.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.Refusal;
import govcloud.domain.exchange.ExchangeState;
import govcloud.domain.sharing.Policy;
import govcloud.domain.sharing.SharingSamples;
import govcloud.exchange.gate.Agreed;
import govcloud.exchange.policy.PolicyException;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.VerifierKey;
import govcloud.localcassandra.LocalCassandra;
import govcloud.node.NodeConfiguration;
import govcloud.node.NodeContext;
import govcloud.node.RunningNode;
import govcloud.node.ServingNode;
import govcloud.node.casework.SealedCases;
import govcloud.node.eventsourcing.AggregateTypes;
import govcloud.node.exchange.DeferredQuery.State;
import govcloud.node.feed.JournalHistory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
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
 * Queries on a real Cassandra whose provider is away: kept, delivered once under what holds then,
 * and given up when their time is over.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class DeferredIT {

  private static final LedgerKey KEY =
      new LedgerKey(new NoteSigner("gov.example/deferred", VerifierKey.NOTE, new byte[32]));
  private static final Duration TERM = Duration.ofDays(3);
  private static final Duration KEPT = Duration.ofDays(7);

  private RunningNode node;
  private NodeContext context;
  private RenewalCase renewal;
  private LedgerShelf shelf;
  private Records records;
  private Gateway gateway;
  private DeferredTable table;
  private Instant now = Instant.now();
  private volatile boolean away;
  private Path folder;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    this.folder = folder;
    var cassandra = LocalCassandra.shared();
    var configuration =
        ServingNode.configuration(cassandra, cassandra.newKeyspaceName("deferred"), folder);
    node = RunningNode.start(NodeConfiguration.read(configuration), "1.0.0", Clock.systemUTC());
    context = node.context();
    var types = context.system().settings().setup().get(AggregateTypes.class).orElseThrow();
    var history =
        new JournalHistory(
            context.journal()::entities,
            stored ->
                types.of(stored.getEntityId()).codec().decode(stored.getPayload().toByteArray()));
    shelf =
        LedgerShelf.open(
            context.system(), context.entities(), history, KEY, folder.resolve("ledger"), false);
    var desk =
        new LedgerDesk(
            context.entities(),
            history,
            context.system(),
            KEY,
            shelf,
            "a",
            () -> CompletableFuture.completedStage(true));
    records =
        new Records(
            context.entities(), desk, KEY, new SecureRandom(), context.journal().slices()::sliceOf);
    gateway = gateway();
    table = new DeferredTable(context.cassandra(), keyspace());
    renewal = RenewalCase.open(context.entities());
  }

  @AfterAll
  void stop() throws Exception {
    shelf.close();
    if (node != null) {
      context.system().terminate();
      node.ended().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
  }

  private String keyspace() {
    return context.journal().cassandra().keyspace();
  }

  /** Of a provider that sometimes does not answer. */
  private Gateway gateway() {
    var near = new NearSource(new MockProvider(), KEY::hashKey);
    return new Gateway(
        context.entities(),
        new SealedCases(context.personal(), context.catalogue()),
        (consumer, id) -> CompletableFuture.completedStage(agreed(id)),
        (question, until) ->
            away
                ? CompletableFuture.failedStage(new IllegalStateException("line: cut"))
                : near.ask(question, until),
        new Quota(new QuotaTable(context.cassandra(), keyspace())),
        records,
        Duration.ofSeconds(5),
        context.clock());
  }

  private static Optional<Agreed> agreed(String id) {
    var terms = SharingSamples.inForce(new Policy("role == 'window-clerk'", List.of()), 100_000);
    try {
      return Optional.of(Agreed.of(id, terms, terms.address(), SharingSamples.VIOLATIONS, true));
    } catch (PolicyException e) {
      throw new AssertionError(e);
    }
  }

  private static Message message(String id, List<String> fields) {
    return RenewalCase.message(
        "violations",
        new Actor("zhang-san", "window-clerk"),
        RenewalCase.DRIVER,
        fields,
        id,
        "nonce-" + id,
        "hash of " + fields);
  }

  /** As a node has it that has just begun: what another one knew in memory is gone. */
  private Deferral deferral() {
    return new Deferral(gateway, records, table, KEY, TERM, KEPT, 100, () -> now);
  }

  private DeferredQuery keep(String id) {
    away = true;
    var asked = deferral().ask(message(id, List.of("plate"))).toCompletableFuture().join();
    away = false;
    assertThat(asked.outcome()).isEmpty();
    return asked.deferred().orElseThrow();
  }

  private DeferredQuery after(DeferredQuery query, Duration pause) {
    now = now.plus(pause);
    deferral().deliver().toCompletableFuture().join();
    return table.find("transport", query.id()).toCompletableFuture().join().orElseThrow();
  }

  private boolean isRecorded(DeferredQuery query) {
    return context
        .entities()
        .<ExchangeState>read("exchange/transport/" + query.id())
        .toCompletableFuture()
        .join()
        .state()
        .record()
        .isPresent();
  }

  private Deferral.Found found(DeferredQuery query) {
    return deferral().find("transport", query.id()).toCompletableFuture().join().orElseThrow();
  }

  private List<String> waiting() {
    return table.waiting().toCompletableFuture().join().stream()
        .map(DeferredTable.Listed::id)
        .toList();
  }

  @Test
  @Order(1)
  void providerThatAnswers_asked_answersAtOnce() {
    var asked = deferral().ask(message("m-0", List.of())).toCompletableFuture().join();
    assertThat(asked.outcome().orElseThrow().records()).isNotEmpty();
    assertThat(waiting()).isEmpty();
  }

  @Test
  @Order(2)
  void providerAway_asked_isKeptOnceAndNotRecorded() {
    var query = keep("m-1");
    assertThat(query.state()).isEqualTo(State.WAITING);
    assertThat(isRecorded(query)).isFalse();
    assertThat(query.query()).doesNotContain(RenewalCase.DRIVER);
    assertThat(keep("m-1")).isEqualTo(query);
    assertThat(
            deferral()
                .ask(message("m-1", List.of("points")))
                .thenApply(asked -> "taken")
                .exceptionally(failure -> cause(failure).getMessage())
                .toCompletableFuture()
                .join())
        .contains("EXCHANGE_MESSAGE_REUSED");
    assertThat(waiting()).containsExactly(query.id());
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException ? failure.getCause() : failure;
  }

  @Test
  @Order(3)
  void providerStillAway_asked_isAskedLessAndLessOften() {
    var query = keep("m-1");
    away = true;
    assertThat(after(query, Duration.ofSeconds(1)).attempts()).as("too early").isEqualTo(1);
    var second = after(query, Duration.ofSeconds(2));
    assertThat(second.attempts()).isEqualTo(2);
    assertThat(second.state()).isEqualTo(State.WAITING);
    assertThat(Deferral.pause(2)).isGreaterThan(Deferral.pause(1));
    assertThat(Deferral.pause(1_000)).isEqualTo(Duration.ofMinutes(1));
    away = false;
  }

  @Test
  @Order(4)
  void providerBack_askedByAnotherNode_isDeliveredOnceAndThenRecorded() {
    var delivered = after(keep("m-1"), Duration.ofMinutes(1));
    assertThat(delivered.state()).isEqualTo(State.DELIVERED);
    assertThat(isRecorded(delivered)).isTrue();
    var told = found(delivered).told().orElseThrow();
    assertThat(told.at("/records/0").has("plate")).isTrue();
    assertThat(told.at("/records/0").size()).isEqualTo(1);
    assertThat(told.at("/evidence/exchange").asText()).isEqualTo(delivered.id());
    assertThat(waiting()).isEmpty();
    long size = shelf.catchUp().toCompletableFuture().join();
    assertThat(after(delivered, Duration.ofMinutes(5))).isEqualTo(delivered);
    assertThat(keep("m-1")).isEqualTo(delivered);
    assertThat(shelf.catchUp().toCompletableFuture().join()).isEqualTo(size);
  }

  @Test
  @Order(5)
  void recordedButNotNoted_askedAgain_isTheSameExchange() {
    var query = keep("m-2");
    var outcome = gateway.query(message("m-2", List.of("plate"))).toCompletableFuture().join();
    long size = shelf.catchUp().toCompletableFuture().join();
    var delivered = after(query, Duration.ofMinutes(1));
    assertThat(delivered.state()).isEqualTo(State.DELIVERED);
    assertThat(found(delivered).told().orElseThrow().at("/evidence/index").asLong())
        .isEqualTo(outcome.record().index());
    assertThat(shelf.catchUp().toCompletableFuture().join()).isEqualTo(size);
  }

  @Test
  @Order(6)
  void caseThatSomebodyElseHandlesThen_delivered_isRefusedAndRecorded() {
    var query = keep("m-3");
    renewal.assign("li-si");
    var refused = after(query, Duration.ofMinutes(1));
    renewal.assign("zhang-san");
    assertThat(refused.state()).isEqualTo(State.REFUSED);
    assertThat(refused.code()).isEqualTo("EXCHANGE_CASE_NOT_YOURS");
    assertThat(isRecorded(refused)).isTrue();
    assertThat(found(refused).told().orElseThrow().at("/explanation/zh").asText())
        .contains("不由本人承办");
  }

  @Test
  @Order(7)
  void termOver_providerStillAway_isGivenUpRecordedAndListed() {
    var query = keep("m-4");
    away = true;
    var given = after(query, TERM);
    away = false;
    assertThat(given.state()).isEqualTo(State.UNDELIVERED);
    assertThat(given.code()).isEqualTo("EXCHANGE_PROVIDER_AWAY");
    assertThat(isRecorded(given)).isTrue();
    assertThat(table.undelivered().toCompletableFuture().join()).containsExactly(given);
    assertThat(table.countUndelivered().toCompletableFuture().join()).isEqualTo(1);
    var later = gateway.query(message("m-4", List.of("plate"))).toCompletableFuture().join();
    assertThat(later.refusal()).as("nothing was decided, so it is asked anew").isEmpty();
  }

  @Test
  @Order(8)
  void whatTheCaseDoesNotAllow_asked_isRefusedAtOnceAndNotKept() {
    away = true;
    renewal.assign("li-si");
    var asked = deferral().ask(message("m-5", List.of("plate"))).toCompletableFuture().join();
    assertThat(asked.outcome().orElseThrow().refusal().map(Refusal::code))
        .contains("EXCHANGE_CASE_NOT_YOURS");
    assertThat(waiting()).isEmpty();
  }

  @Test
  @Order(9)
  void departmentWithAnAddress_queryDelivered_isToldOnceItTakesIt() throws Exception {
    renewal.assign("zhang-san");
    CalledBack.settings(folder);
    try (var department = CalledBack.start(folder)) {
      department.trust(KEY.callbackKey("harbour").id());
      join(callbacks().declare("transport", department.address(), "qian"));
      var query = keepToTell("m-6");
      join(callbacks().deliver());
      assertThat(department.received()).as("while it waits").isEmpty();
      after(query, Duration.ofMinutes(1));
      department.down(true);
      join(callbacks().deliver());
      department.down(false);
      join(callbacks().deliver());
      assertThat(department.received()).as("too early").isEmpty();
      now = now.plusSeconds(60);
      join(callbacks().deliver());
      join(callbacks().deliver());
      assertThat(department.keys()).containsExactly(query.id());
      var told = department.received().get(0);
      assertThat(told.at("/deferred/answer/evidence/exchange").asText()).isEqualTo(query.id());
      assertThat(told.at("/deferred/answer/records/0").has("plate")).isTrue();
      var atOnce = join(callbacks().ask(message("m-7", List.of("plate"))));
      assertThat(atOnce.outcome()).isPresent();
      assertThat(join(callbackTable().due())).isEmpty();
    }
  }

  @Test
  @Order(10)
  void addressWhereNobodyIs_queryDelivered_isGivenUpAndTold() throws Exception {
    var query = keepToTell("m-8");
    after(query, Duration.ofMinutes(1));
    join(callbacks().deliver());
    assertThat(join(callbackTable().due())).extracting(Callback.Delivery::attempts).contains(1);
    now = now.plus(TERM).plusSeconds(1);
    join(callbacks().deliver());
    assertThat(join(callbackTable().countGivenUp())).isEqualTo(1);
    assertThat(join(callbackTable().due())).isEmpty();
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private DeferredQuery keepToTell(String id) throws Exception {
    away = true;
    var asked = join(callbacks().ask(message(id, List.of("plate"))));
    away = false;
    return asked.deferred().orElseThrow();
  }

  private CallbackTable callbackTable() {
    return new CallbackTable(context.cassandra(), keyspace());
  }

  /** As a node has them that has just begun. */
  private Callbacks callbacks() throws Exception {
    var subscriptions =
        new Subscriptions(
            gateway,
            (resource, entity) -> CompletableFuture.completedStage(Optional.empty()),
            records,
            new SubscriptionTable(context.cassandra(), keyspace()),
            KEY,
            () -> "nonce",
            KEPT,
            () -> now);
    return new Callbacks(
        callbackTable(),
        CalledBack.line(folder, KEY.callbackKey("harbour")),
        deferral(),
        subscriptions,
        new RecallTold(context.entities()),
        ForkJoinPool.commonPool(),
        TERM,
        KEPT,
        () -> now);
  }
}

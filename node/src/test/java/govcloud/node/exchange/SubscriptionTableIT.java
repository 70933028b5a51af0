package govcloud.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.domain.Actor;
import govcloud.domain.Commit;
import govcloud.domain.casework.CaseEvent;
import govcloud.journal.reader.PositionedRecord;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.VerifierKey;
import govcloud.node.TestKeyspace;
import govcloud.node.exchange.ChangeTable.Change;
import govcloud.node.exchange.SubscriptionTable.Follower;
import govcloud.protobuf.journal.v1.Record;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The order of changes on a real Cassandra. */
@Tag("slow")
class SubscriptionTableIT {

  private static final String ID = "0f0e0d0c0b0a09080706050403020100";
  private static final Duration KEPT = Duration.ofDays(10);
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private final Instant until = now.plus(Duration.ofDays(30));
  private final Follower follower = new Follower("transport", ID, now, until);

  private TestKeyspace keyspace;
  private SubscriptionTable table;

  @BeforeEach
  void open() {
    keyspace = TestKeyspace.open("subscriptions");
    table = new SubscriptionTable(keyspace.session(), keyspace.name());
  }

  @AfterEach
  void close() {
    keyspace.close();
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private Subscription add() {
    var one =
        new Subscription(
            "transport", ID, "a", "zhang-san", "police", "licences", now, until, false, 0, "q");
    return get(table.add(one, KEPT));
  }

  private List<Change> changes(long after) {
    return get(table.changes().after("transport", ID, after, 100));
  }

  @Test
  void changesOfManySlicesAtOnce_haveEachNumberOnce_inOneOrderWithoutGaps() {
    add();
    var appends =
        IntStream.range(0, 24)
            .mapToObj(
                i -> table.changes().append(follower, "case/police/licences/x-" + i, now, KEPT))
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(appends).join();
    assertThat(changes(0))
        .extracting(Change::sequence)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 24).boxed().toList());
    assertThat(changes(0)).extracting(Change::entity).doesNotHaveDuplicates();
    assertThat(changes(20)).extracting(Change::sequence).containsExactly(21L, 22L, 23L, 24L);
    assertThat(get(table.changes().last("transport", ID))).hasValue(24);
  }

  private PositionedRecord record(String app, String number, String type, Duration age) {
    return new PositionedRecord(
        0,
        Record.newBuilder()
            .setTenant("police")
            .setEntityType(type)
            .setEntityId(type + "/police/" + app + "/" + number)
            .setHybridClock(now.minus(age).toEpochMilli() << 16)
            .build());
  }

  private Commit<?> acted() {
    return commit(
        new CaseEvent.ActionTaken(
            "grant", "draft", "granted", false, "", "", List.of(), Map.of(), "sun", now));
  }

  private Commit<?> commit(CaseEvent event) {
    return new Commit<>(now, new Actor("sun", "clerk"), "", "", List.of(event));
  }

  @Test
  void recordsOfASlice_handled_noteWhatChangesARecordOfTheAppSinceThen() {
    add();
    var ago = Duration.ofMinutes(1);
    var notes = new ChangeNotes(table, stored -> acted(), KEPT);
    get(
        notes.handle(
            List.of(
                record("licences", "x-1", "case", Duration.ZERO),
                record("fines", "x-2", "case", Duration.ZERO),
                record("licences", "x-3", "attachment", Duration.ZERO),
                record("licences", "x-4", "case", ago),
                record("licences", "x-5", "case", Duration.ZERO))));
    assertThat(changes(0))
        .extracting(Change::entity)
        .containsExactly("case/police/licences/x-1", "case/police/licences/x-5");
    var other = new ChangeNotes(table, stored -> commit(new CaseEvent.Assigned("li", now)), KEPT);
    get(other.handle(List.of(record("licences", "x-6", "case", Duration.ZERO))));
    assertThat(changes(2)).as("who has the case is no part of the record").isEmpty();
    get(notes.handle(List.of(record("licences", "x-5", "case", Duration.ZERO))));
    assertThat(changes(2)).as("seen again").hasSize(1);
    get(table.end(add(), KEPT));
    get(notes.handle(List.of(record("licences", "x-7", "case", Duration.ZERO))));
    assertThat(changes(3)).as("ended").isEmpty();
    assertThat(get(table.find("transport", ID)).orElseThrow().ended()).isTrue();
  }

  @Test
  void recordThatCannotBeRead_failsAlsoWhereNobodyFollows_soThatItsStreamWaits() {
    var damage = new IllegalStateException("damaged");
    var notes =
        new ChangeNotes(
            table,
            stored -> {
              throw damage;
            },
            KEPT);
    var records = List.of(record("fines", "x-1", "case", Duration.ZERO));
    assertThatThrownBy(() -> notes.handle(records)).isSameAs(damage);
  }

  @Test
  void changeThatNobodyFetches_isToldUntilItIsAcknowledged_whichNeverGoesBack() {
    var one = add();
    get(table.changes().append(follower, "case/police/licences/x-1", now, KEPT));
    var limit = now.plusSeconds(1);
    assertThat(get(table.countBehind(now, now))).as("not yet").isZero();
    assertThat(get(table.behind(limit, now))).containsExactly(one);
    get(table.acknowledge(one, 1, now, KEPT));
    get(table.acknowledge(one, 0, now, KEPT));
    assertThat(get(table.countBehind(limit, now))).isZero();
    assertThat(get(table.find("transport", ID)).orElseThrow().acknowledged()).isEqualTo(1);
    get(table.changes().append(follower, "case/police/licences/x-1", now, KEPT));
    assertThat(get(table.countBehind(limit, now))).isEqualTo(1);
    assertThat(get(table.countBehind(limit, until))).as("over").isZero();
  }

  @Test
  void changesThatAreForgotten_areNotLeftOutInSilence() throws Exception {
    var one = add();
    for (int i = 0; i < 3; i++) {
      get(
          table
              .changes()
              .append(follower, "case/police/licences/x-" + i, now, Duration.ofSeconds(1)));
    }
    Thread.sleep(2_500);
    get(table.changes().append(follower, "case/police/licences/x-9", now, KEPT));
    var subscriptions =
        new Subscriptions(
            null,
            (resource, entity) -> CompletableFuture.failedStage(new AssertionError()),
            null,
            table,
            new LedgerKey(new NoteSigner("gov.example/s", VerifierKey.NOTE, new byte[32])),
            () -> "nonce",
            KEPT,
            Clock.systemUTC());
    assertThatThrownBy(() -> get(subscriptions.changes(one, OptionalLong.empty(), false)))
        .hasMessageContaining("EXCHANGE_CHANGES_FORGOTTEN")
        .hasMessageContaining("1 to 3");
  }
}

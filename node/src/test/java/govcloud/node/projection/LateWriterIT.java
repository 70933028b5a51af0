package govcloud.node.projection;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.Commit;
import govcloud.domain.operation.OperationEvent;
import govcloud.domain.operation.OperationState.Status;
import govcloud.journal.reader.PositionedRecord;
import govcloud.node.TestKeyspace;
import govcloud.node.operation.OperationRow;
import govcloud.node.operation.OperationView;
import govcloud.protobuf.journal.v1.Record;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two writers of one slice: one was paused, and wakes up with what it had in memory. */
@Tag("slow")
class LateWriterIT {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final String ID = "operation/op-1";
  private static final List<OperationEvent> EVENTS =
      List.of(
          new OperationEvent.Opened(
              "app.provision",
              "app/harbour/permits",
              "harbour",
              List.of(),
              "li",
              NOON.plusSeconds(60),
              NOON),
          new OperationEvent.Started(NOON.plusSeconds(90), NOON),
          new OperationEvent.Succeeded("done", NOON));

  private static CommitDecoder decoder() {
    return record ->
        new Commit<>(
            NOON, Actor.platform(), "", "", List.of(EVENTS.get((int) record.getSequence() - 1)));
  }

  private static List<PositionedRecord> records(long from, long to) {
    return LongStream.rangeClosed(from, to)
        .mapToObj(
            sequence ->
                new PositionedRecord(
                    sequence << 20,
                    Record.newBuilder()
                        .setEntityType("operation")
                        .setEntityId(ID)
                        .setSequence(sequence)
                        .build()))
        .toList();
  }

  @Test
  void writerThatWasPaused_changesNothing_whatItsSuccessorHasWritten() {
    try (var keyspace = TestKeyspace.open("late")) {
      var session = keyspace.session();
      var generations = new Generations(session, keyspace.name(), Clock.systemUTC());
      var table =
          new ViewTable<>(
              session,
              keyspace.name(),
              new OperationView(),
              generations,
              4,
              id -> 3,
              Runnable::run);
      var paused = writer(table);
      var successor = writer(table);
      get(paused.handle(records(1, 1)));
      get(successor.handle(records(1, 1)));
      get(successor.handle(records(2, 3)));
      get(paused.handle(records(2, 2)));
      OperationRow row = get(table.find(ID)).orElseThrow();
      assertThat(row.status()).isEqualTo(Status.SUCCEEDED);
      assertThat(get(table.counts("cloud"))).isEqualTo(Map.of("succeeded", 1L));
      assertThat(list(table, "status=succeeded")).containsExactly(row);
      assertThat(get(table.countEntries(List.of("status=pending", "status=running", "open"), "~")))
          .isZero();
      // What it does next has been done, and is done again.
      get(paused.handle(records(3, 3)));
      assertThat(get(table.counts("cloud"))).isEqualTo(Map.of("succeeded", 1L));
      assertThat(list(table, "all")).containsExactly(row);
    }
  }

  private static ViewWriter<OperationRow> writer(ViewTable<OperationRow> table) {
    var generation = new Generation(OperationView.NAME, Generation.FIRST);
    return new ViewWriter<>(table, generation, decoder(), 3, 10, Runnable::run);
  }

  private static List<OperationRow> list(ViewTable<OperationRow> table, String name) {
    return get(table.list(name, PageRequest.first(10))).items();
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }
}

package govcloud.node.projection.parking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.google.protobuf.ByteString;
import govcloud.domain.Actor;
import govcloud.domain.Commit;
import govcloud.domain.operation.OperationEvent;
import govcloud.journal.reader.PositionedRecord;
import govcloud.protobuf.journal.v1.Record;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class ParkingHandlerTest {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  /** Streams in memory. */
  private static final class Streams implements ParkedStreams {
    private final Map<String, ParkedStream> kept = new TreeMap<>();

    @Override
    public CompletionStage<List<ParkedStream>> of(String view) {
      return CompletableFuture.completedFuture(List.copyOf(kept.values()));
    }

    @Override
    public CompletionStage<List<ParkedStream>> of(String view, int slice) {
      return of(view);
    }

    @Override
    public CompletionStage<?> keep(ParkedStream stream, long position) {
      kept.put(stream.entity(), stream);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> forget(ParkedStream stream, long position) {
      kept.remove(stream.entity());
      return CompletableFuture.completedFuture(null);
    }
  }

  private final Streams streams = new Streams();
  private final List<String> handled = new ArrayList<>();
  private final List<String> answers = new ArrayList<>();
  private final List<Record> log = new ArrayList<>();
  private String poison = "none";
  private RuntimeException failure = new IllegalStateException("cannot be read");
  private ParkingHandler handler = handler(10);

  private ParkingHandler handler(int limit) {
    var environment =
        new ParkingHandler.Environment(
            streams,
            stream ->
                CompletableFuture.completedFuture(
                    log.stream()
                        .filter(record -> record.getEntityId().equals(stream.entity()))
                        .filter(record -> record.getSequence() >= stream.sequence())
                        .filter(record -> record.getSequence() <= stream.lastSequence())
                        .toList()),
            (request, position, failed) -> {
              answers.add(request.entity() + failed.map(f -> " " + f.reason()).orElse(" done"));
              return CompletableFuture.completedFuture(null);
            },
            ParkingHandlerTest::opened,
            limit,
            Clock.fixed(NOON, ZoneOffset.UTC));
    return new ParkingHandler("cases", 3, this::take, environment);
  }

  private CompletionStage<?> take(List<PositionedRecord> records) {
    if (records.stream().anyMatch(record -> text(record).equals(poison))) {
      throw failure;
    }
    records.forEach(record -> handled.add(record.position() + ":" + text(record)));
    return CompletableFuture.completedFuture(null);
  }

  private static String text(PositionedRecord record) {
    return record.record().getEntityId() + "@" + record.record().getSequence();
  }

  /** The payload of an operation is what it is about. */
  private static Commit<?> opened(Record record) {
    var event =
        new OperationEvent.Opened(
            ReplayRequest.KIND,
            record.getPayload().toStringUtf8(),
            "cloud",
            List.of(),
            "li",
            NOON,
            NOON);
    return new Commit<>(NOON, Actor.platform(), "", "", List.of(event));
  }

  private PositionedRecord record(long position, String entity, long sequence) {
    Record record = Record.newBuilder().setEntityId(entity).setSequence(sequence).build();
    log.add(record);
    return new PositionedRecord(position, record);
  }

  private static PositionedRecord wish(long position, String entity) {
    return new PositionedRecord(
        position,
        Record.newBuilder()
            .setEntityType("operation")
            .setEntityId("operation/r")
            .setSequence(1)
            .setPayload(ByteString.copyFromUtf8(ReplayRequest.subject("cases", entity)))
            .build());
  }

  private void handle(PositionedRecord... records) {
    handler.handle(List.of(records)).toCompletableFuture().join();
  }

  @Test
  void poison_inTheMiddle_parksItsEntityAndTheOthersGoOn() {
    poison = "b@2";
    handle(record(1, "a", 1), record(2, "b", 1), record(3, "b", 2), record(4, "c", 1));
    handle(record(5, "b", 3), record(6, "a", 2));
    assertThat(handled).containsExactly("1:a@1", "2:b@1", "4:c@1", "6:a@2");
    assertThat(streams.kept.get("b"))
        .isEqualTo(
            new ParkedStream(
                "cases", 3, "b", 2, 3, 3, "IllegalStateException: cannot be read", NOON));
    assertThat(streams.kept.get("b").waiting()).isEqualTo(2);
  }

  @Test
  void parked_handlerStartsAgain_entityStillWaits() {
    poison = "b@1";
    handle(record(1, "b", 1));
    poison = "none";
    handler = handler(10);
    handle(record(2, "b", 2), record(3, "a", 1));
    assertThat(handled).containsExactly("3:a@1");
    assertThat(streams.kept.get("b").lastSequence()).isEqualTo(2);
  }

  @Test
  void wish_afterTheFix_takesInAllThatWaitsInOrderWithTheWishesPosition() {
    poison = "b@1";
    handle(record(1, "b", 1), record(2, "b", 2));
    poison = "none";
    handle(record(3, "a", 1), wish(4, "b"), record(5, "b", 3));
    assertThat(handled).containsExactly("3:a@1", "4:b@1", "4:b@2", "4:operation/r@1", "5:b@3");
    assertThat(streams.kept).isEmpty();
    assertThat(answers).containsExactly("b done");
    handle(wish(4, "b"));
    assertThat(answers).containsExactly("b done", "b done");
  }

  @Test
  void wish_beforeTheFix_failsAndTheStreamStaysParked() {
    poison = "b@1";
    handle(record(1, "b", 1), record(2, "b", 2), wish(3, "b"), record(4, "a", 1));
    assertThat(handled).containsExactly("3:operation/r@1", "4:a@1");
    assertThat(streams.kept.get("b").waiting()).isEqualTo(2);
    assertThat(answers).containsExactly("b IllegalStateException: cannot be read");
  }

  @Test
  void failureThatPasses_parksNothingAndFailsTheProjection() {
    poison = "b@1";
    failure = new DriverTimeoutException("no answer");
    assertThatThrownBy(() -> handle(record(1, "b", 1))).hasCause(failure);
    assertThat(streams.kept).isEmpty();
  }

  @Test
  void moreThanTheLimit_failsTheProjection() {
    handler = handler(1);
    poison = "b@1";
    handle(record(1, "b", 1));
    poison = "c@1";
    assertThatThrownBy(() -> handle(record(2, "c", 1))).hasCause(failure);
    assertThat(streams.kept).containsOnlyKeys("b");
    assertThat(Optional.ofNullable(streams.kept.get("c"))).isEmpty();
  }
}

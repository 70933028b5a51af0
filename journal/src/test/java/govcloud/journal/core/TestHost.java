package govcloud.journal.core;

import com.google.protobuf.ByteString;
import govcloud.journal.JournalException;
import govcloud.journal.Position;
import govcloud.journal.simulation.FaultyStore;
import govcloud.journal.simulation.Tables;
import govcloud.journal.simulation.VirtualTime;
import govcloud.protobuf.journal.v1.Record;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A host on a model log, and what came of the requests made of it. */
final class TestHost {

  static final HostSettings SETTINGS = settings(Duration.ZERO);

  static HostSettings settings(Duration readLease) {
    return new HostSettings(
        64 * 1024,
        100,
        10_000,
        1000,
        3,
        Duration.ofMillis(5),
        Duration.ofMillis(50),
        Duration.ofMillis(2000),
        readLease,
        Duration.ofMillis(5),
        Duration.ofMillis(20),
        Duration.ofMillis(200),
        2_000,
        Duration.ofMillis(1000),
        4,
        2,
        new TrimSettings(true, 0, Duration.ofMillis(100)));
  }

  /** What came of a request. */
  static final class Outcome<T> implements Reply<T> {
    T value;
    Throwable failure;
    int answers;

    @Override
    public void receive(T answer, Throwable problem) {
      value = answer;
      failure = problem;
      answers++;
    }
  }

  final FaultyStore store;
  final SliceHost host;
  final List<Long> advanced = new ArrayList<>();
  final List<Long> closed = new ArrayList<>();
  JournalException stopped;
  long slowestReader = Position.BEFORE_FIRST;

  TestHost(Tables log, VirtualTime time, long incarnation) {
    this(log, time, incarnation, SETTINGS);
  }

  TestHost(Tables log, VirtualTime time, long incarnation, HostSettings settings) {
    this.store = new FaultyStore(log, time);
    this.host =
        new SliceHost(
            0,
            new UUID(0, incarnation),
            "node-" + incarnation,
            store,
            time,
            settings,
            (slice, reply) -> reply.succeed(slowestReader),
            new SliceHost.Listener() {
              @Override
              public void onServing() {}

              @Override
              public void onAdvanced(long position) {
                advanced.add(position);
              }

              @Override
              public void onClosed(long clock) {
                closed.add(clock);
              }

              @Override
              public void onStopped(JournalException reason) {
                stopped = reason;
              }
            });
  }

  TestHost start() {
    host.start();
    return this;
  }

  Outcome<Long> persist(Entry... entries) {
    Outcome<Long> outcome = new Outcome<>();
    host.persist(List.of(entries), outcome);
    return outcome;
  }

  Outcome<List<Entry>> recover(String entityId, long fromSequence) {
    Outcome<List<Entry>> outcome = new Outcome<>();
    host.recover(entityId, fromSequence, outcome);
    return outcome;
  }

  Outcome<Long> confirm(String entityId) {
    Outcome<Long> outcome = new Outcome<>();
    host.confirm(entityId, outcome);
    return outcome;
  }

  /** The record after another; null: the first. */
  static Entry next(String entityId, Entry previous, String payload) {
    long sequence = previous == null ? 1 : previous.sequence() + 1;
    return entry(
        entityId, sequence, previous == null ? ByteString.EMPTY : previous.hash(), payload);
  }

  static Entry entry(String entityId, long sequence, ByteString previousHash, String payload) {
    return Entry.of(
        Record.newBuilder()
            .setTenant("harbour")
            .setEntityId(entityId)
            .setSequence(sequence)
            .setHybridClock(sequence)
            .setPreviousHash(previousHash)
            .setManifest("case/1")
            .setPayload(ByteString.copyFromUtf8(payload))
            .build());
  }

  /** The first records of an entity, in order. */
  static List<Entry> chain(String entityId, int count) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(next(entityId, i == 0 ? null : entries.get(i - 1), "payload " + i));
    }
    return entries;
  }
}

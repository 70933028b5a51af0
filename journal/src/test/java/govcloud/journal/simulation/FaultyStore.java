package govcloud.journal.simulation;

import govcloud.journal.core.Batch;
import govcloud.journal.core.Chunk;
import govcloud.journal.core.LogStore;
import govcloud.journal.core.Reply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/** One node's way to the tables: requests take time, get lost, act late, twice, unanswered. */
public final class FaultyStore implements LogStore {

  /** After this many milliseconds a request fails if it was not answered. */
  public static final long TIME_OUT = 60;

  private final Tables tables;
  private final VirtualTime time;
  private final Executor executor;
  private final Random random;
  private final Tally tally;
  private final ArrayDeque<Fate> nextAppends = new ArrayDeque<>();
  private final Map<Operation, Integer> requests = new EnumMap<>(Operation.class);
  private Function<Operation, Fate> fates = operation -> Fate.FINE;

  /** A way on which nothing goes wrong until a test says so. */
  public FaultyStore(Tables tables, VirtualTime time) {
    this(tables, time, Runnable::run, new Random(1), new Tally());
  }

  /**
   * @param executor runs the answers
   * @param random decides which of the rows that are written during a read it sees
   */
  FaultyStore(Tables tables, VirtualTime time, Executor executor, Random random, Tally tally) {
    this.tables = tables;
    this.time = time;
    this.executor = executor;
    this.random = random;
    this.tally = tally;
  }

  /** Decides about the next appends, in order. */
  public void nextAppends(Fate... of) {
    nextAppends.addAll(List.of(of));
  }

  /** Decides about every request. */
  public void fates(Function<Operation, Fate> decide) {
    fates = decide;
  }

  /** How often something was asked. */
  public int requests(Operation operation) {
    return requests.getOrDefault(operation, 0);
  }

  /** Asks something that is not of the log, with the same fates. */
  <T> void ask(Operation operation, Supplier<T> action, Reply<T> reply) {
    call(operation, action, Function.identity(), reply);
  }

  private <S, T> void call(
      Operation operation, Supplier<S> begin, Function<S, T> end, Reply<T> reply) {
    requests.merge(operation, 1, Integer::sum);
    Fate scripted = operation == Operation.APPEND ? nextAppends.poll() : null;
    Fate fate = scripted != null ? scripted : fates.apply(operation);
    boolean[] answered = new boolean[1];
    for (long acts : fate.acts()) {
      time.after(
          acts,
          () -> {
            S seen = begin.get();
            if (fate.lasts() == 0) {
              answer(fate, end.apply(seen), answered, reply);
            } else {
              time.after(fate.lasts(), () -> answer(fate, end.apply(seen), answered, reply));
            }
          });
    }
    time.after(
        TIME_OUT,
        () ->
            executor.execute(
                () -> {
                  if (!answered[0]) {
                    answered[0] = true;
                    tally.count(Fault.TIME_OUT);
                    reply.fail(new IllegalStateException("time-out"));
                  }
                }));
  }

  private <T> void answer(Fate fate, T value, boolean[] answered, Reply<T> reply) {
    if (fate.answer() >= 0) {
      time.after(
          fate.answer(),
          () ->
              executor.execute(
                  () -> {
                    if (!answered[0]) {
                      answered[0] = true;
                      reply.succeed(value);
                    }
                  }));
    }
  }

  @Override
  public void append(int slice, long offset, Batch batch, Reply<Appended> reply) {
    long timeOut = time.now() + TIME_OUT;
    ask(
        Operation.APPEND,
        () -> {
          Appended answer = tables.append(offset, batch);
          if (answer.applied() && time.now() > timeOut) {
            tally.count(Fault.APPEND_APPLIED_AFTER_ITS_TIME_OUT);
          }
          return answer;
        },
        reply);
  }

  @Override
  public void read(int slice, long offset, int limit, Reply<List<Batch>> reply) {
    ask(Operation.READ, () -> tables.read(offset, limit), reply);
  }

  @Override
  public void readSerial(int slice, long offset, Reply<Optional<Batch>> reply) {
    ask(Operation.READ_SERIAL, () -> tables.readSerial(offset), reply);
  }

  @Override
  public void trim(int slice, long offset, List<Batch> rows, Reply<Void> reply) {
    ask(Operation.TRIM, () -> done(() -> tables.trim(offset, rows)), reply);
  }

  @Override
  public void readWatermark(int slice, Reply<Long> reply) {
    ask(Operation.READ_WATERMARK, tables::watermark, reply);
  }

  @Override
  public void raiseWatermark(int slice, long offset, Reply<Void> reply) {
    ask(Operation.RAISE_WATERMARK, () -> done(() -> tables.raiseWatermark(offset)), reply);
  }

  @Override
  public void readChunks(String entityId, long fromSequence, Reply<List<Chunk>> reply) {
    call(
        Operation.READ_CHUNKS,
        () -> tables.chunksOf(entityId),
        before ->
            seen(before, entityId).stream()
                .filter(chunk -> chunk.toSequence() >= fromSequence)
                .toList(),
        reply);
  }

  @Override
  public void readLastChunk(String entityId, Reply<Optional<Chunk>> reply) {
    call(
        Operation.READ_LAST_CHUNK,
        () -> tables.chunksOf(entityId),
        before -> seen(before, entityId).stream().max(Comparator.comparingLong(Chunk::toSequence)),
        reply);
  }

  /** Rows that were there before the read began, and of those written during it any. */
  private List<Chunk> seen(List<Chunk> before, String entityId) {
    List<Chunk> after = tables.chunksOf(entityId);
    if (after.size() == before.size()) {
      return after;
    }
    Set<Chunk> old = new HashSet<>(before);
    List<Chunk> seen = new ArrayList<>();
    for (Chunk chunk : after) {
      if (old.contains(chunk) || random.nextBoolean()) {
        seen.add(chunk);
      } else {
        tally.count(Fault.CHUNK_MISSED_BY_A_READ_UNDER_WAY);
      }
    }
    return seen;
  }

  @Override
  public void writeChunk(Chunk chunk, Reply<Void> reply) {
    ask(Operation.WRITE_CHUNK, () -> done(() -> tables.putChunk(chunk)), reply);
  }

  private static Void done(Runnable action) {
    action.run();
    return null;
  }
}

package govcloud.journal.core;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** One node's way to the log: requests take time, get lost, act late, lose their answers. */
final class ModelStore implements LogStore {

  /** After this many milliseconds a request fails if it was not answered. */
  static final long TIME_OUT = 60;

  /**
   * What happens to one request.
   *
   * @param acts when it takes effect, in milliseconds; negative: never
   * @param answered whether an answer in time comes back
   */
  record Fate(long acts, boolean answered) {
    static final Fate FINE = new Fate(1, true);
    static final Fate LOST = new Fate(-1, false);
    static final Fate UNANSWERED = new Fate(1, false);

    static Fate late(long millis) {
      return new Fate(millis, false);
    }
  }

  private final ModelLog log;
  private final VirtualTime time;
  private final ArrayDeque<Fate> nextAppends = new ArrayDeque<>();
  private Function<String, Fate> fates = operation -> Fate.FINE;
  private int serialReads;
  private int appends;

  ModelStore(ModelLog log, VirtualTime time) {
    this.log = log;
    this.time = time;
  }

  /** Decides about the next appends, in order. */
  void nextAppends(Fate... of) {
    nextAppends.addAll(List.of(of));
  }

  /** Decides about every request by the name of its operation. */
  void fates(Function<String, Fate> decide) {
    fates = decide;
  }

  int serialReads() {
    return serialReads;
  }

  int appends() {
    return appends;
  }

  private <T> void call(String operation, Supplier<T> action, Reply<T> reply) {
    Fate fate = nextFate(operation);
    boolean[] answered = new boolean[1];
    if (fate.acts() >= 0) {
      time.after(
          fate.acts(),
          () -> {
            T value = action.get();
            if (fate.answered()) {
              time.after(1, () -> answerOnce(answered, () -> reply.succeed(value)));
            }
          });
    }
    time.after(
        TIME_OUT,
        () -> answerOnce(answered, () -> reply.fail(new IllegalStateException("time-out"))));
  }

  private Fate nextFate(String operation) {
    Fate scripted = operation.equals("append") ? nextAppends.poll() : null;
    return scripted != null ? scripted : fates.apply(operation);
  }

  private static void answerOnce(boolean[] answered, Runnable answer) {
    if (!answered[0]) {
      answered[0] = true;
      answer.run();
    }
  }

  @Override
  public void append(int slice, long offset, Batch batch, Reply<Appended> reply) {
    appends++;
    call("append", () -> log.append(offset, batch), reply);
  }

  @Override
  public void read(int slice, long offset, int limit, Reply<List<Batch>> reply) {
    call("read", () -> log.read(offset, limit), reply);
  }

  @Override
  public void readSerial(int slice, long offset, Reply<Optional<Batch>> reply) {
    serialReads++;
    call("serial", () -> log.row(offset), reply);
  }

  @Override
  public void trim(int slice, long offset, List<Batch> rows, Reply<Void> reply) {
    call("trim", () -> done(() -> log.trim(offset, rows)), reply);
  }

  @Override
  public void readWatermark(int slice, Reply<Long> reply) {
    call("watermark", log::watermark, reply);
  }

  @Override
  public void raiseWatermark(int slice, long offset, Reply<Void> reply) {
    call("raise", () -> done(() -> log.raiseWatermark(offset)), reply);
  }

  @Override
  public void readChunks(String entityId, long fromSequence, Reply<List<Chunk>> reply) {
    call(
        "chunks",
        () ->
            log.chunksOf(entityId).stream()
                .filter(chunk -> chunk.toSequence() >= fromSequence)
                .toList(),
        reply);
  }

  @Override
  public void readLastChunk(String entityId, Reply<Optional<Chunk>> reply) {
    call(
        "last chunk",
        () ->
            log.chunksOf(entityId).stream()
                .max(java.util.Comparator.comparingLong(Chunk::toSequence)),
        reply);
  }

  @Override
  public void writeChunk(Chunk chunk, Reply<Void> reply) {
    call("write chunk", () -> done(() -> log.putChunk(chunk)), reply);
  }

  private static Void done(Runnable action) {
    action.run();
    return null;
  }
}

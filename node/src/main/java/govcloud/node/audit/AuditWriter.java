package govcloud.node.audit;

import govcloud.domain.Actor;
import govcloud.domain.audit.AuditCommand;
import govcloud.domain.audit.AuditRecord;
import govcloud.domain.audit.AuditRecord.Outcome;
import govcloud.domain.audit.AuditState;
import govcloud.domain.audit.AuditTrail;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.EntityFailure;
import govcloud.node.eventsourcing.Request;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Failures;
import govcloud.node.http.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the records of a node into the journal, many at once: while a batch is on its way the next
 * one fills up. A batch that got no answer is sent again under the same key, so nothing is in the
 * trail twice, and nothing is given up.
 */
final class AuditWriter {

  private static final Logger LOG = LoggerFactory.getLogger(AuditWriter.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** A batch has to fit into a message between nodes. */
  private static final int MOST_CHARACTERS = 32_000;

  private final Entities entities;
  private final AuditSettings settings;
  private final Later later;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final String life;

  private final Deque<Entry> waiting = new ArrayDeque<>();
  private final Map<AuditRecord, Entry> denials = new HashMap<>();
  private Batch underWay;
  private boolean planned;
  private int lane;
  private long lost;
  private long batches;
  private String told = "";
  private Problem trouble = unavailable();

  /** Does something after a while. */
  @FunctionalInterface
  interface Later {
    void run(Duration pause, Runnable work);
  }

  /**
   * Nothing written yet.
   *
   * @param nanoTime a clock in nanoseconds that only goes forward
   * @param life names this life of the node; no other life has the same
   */
  AuditWriter(
      Entities entities,
      AuditSettings settings,
      Later later,
      InstantSource clock,
      LongSupplier nanoTime,
      String life) {
    this.entities = entities;
    this.settings = settings;
    this.later = later;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.life = life;
  }

  private static final class Entry {
    private final AuditRecord record;
    private long count = 1;
    private final boolean awaited;
    private final CompletableFuture<Void> written = new CompletableFuture<>();

    private Entry(AuditRecord record, boolean awaited) {
      this.record = record;
      this.awaited = awaited;
    }

    private boolean isAlarm() {
      return record.outcome() == Outcome.ALARM;
    }

    private AuditRecord sum() {
      return count == 1 ? record : record.times(count);
    }
  }

  private record Batch(List<Entry> entries, String stream, String key, long since) {
    Batch in(String other) {
      return new Batch(entries, other, key, since);
    }
  }

  private static Problem unavailable() {
    return Problem.of(
            BorderCode.AUDIT_UNAVAILABLE,
            "audit trail: not writable at the moment (expected: a record of each access)")
        .header("Retry-After", "5");
  }

  /** Why nothing can be written now; null: it can be. */
  synchronized Problem trouble() {
    var late =
        underWay != null && nanoTime.getAsLong() - underWay.since() > settings.patience().toNanos();
    return late || waiting.size() >= settings.mostWaiting() ? trouble : null;
  }

  /** Writes a record soon; equal denials that wait together become one with their number. */
  synchronized void note(AuditRecord record) {
    var entry = new Entry(record, false);
    if (record.outcome() == Outcome.DENIED) {
      var same = denials.putIfAbsent(kind(record), entry);
      if (same != null) {
        same.count++;
        return;
      }
    }
    add(entry);
    plan(settings.linger());
  }

  /** Writes an alarm that no request has raised. */
  synchronized void raise(Alarm alarm, String object) {
    add(own(alarm, object, 1));
    plan(settings.linger());
  }

  private void add(Entry entry) {
    if (waiting.size() < 2 * settings.mostWaiting()) {
      waiting.add(entry);
    } else {
      lost += entry.count;
    }
  }

  private static AuditRecord kind(AuditRecord r) {
    return new AuditRecord(
        Instant.EPOCH,
        r.person(),
        r.role(),
        r.account(),
        r.action(),
        r.tenant(),
        "",
        r.outcome(),
        r.code(),
        r.source(),
        "",
        1);
  }

  /** Completes when the record is in the journal; fails with a problem when it cannot be. */
  CompletionStage<Void> write(AuditRecord record) {
    var entry = new Entry(record, true);
    synchronized (this) {
      var why = trouble();
      if (why != null) {
        return CompletableFuture.failedStage(why.asException());
      }
      add(entry);
    }
    flush();
    return entry
        .written
        .copy()
        .orTimeout(settings.patience().toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedStage(
                    failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : unavailable().asException()));
  }

  private void plan(Duration pause) {
    if (!planned && underWay == null) {
      planned = true;
      later.run(pause, this::flush);
    }
  }

  /** Sends what waits, unless something is on its way already. */
  private void flush() {
    Batch next;
    synchronized (this) {
      planned = false;
      if (underWay != null || waiting.isEmpty()) {
        return;
      }
      next = take();
      underWay = next;
    }
    send(next);
  }

  private Batch take() {
    if (lost > 0) {
      waiting.addFirst(own(Alarm.RECORDS_LOST, "", lost));
      lost = 0;
    }
    var entries = new ArrayList<Entry>();
    var alarms = waiting.peek().isAlarm();
    var room = MOST_CHARACTERS;
    while (!waiting.isEmpty()
        && waiting.peek().isAlarm() == alarms
        && entries.size() < AuditTrail.MOST_RECORDS
        && room > 0) {
      var entry = waiting.poll();
      entries.add(entry);
      room -= size(entry.record);
    }
    denials.clear();
    var now = clock.instant();
    var stream = alarms ? AuditStreams.alarms(now) : AuditStreams.of(now, lane);
    return new Batch(entries, stream, life + "-" + ++batches, nanoTime.getAsLong());
  }

  /** An alarm about the trail itself. */
  private Entry own(Alarm alarm, String object, long count) {
    var platform = Actor.platform();
    return new Entry(
        new AuditRecord(
            clock.instant(),
            platform.person(),
            platform.role(),
            "",
            alarm.action(),
            "",
            object,
            Outcome.ALARM,
            alarm.name(),
            "",
            "",
            count),
        false);
  }

  private static int size(AuditRecord r) {
    return 100
        + r.person().length()
        + r.role().length()
        + r.account().length()
        + r.action().length()
        + r.tenant().length()
        + r.object().length()
        + r.code().length()
        + r.source().length();
  }

  private void send(Batch batch) {
    var records = batch.entries().stream().map(Entry::sum).toList();
    var request =
        Request.of(new AuditCommand.Write(records), Actor.platform())
            .withKey(batch.key(), batch.key());
    entities
        .<AuditState>ask(batch.stream(), request)
        .whenComplete((answer, failure) -> settle(batch, answer, failure));
  }

  private void settle(Batch batch, Answer<AuditState> answer, Throwable failure) {
    if (failure == null && answer.accepted()) {
      synchronized (this) {
        underWay = null;
      }
      batch.entries().forEach(entry -> entry.written.complete(null));
      next();
      return;
    }
    tell(batch, failure == null ? answer.refusal().message() : failure.toString());
    var why = failure == null ? Problem.of(answer.refusal()) : problem(failure);
    var again = isDamaged(failure) ? elsewhere(batch) : batch;
    synchronized (this) {
      trouble = why;
      underWay = again;
    }
    refuse(again, why);
    later.run(PAUSE, () -> send(again));
  }

  private static Problem problem(Throwable failure) {
    return Failures.cause(failure) instanceof EntityFailure.Closed closed
        ? Failures.closed(closed)
        : unavailable();
  }

  /** Once for each batch, however often it is sent. */
  private synchronized void tell(Batch batch, String why) {
    if (!batch.key().equals(told)) {
      told = batch.key();
      LOG.warn(
          "audit: {} records are not in {} yet: {}", batch.entries().size(), batch.stream(), why);
    }
  }

  /** Goes on at once for who waits, and after a while for what may wait. */
  private void next() {
    synchronized (this) {
      if (!waiting.isEmpty() && waiting.stream().noneMatch(entry -> entry.awaited)) {
        plan(settings.linger());
        return;
      }
    }
    flush();
  }

  private void refuse(Batch batch, Problem why) {
    List<Entry> all;
    synchronized (this) {
      all = new ArrayList<>(batch.entries());
      all.addAll(waiting);
    }
    all.forEach(entry -> entry.written.completeExceptionally(why.asException()));
  }

  private static boolean isDamaged(Throwable failure) {
    return failure instanceof EntityFailure.Damaged
        || (failure != null && failure.getCause() instanceof EntityFailure.Damaged);
  }

  /** A stream whose history does not hold together takes nothing more: there is another. */
  private Batch elsewhere(Batch batch) {
    synchronized (this) {
      lane = (lane + 1) % AuditStreams.LANES;
      add(own(Alarm.CHAIN_MISMATCH, batch.stream(), 1));
      return batch.in(AuditStreams.of(clock.instant(), lane));
    }
  }

  /** Completes when all that was noted before is in the journal. */
  CompletionStage<Void> drained() {
    CompletableFuture<Void> last;
    synchronized (this) {
      var entry =
          waiting.isEmpty() && underWay != null
              ? underWay.entries().get(underWay.entries().size() - 1)
              : waiting.peekLast();
      last = entry == null ? CompletableFuture.completedFuture(null) : entry.written.copy();
    }
    flush();
    return last;
  }
}

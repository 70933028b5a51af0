package govcloud.node.replication;

import govcloud.domain.audit.AuditRecord;
import govcloud.domain.audit.AuditRecord.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Brings into the audit trail who reads a replica: nobody reads before it is written down, anew for
 * each minute, and what was read in that minute is told when it is over. For several threads.
 */
final class ReadingTrail {
  /** The action, as the trail names it beside operations. */
  static final String ACTION = "replica-read";

  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final String cloud;
  private final Function<AuditRecord, CompletionStage<Void>> trail;
  private final InstantSource clock;
  private final Map<Reader, Minute> minutes = new HashMap<>();

  /**
   * Who reads.
   *
   * @param name as the grant has it; empty: nobody knows
   * @param source address
   */
  record Reader(String name, String source) {}

  private static final class Minute {
    private final Instant since;
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private long requests;
    private long bytes;

    private Minute(Instant since) {
      this.since = since;
    }
  }

  /**
   * Nobody reads yet.
   *
   * @param cloud whose replica
   * @param trail writes a record; completes when it is in the journal
   */
  ReadingTrail(
      String cloud, Function<AuditRecord, CompletionStage<Void>> trail, InstantSource clock) {
    this.cloud = cloud;
    this.trail = trail;
    this.clock = clock;
  }

  /** Completes when it is written down that this one reads; fails when it cannot be. */
  CompletionStage<Void> admit(Reader reader) {
    Minute minute;
    boolean isNew;
    synchronized (minutes) {
      Minute known = minutes.get(reader);
      isNew = known == null;
      minute = isNew ? new Minute(clock.instant()) : known;
      minutes.put(reader, minute);
      minute.requests++;
    }
    if (isNew) {
      write(record(reader, Outcome.ALLOWED, "", cloud, 1))
          .whenComplete((done, failure) -> begun(reader, minute, failure));
    }
    return minute.begun;
  }

  private void begun(Reader reader, Minute minute, Throwable failure) {
    if (failure == null) {
      minute.begun.complete(null);
      return;
    }
    synchronized (minutes) {
      minutes.remove(reader, minute);
    }
    minute.begun.completeExceptionally(failure);
  }

  /** So many bytes are on their way to somebody who was admitted. */
  void reads(Reader reader, long bytes) {
    synchronized (minutes) {
      Minute minute = minutes.get(reader);
      if (minute != null) {
        minute.bytes += bytes;
      }
    }
  }

  /** Somebody was not let read. */
  void denied(Reader reader, String code) {
    var unused = write(record(reader, Outcome.DENIED, code, cloud, 1));
  }

  /** Tells of the minutes that are over. */
  void settle() {
    Instant over = clock.instant().minus(WINDOW);
    List<AuditRecord> sums = new ArrayList<>();
    synchronized (minutes) {
      minutes
          .entrySet()
          .removeIf(
              entry -> {
                Minute minute = entry.getValue();
                boolean isOver = minute.begun.isDone() && !minute.since.isAfter(over);
                if (isOver) {
                  String object = cloud + ": " + minute.bytes + " bytes";
                  sums.add(record(entry.getKey(), Outcome.ALLOWED, "", object, minute.requests));
                }
                return isOver;
              });
    }
    sums.forEach(
        sum -> {
          var unused = write(sum);
        });
  }

  private CompletionStage<Void> write(AuditRecord record) {
    try {
      return trail.apply(record);
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private AuditRecord record(
      Reader reader, Outcome outcome, String code, String object, long count) {
    return new AuditRecord(
        clock.instant(),
        "",
        "",
        reader.name().isEmpty() ? "" : "reader:" + reader.name(),
        ACTION,
        "",
        object,
        outcome,
        code,
        reader.source(),
        "",
        count);
  }
}

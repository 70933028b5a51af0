package govcloud.journal.core;

import govcloud.journal.DamagedLogException;
import govcloud.journal.JournalException;
import govcloud.journal.JournalUnavailableException;
import govcloud.journal.Position;
import govcloud.journal.RecordRejectedException;
import java.util.List;
import java.util.UUID;

/**
 * One node's hosting of one slice, from its take-over until it stops: the only way by which records
 * get into the log. Driven by a single thread; stops for good when another host takes over.
 */
public final class SliceHost {

  /** What a host tells whoever started it, on the core's thread. */
  public interface Listener {

    /** The take-over is in the log: requests are served. */
    void onServing();

    /** A row is stored for good; heard in the order of the log, before its position. */
    default void onAbsorbed(long offset, Batch batch) {}

    /** The record at this position is stored. */
    void onAdvanced(long position);

    /**
     * Records with this hybrid clock or a lower one are refused, or soon will be: who makes records
     * for this host has to give them a later one.
     */
    default void onClosed(long clock) {}

    /** The host has stopped; all that waited has been answered. */
    void onStopped(JournalException reason);
  }

  private final int slice;
  private final UUID incarnation;
  private final String node;
  private final LogStore store;
  private final Timers timers;
  private final HostSettings settings;
  private final Listener listener;
  private final Repeating repeating;
  private final ReadLease lease;
  private final LogEnd end;
  private final Heads heads;
  private final Chunking chunking;
  private final Appending appending;
  private final Recoveries recoveries;
  private final Closings closings;
  private final Trimming trimming;
  private long watermark;
  private long now;
  private boolean serving;
  private boolean stopped;

  /**
   * @param incarnation an id that was never used for hosting before
   * @param node who hosts, for people who read the log
   * @param readers who must not be overtaken by the trimming of the log
   */
  public SliceHost(
      int slice,
      UUID incarnation,
      String node,
      LogStore store,
      Timers timers,
      HostSettings settings,
      ReaderPositions readers,
      Listener listener) {
    this.slice = slice;
    this.incarnation = incarnation;
    this.node = node;
    this.store = store;
    this.timers = timers;
    this.settings = settings;
    this.listener = listener;
    this.repeating = new Repeating(timers, settings);
    this.lease = new ReadLease(timers, settings);
    this.end = new LogEnd(this, store, repeating, slice, lease);
    this.chunking = new Chunking(this, store, repeating, settings);
    this.heads = new Heads(settings.rememberedHeads(), chunking::hasPending);
    this.appending = new Appending(this, store, repeating, timers, settings);
    this.closings = new Closings(this, settings);
    this.recoveries = new Recoveries(this, store, repeating, settings);
    this.trimming = new Trimming(this, store, repeating, settings, readers);
  }

  /** Takes the slice over. Requests may be made at once; they wait. */
  public void start() {
    timers.after(settings.tick(), this::tick);
    repeating.<Long>ask(
        this::running,
        reply -> store.readWatermark(slice, reply),
        offset -> {
          watermark = offset;
          chunking.startAt(offset);
          end.startAt(offset);
          end.readForward(this::takeOver);
        },
        this::damaged);
  }

  private void takeOver() {
    if (end.next() < watermark) {
      damaged(
          new DamagedLogException(
              "slice " + slice + ": ends at " + end.next() + " (expected: >= " + watermark + ")"));
      return;
    }
    Batch mark =
        Batch.ofTakeOver(
            incarnation,
            appending.nextNonce(),
            end.lastHash(),
            end.highestClock(),
            end.closedClock(),
            node);
    boolean first = end.next() == 0;
    end.append(
        mark,
        first ? this::serve : this::serveAfterLease,
        row -> {
          absorb(row);
          if (running()) {
            end.readForward(this::takeOver);
          }
        });
  }

  /** Until then the host before may answer from memory, and must not be wrong. */
  private void serveAfterLease() {
    timers.after(settings.leaseWait(), this::serve);
  }

  private void serve() {
    if (stopped) {
      return;
    }
    serving = true;
    if (end.closedClock() > 0) {
      listener.onClosed(end.closedClock());
    }
    listener.onServing();
    recoveries.serve();
    appending.pump();
  }

  /**
   * Stores consecutive records of one entity, all or none. The answer is the position of the last,
   * or {@link RecordRejectedException}, {@link govcloud.journal.OutcomeUnknownException}, {@link
   * govcloud.journal.DamagedEntityException} or {@link JournalUnavailableException}.
   */
  public void persist(List<Entry> entries, Reply<Long> reply) {
    if (stopped) {
      reply.fail(notHosted());
    } else {
      appending.persist(entries, reply);
    }
  }

  /**
   * Reads an entity's records from a sequence on: all that were acknowledged before this call, by
   * whatever node. The answer is the records, or {@link govcloud.journal.DamagedEntityException} or
   * {@link JournalUnavailableException}.
   *
   * @param fromSequence above 1: the caller knows of the one before (from a snapshot), so it has to
   *     be there
   */
  public void recover(String entityId, long fromSequence, Reply<List<Entry>> reply) {
    if (stopped) {
      reply.fail(notHosted());
    } else {
      recoveries.recover(entityId, fromSequence, reply);
    }
  }

  /**
   * Finds out how far an entity has got: all that was acknowledged before this call, by whatever
   * node. The answer is the sequence of its last record, 0 before the first, or {@link
   * govcloud.journal.DamagedEntityException} or {@link JournalUnavailableException}. At once while
   * the read lease holds, else it waits for a look at the log, which all who wait share.
   */
  public void confirm(String entityId, Reply<Long> reply) {
    if (stopped) {
      reply.fail(notHosted());
    } else {
      recoveries.confirm(entityId, reply);
    }
  }

  /**
   * Closes a hybrid clock: appends a mark before which no record has a higher clock, and behind
   * which none has this one or a lower one. Records that are waiting go before or behind it as
   * their clocks want; those that come too late are refused as not stored. The answer is the mark's
   * offset, or {@link govcloud.journal.ClockPassedException}, or {@link
   * JournalUnavailableException}, after which a mark may be there or not.
   */
  public void close(long clock, Reply<Long> reply) {
    if (stopped) {
      reply.fail(notHosted());
    } else {
      listener.onClosed(clock);
      closings.add(clock, reply);
      appending.pump();
    }
  }

  /** Writes all chunks and stops. New requests fail at once. */
  public void release() {
    if (serving && running()) {
      chunking.flush(() -> stop(notHosted()));
    } else {
      stop(notHosted());
    }
  }

  /** Stops at once; what waits is answered as unavailable or unknown. */
  public void stop() {
    stop(notHosted());
  }

  private void stop(JournalException reason) {
    if (!stopped) {
      stopped = true;
      lease.end();
      appending.stop(reason);
      recoveries.stop(reason);
      closings.stop(reason);
      listener.onStopped(reason);
    }
  }

  /** Takes a row at the end of the log into the host's knowledge. */
  void absorb(Batch batch) {
    long offset = end.next();
    try {
      end.advance(batch);
    } catch (DamagedLogException e) {
      damaged(e);
      return;
    }
    if (offset >= watermark) {
      if (batch.trimmed()) {
        stop(new JournalUnavailableException("slice " + slice + ": trimmed by another host"));
        return;
      }
      for (Entry entry : batch.entries()) {
        boolean follows = heads.absorb(entry);
        chunking.add(entry, offset, follows);
      }
    }
    listener.onAbsorbed(offset, batch);
    int records = batch.entries().size() + batch.trimmedRecords();
    if (records > 0) {
      chunking.reached(offset + 1);
      listener.onAdvanced(Position.encode(offset, records - 1));
    }
    if (serving && batch.takeOver() && !batch.incarnation().equals(incarnation)) {
      stop(new JournalUnavailableException("slice " + slice + ": taken over by another node"));
    }
  }

  private void tick() {
    if (running()) {
      now++;
      appending.expire();
      recoveries.expire();
      closings.expire();
      if (serving) {
        chunking.tick();
        trimming.tick();
      }
      timers.after(settings.tick(), this::tick);
    }
  }

  void damaged(JournalException damage) {
    stop(damage);
  }

  /** Whether the slice is served or being taken over. */
  public boolean running() {
    return !stopped;
  }

  boolean serving() {
    return serving && !stopped;
  }

  /** Ticks since the start. */
  long now() {
    return now;
  }

  int slice() {
    return slice;
  }

  UUID incarnation() {
    return incarnation;
  }

  ReadLease lease() {
    return lease;
  }

  LogEnd end() {
    return end;
  }

  Heads heads() {
    return heads;
  }

  Chunking chunking() {
    return chunking;
  }

  Closings closings() {
    return closings;
  }

  Appending appending() {
    return appending;
  }

  private JournalUnavailableException notHosted() {
    return new JournalUnavailableException("slice " + slice + ": not hosted by this node");
  }
}

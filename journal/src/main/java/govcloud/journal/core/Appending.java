package govcloud.journal.core;

import govcloud.journal.JournalException;
import govcloud.journal.JournalUnavailableException;
import govcloud.journal.Position;
import govcloud.journal.RecordRejectedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way of records into the log: one append at a time, whatever waits meanwhile goes into the
 * next batch. In a busy slice the next one waits a moment, as those who were just answered soon
 * have more: an append costs the same for few records and for many. A batch takes only records that
 * follow the head of their entity as known. If one does not, the host may be the one who is behind:
 * it reads forward first, and rejects then.
 */
final class Appending {

  /** The longest wait for more requests, in times of {@link HostSettings#gather}. */
  private static final int GATHERINGS = 4;

  private final SliceHost host;
  private final LogStore store;
  private final Repeating repeating;
  private final Timers timers;
  private final HostSettings settings;
  private final ArrayDeque<Request> queue = new ArrayDeque<>();
  private final Map<String, List<Request>> awaitingHead = new LinkedHashMap<>();
  private List<Request> flight = new ArrayList<>();
  private List<Runnable> confirmations = new ArrayList<>();
  private boolean busy;
  private boolean gathering;
  private long nonces;

  Appending(
      SliceHost host, LogStore store, Repeating repeating, Timers timers, HostSettings settings) {
    this.host = host;
    this.store = store;
    this.repeating = repeating;
    this.timers = timers;
    this.settings = settings;
  }

  long nextNonce() {
    return ++nonces;
  }

  void persist(List<Entry> entries, Reply<Long> reply) {
    for (Entry entry : entries) {
      if (entry.bytes().size() > settings.maxRecordBytes()) {
        reply.fail(
            new RecordRejectedException(
                "record: "
                    + entry.bytes().size()
                    + " bytes (expected: <= "
                    + settings.maxRecordBytes()
                    + ")"));
        return;
      }
    }
    if (queue.size() >= settings.maxWaiting()) {
      reply.fail(
          new JournalUnavailableException(
              "slice " + host.slice() + ": " + queue.size() + " requests wait already"));
      return;
    }
    queue.add(new Request(entries, host.now(), reply));
    pump();
  }

  /**
   * Runs an action when all rows that were in the log at this call are known to be absorbed. Shared
   * by all who wait: by the next append, which finds the end of the log anyway, or by one SERIAL
   * read.
   */
  void confirm(Runnable action) {
    confirmations.add(action);
    pump();
  }

  void pump() {
    if (busy || gathering || !host.serving()) {
      return;
    }
    List<Request> late = new ArrayList<>();
    flight = formBatch(late);
    start();
    late.forEach(request -> request.fail(tooLate(request)));
  }

  private void start() {
    if (!flight.isEmpty()) {
      busy = true;
      if (allFit()) {
        attempt();
      } else {
        host.end().confirm(this::attemptWhatFits);
      }
    } else if (!host.closings().isEmpty()) {
      busy = true;
      close();
    } else if (!confirmations.isEmpty()) {
      busy = true;
      List<Runnable> confirmed = takeConfirmations();
      host.end().confirm(() -> finish(confirmed));
    }
  }

  private List<Request> formBatch(List<Request> late) {
    List<Request> batch = new ArrayList<>();
    int bytes = 0;
    int records = 0;
    Iterator<Request> waiting = queue.iterator();
    while (waiting.hasNext()) {
      Request request = waiting.next();
      if (request.highestClock() > host.closings().ceiling()) {
        continue;
      }
      boolean full =
          bytes + request.size() > settings.maxBatchBytes()
              || records + request.entries().size() > settings.maxBatchRecords();
      if (full && !batch.isEmpty()) {
        break;
      }
      waiting.remove();
      if (request.answered()) {
        continue;
      }
      if (isTooLate(request)) {
        late.add(request);
        continue;
      }
      if (host.heads().of(request.entityId()) == null) {
        awaitHead(request);
        continue;
      }
      batch.add(request);
      bytes += request.size();
      records += request.entries().size();
    }
    return batch;
  }

  /** Its clock was closed before it could be sent. */
  private boolean isTooLate(Request request) {
    long closed = host.end().closedClock();
    return closed > 0 && request.lowestClock() <= closed;
  }

  private JournalUnavailableException tooLate(Request request) {
    return new JournalUnavailableException(
        "entity "
            + request.entityId()
            + ", hybrid clock: "
            + request.lowestClock()
            + " (expected: > "
            + host.end().closedClock()
            + ", up to which slice "
            + host.slice()
            + " is closed)");
  }

  /** No record at or above the watermark: the head is the end of the chunks. */
  private void awaitHead(Request request) {
    String entity = request.entityId();
    List<Request> waiting = awaitingHead.get(entity);
    if (waiting != null) {
      waiting.add(request);
      return;
    }
    awaitingHead.put(entity, new ArrayList<>(List.of(request)));
    host.heads().pin(entity);
    repeating.<Optional<Chunk>>ask(
        host::running,
        reply -> store.readLastChunk(entity, reply),
        chunk -> {
          host.heads().learn(entity, chunk.map(Chunk::head).orElse(Head.NONE));
          List<Request> ready = awaitingHead.remove(entity);
          requeue(ready);
          pump();
          host.heads().unpin(entity);
        },
        damage -> {
          host.heads().unpin(entity);
          awaitingHead.remove(entity).forEach(waiter -> waiter.fail(damage));
        });
  }

  private void requeue(List<Request> requests) {
    for (int i = requests.size() - 1; i >= 0; i--) {
      queue.addFirst(requests.get(i));
    }
  }

  private boolean allFit() {
    Map<String, Head> heads = new HashMap<>();
    for (Request request : flight) {
      Head head = head(heads, request);
      boolean damaged = host.heads().damage(request.entityId()) != null;
      if (damaged || head == null || !request.fits(head)) {
        return false;
      }
      heads.put(request.entityId(), request.last().head());
    }
    return true;
  }

  private Head head(Map<String, Head> inBatch, Request request) {
    Head head = inBatch.get(request.entityId());
    return head != null ? head : host.heads().of(request.entityId());
  }

  /** After the end of the log was read: what does not follow now never will. */
  private void attemptWhatFits() {
    Map<String, Head> heads = new HashMap<>();
    List<Request> fitting = new ArrayList<>();
    List<Request> forgotten = new ArrayList<>();
    for (Request request : flight) {
      Head head = head(heads, request);
      JournalException damage = host.heads().damage(request.entityId());
      if (damage != null) {
        request.fail(damage);
      } else if (head == null) {
        forgotten.add(request);
      } else if (!request.answered() && request.fits(head)) {
        fitting.add(request);
        heads.put(request.entityId(), request.last().head());
      } else {
        request.fail(rejection(request, head));
      }
    }
    flight = fitting;
    requeue(forgotten);
    attempt();
  }

  private static RecordRejectedException rejection(Request request, Head head) {
    long sequence = request.entries().get(0).sequence();
    return new RecordRejectedException(
        sequence == head.sequence() + 1
            ? "entity "
                + request.entityId()
                + ", sequence "
                + sequence
                + ": does not name the hash of the record before it"
            : "entity "
                + request.entityId()
                + ", sequence: "
                + sequence
                + " (expected: "
                + (head.sequence() + 1)
                + ")");
  }

  private void attempt() {
    if (flight.isEmpty()) {
      finish(List.of());
      return;
    }
    List<Entry> entries = new ArrayList<>();
    for (Request request : flight) {
      request.markSent();
      entries.addAll(request.entries());
    }
    LogEnd end = host.end();
    long offset = end.next();
    List<Runnable> confirmed = takeConfirmations();
    Batch batch =
        Batch.ofRecords(
            host.incarnation(),
            nextNonce(),
            end.lastHash(),
            end.highestClock(),
            end.closedClock(),
            entries);
    end.append(
        batch,
        () -> {
          acknowledge(offset);
          finish(confirmed);
        },
        row -> {
          confirmations.addAll(confirmed);
          host.absorb(row);
          if (host.running()) {
            end.readForward(this::attemptWhatFits);
          }
        });
  }

  /** Whatever may go before the next mark has gone: the mark. */
  private void close() {
    if (host.closings().settleNext()) {
      finish(List.of());
      return;
    }
    LogEnd end = host.end();
    long offset = end.next();
    List<Runnable> confirmed = takeConfirmations();
    Batch mark =
        Batch.ofMark(
            host.incarnation(),
            nextNonce(),
            end.lastHash(),
            end.highestClock(),
            host.closings().ceiling());
    end.append(
        mark,
        () -> {
          host.closings().closed(offset);
          finish(confirmed);
        },
        row -> {
          confirmations.addAll(confirmed);
          host.absorb(row);
          if (host.running()) {
            end.readForward(this::close);
          }
        });
  }

  private void acknowledge(long offset) {
    int index = -1;
    for (Request request : flight) {
      index += request.entries().size();
      request.succeed(Position.encode(offset, index));
    }
  }

  private void finish(List<Runnable> confirmed) {
    int answered = flight.size();
    flight = new ArrayList<>();
    confirmed.forEach(Runnable::run);
    busy = false;
    if (answered >= settings.gatherFrom() && !settings.gather().isZero()) {
      gathering = true;
      gather(GATHERINGS, Math.min(settings.maxBatchRecords(), queue.size() + answered));
    } else {
      pump();
    }
  }

  /** Waits as long as requests keep coming, until there is one from everybody who was answered. */
  private void gather(int times, int wanted) {
    int before = queue.size();
    timers.after(
        settings.gather(),
        () -> {
          int now = queue.size();
          if (times > 1 && before < now && now < wanted) {
            gather(times - 1, wanted);
          } else {
            gathering = false;
            pump();
          }
        });
  }

  private List<Runnable> takeConfirmations() {
    List<Runnable> taken = confirmations;
    confirmations = new ArrayList<>();
    return taken;
  }

  /** Fails what has waited too long; a batch under way is settled all the same. */
  void expire() {
    long oldest = host.now() - settings.ticks(settings.patience());
    everything().stream()
        .filter(request -> request.born() <= oldest)
        .forEach(request -> request.giveUp(request.impatience()));
    queue.removeIf(Request::answered);
  }

  void stop(JournalException reason) {
    List<Request> all = everything();
    queue.clear();
    awaitingHead.clear();
    flight = new ArrayList<>();
    confirmations = new ArrayList<>();
    all.forEach(request -> request.giveUp(reason));
  }

  private List<Request> everything() {
    List<Request> all = new ArrayList<>(flight);
    awaitingHead.values().forEach(all::addAll);
    all.addAll(queue);
    return all;
  }
}

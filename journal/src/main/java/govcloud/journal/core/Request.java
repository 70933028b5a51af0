package govcloud.journal.core;

import govcloud.journal.JournalException;
import govcloud.journal.JournalUnavailableException;
import govcloud.journal.OutcomeUnknownException;
import java.util.List;

/** Records of one entity that are to be stored together, and where the answer goes. */
final class Request {

  private final List<Entry> entries;
  private final Reply<Long> reply;
  private final long born;
  private final int size;
  private final long lowestClock;
  private final long highestClock;
  private boolean sent;
  private boolean answered;

  Request(List<Entry> entries, long born, Reply<Long> reply) {
    this.entries = List.copyOf(entries);
    this.reply = reply;
    this.born = born;
    this.size = entries.stream().mapToInt(entry -> entry.bytes().size()).sum();
    this.lowestClock = entries.stream().mapToLong(Request::clock).min().orElseThrow();
    this.highestClock = entries.stream().mapToLong(Request::clock).max().orElseThrow();
  }

  private static long clock(Entry entry) {
    return entry.record().getHybridClock();
  }

  long lowestClock() {
    return lowestClock;
  }

  long highestClock() {
    return highestClock;
  }

  String entityId() {
    return entries.get(0).entityId();
  }

  List<Entry> entries() {
    return entries;
  }

  Entry last() {
    return entries.get(entries.size() - 1);
  }

  int size() {
    return size;
  }

  long born() {
    return born;
  }

  boolean answered() {
    return answered;
  }

  /** From now on nobody can say that the records are surely not stored. */
  void markSent() {
    sent = true;
  }

  /** Whether all records follow a head, each the one before it. */
  boolean fits(Head head) {
    Head at = head;
    for (Entry entry : entries) {
      if (!entry.follows(at)) {
        return false;
      }
      at = entry.head();
    }
    return true;
  }

  void succeed(long position) {
    if (!answered) {
      answered = true;
      reply.succeed(position);
    }
  }

  void fail(JournalException failure) {
    if (!answered) {
      answered = true;
      reply.fail(failure);
    }
  }

  /** Fails as unknown if the records may be in the log, else as surely not stored. */
  void giveUp(JournalException reason) {
    fail(
        sent
            ? new OutcomeUnknownException(
                "entity " + entityId() + ", sequence " + last().sequence() + ": may be stored",
                reason)
            : reason);
  }

  JournalException impatience() {
    return new JournalUnavailableException(
        "entity " + entityId() + ": the store does not answer (expected: within the patience)");
  }
}

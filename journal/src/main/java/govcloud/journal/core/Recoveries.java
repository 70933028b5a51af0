package govcloud.journal.core;

import govcloud.journal.DamagedEntityException;
import govcloud.journal.JournalException;
import govcloud.journal.JournalUnavailableException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads entities on the host: first the end of the log is confirmed, then what is in no chunk yet
 * is taken from memory, then the chunks are read. In this order nothing can be missed: a record
 * leaves memory only after its chunk is written.
 */
final class Recoveries {

  /** One entity being read. */
  private static final class Recovery {
    private final String entityId;
    private final long fromSequence;
    private final long born;
    private final Reply<List<Entry>> reply;
    private boolean again;
    private boolean answered;

    Recovery(String entityId, long fromSequence, long born, Reply<List<Entry>> reply) {
      this.entityId = entityId;
      this.fromSequence = fromSequence;
      this.born = born;
      this.reply = reply;
    }
  }

  private final SliceHost host;
  private final LogStore store;
  private final Repeating repeating;
  private final HostSettings settings;
  private final Set<Recovery> open = new LinkedHashSet<>();

  Recoveries(SliceHost host, LogStore store, Repeating repeating, HostSettings settings) {
    this.host = host;
    this.store = store;
    this.repeating = repeating;
    this.settings = settings;
  }

  void recover(String entityId, long fromSequence, Reply<List<Entry>> reply) {
    Recovery recovery = new Recovery(entityId, fromSequence, host.now(), reply);
    open.add(recovery);
    host.heads().pin(entityId);
    if (host.serving()) {
      begin(recovery);
    }
  }

  void serve() {
    List.copyOf(open).forEach(this::begin);
  }

  private void begin(Recovery recovery) {
    host.appending().confirm(() -> read(recovery));
  }

  private void read(Recovery recovery) {
    if (recovery.answered) {
      return;
    }
    EntityHistory history = new EntityHistory(recovery.entityId, recovery.fromSequence);
    List<Entry> pending = host.chunking().pendingOf(recovery.entityId);
    history.addAll(pending);
    Head known = host.heads().of(recovery.entityId);
    if (!pending.isEmpty() && pending.get(0).sequence() <= history.anchor()) {
      finish(recovery, history, known);
      return;
    }
    repeating.<List<Chunk>>ask(
        () -> host.running() && !recovery.answered,
        reply -> store.readChunks(recovery.entityId, history.anchor(), reply),
        chunks -> {
          history.addChunks(chunks);
          finish(recovery, history, known);
        },
        damage -> fail(recovery, damage));
  }

  private void finish(Recovery recovery, EntityHistory history, Head known) {
    try {
      List<Entry> entries = history.check();
      if (known != null && known.sequence() > history.head().sequence()) {
        throw new DamagedEntityException(
            recovery.entityId, history.head().sequence() + 1, "lost, though the log had it");
      }
      host.heads().learn(recovery.entityId, history.head());
      answer(recovery);
      recovery.reply.succeed(entries);
    } catch (DamagedEntityException damage) {
      retryOrFail(recovery, damage);
    }
  }

  /** A chunk written during the read can be seen while the one before it is not; never twice. */
  private void retryOrFail(Recovery recovery, DamagedEntityException damage) {
    if (recovery.again) {
      fail(recovery, damage);
    } else {
      recovery.again = true;
      begin(recovery);
    }
  }

  void expire() {
    long oldest = host.now() - settings.ticks(settings.patience());
    for (Recovery recovery : new ArrayList<>(open)) {
      if (recovery.born <= oldest) {
        fail(
            recovery,
            new JournalUnavailableException(
                "entity "
                    + recovery.entityId
                    + ": the store does not answer (expected: within the patience)"));
      }
    }
  }

  void stop(JournalException reason) {
    new ArrayList<>(open).forEach(recovery -> fail(recovery, reason));
  }

  private void fail(Recovery recovery, JournalException reason) {
    if (!recovery.answered) {
      answer(recovery);
      recovery.reply.fail(reason);
    }
  }

  private void answer(Recovery recovery) {
    recovery.answered = true;
    open.remove(recovery);
    host.heads().unpin(recovery.entityId);
  }
}

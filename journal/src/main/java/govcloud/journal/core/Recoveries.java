package govcloud.journal.core;

import govcloud.journal.DamagedEntityException;
import govcloud.journal.JournalException;
import govcloud.journal.JournalUnavailableException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads entities on the host: first the end of the log is confirmed, unless a lease holds, then
 * what is in no chunk yet is taken from memory, then the chunks are read. In this order nothing can
 * be missed: a record leaves memory only after its chunk is written.
 */
final class Recoveries {

  /** One question about an entity; its head is not forgotten before the answer. */
  private abstract class Question<T> {
    final String entityId;
    private final long born = host.now();
    private final Reply<T> reply;
    private boolean answered;

    Question(String entityId, Reply<T> reply) {
      this.entityId = entityId;
      this.reply = reply;
      open.add(this);
      host.heads().pin(entityId);
    }

    /** The end of the log is known. */
    abstract void read();

    /** At once, if the host surely knows all that was acknowledged. */
    final void start() {
      if (host.serving() && host.lease().holds()) {
        read();
      } else if (host.serving()) {
        begin();
      }
    }

    final void begin() {
      host.appending().confirm(this::read);
    }

    final boolean wanted() {
      return host.running() && !answered;
    }

    final void succeed(T answer) {
      settled();
      reply.succeed(answer);
    }

    final void fail(JournalException reason) {
      if (!answered) {
        settled();
        reply.fail(reason);
      }
    }

    private void settled() {
      answered = true;
      open.remove(this);
      host.heads().unpin(entityId);
    }
  }

  /** All records from a sequence on. */
  private final class Recovery extends Question<List<Entry>> {
    private final long fromSequence;
    private boolean again;

    Recovery(String entityId, long fromSequence, Reply<List<Entry>> reply) {
      super(entityId, reply);
      this.fromSequence = fromSequence;
    }

    @Override
    void read() {
      if (!wanted()) {
        return;
      }
      EntityHistory history = new EntityHistory(entityId, fromSequence);
      List<Entry> pending = host.chunking().pendingOf(entityId);
      history.addAll(pending);
      Head known = host.heads().of(entityId);
      if (!pending.isEmpty() && pending.get(0).sequence() <= history.anchor()) {
        finish(history, known);
        return;
      }
      repeating.<List<Chunk>>ask(
          this::wanted,
          reply -> store.readChunks(entityId, history.anchor(), reply),
          chunks -> {
            history.addChunks(chunks);
            finish(history, known);
          },
          this::fail);
    }

    private void finish(EntityHistory history, Head known) {
      try {
        List<Entry> entries = history.check();
        if (known != null && known.sequence() > history.head().sequence()) {
          throw new DamagedEntityException(
              entityId, history.head().sequence() + 1, "lost, though the log had it");
        }
        host.heads().learn(entityId, history.head());
        succeed(entries);
      } catch (DamagedEntityException damage) {
        retryOrFail(damage);
      }
    }

    /** A chunk written during the read can be seen while the one before it is not; never twice. */
    private void retryOrFail(DamagedEntityException damage) {
      if (again) {
        fail(damage);
      } else {
        again = true;
        begin();
      }
    }
  }

  /** The sequence of the last record. */
  private final class Confirmation extends Question<Long> {

    Confirmation(String entityId, Reply<Long> reply) {
      super(entityId, reply);
    }

    @Override
    void read() {
      if (!wanted()) {
        return;
      }
      JournalException damage = host.heads().damage(entityId);
      Head known = host.heads().of(entityId);
      if (damage != null) {
        fail(damage);
      } else if (known != null) {
        succeed(known.sequence());
      } else {
        repeating.<Optional<Chunk>>ask(
            this::wanted,
            reply -> store.readLastChunk(entityId, reply),
            chunk -> {
              host.heads().learn(entityId, chunk.map(Chunk::head).orElse(Head.NONE));
              succeed(chunk.map(Chunk::toSequence).orElse(0L));
            },
            this::fail);
      }
    }
  }

  private final SliceHost host;
  private final LogStore store;
  private final Repeating repeating;
  private final HostSettings settings;
  private final Set<Question<?>> open = new LinkedHashSet<>();

  Recoveries(SliceHost host, LogStore store, Repeating repeating, HostSettings settings) {
    this.host = host;
    this.store = store;
    this.repeating = repeating;
    this.settings = settings;
  }

  void recover(String entityId, long fromSequence, Reply<List<Entry>> reply) {
    new Recovery(entityId, fromSequence, reply).start();
  }

  void confirm(String entityId, Reply<Long> reply) {
    new Confirmation(entityId, reply).start();
  }

  void serve() {
    List.copyOf(open).forEach(Question::begin);
  }

  void expire() {
    long oldest = host.now() - settings.ticks(settings.patience());
    for (Question<?> question : new ArrayList<>(open)) {
      if (question.born <= oldest) {
        question.fail(
            new JournalUnavailableException(
                "entity "
                    + question.entityId
                    + ": the store does not answer (expected: within the patience)"));
      }
    }
  }

  void stop(JournalException reason) {
    new ArrayList<>(open).forEach(question -> question.fail(reason));
  }
}

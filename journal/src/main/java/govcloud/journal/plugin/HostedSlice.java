package govcloud.journal.plugin;

import govcloud.journal.JournalException;
import govcloud.journal.JournalUnavailableException;
import govcloud.journal.core.Batch;
import govcloud.journal.core.Entry;
import govcloud.journal.core.HostSettings;
import govcloud.journal.core.LogStore;
import govcloud.journal.core.ReaderPositions;
import govcloud.journal.core.Reply;
import govcloud.journal.core.SliceHost;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One slice as this node knows it: hosting begins with the first request, and after the slice was
 * lost to another node it is not taken back before the cool-down is over, so that a node that was
 * frozen does not fight its successor.
 */
final class HostedSlice {

  /** Hears how far the slice has got. */
  interface Advance {
    void to(int slice, long position);

    /** A row of the slice is stored. */
    void absorbed(int slice, long offset, Batch batch);

    /** Records have to have a later hybrid clock than this. */
    void closed(long clock);
  }

  private static final Logger LOG = LoggerFactory.getLogger(HostedSlice.class);

  private final int slice;
  private final String node;
  private final SerialExecutor executor;
  private final LogStore store;
  private final HostSettings settings;
  private final Duration coolDown;
  private final Supplier<UUID> incarnations;
  private final Advance advance;
  private final ReaderPositions readers;
  private SliceHost host;
  private JournalException refusal;
  private boolean releasing;
  private boolean used;
  private boolean usedBefore;
  private boolean returning;

  HostedSlice(
      int slice,
      String node,
      SerialExecutor executor,
      LogStore store,
      JournalSettings settings,
      Supplier<UUID> incarnations,
      Advance advance,
      ReaderPositions readers) {
    this.slice = slice;
    this.node = node;
    this.executor = executor;
    this.store = store;
    this.settings = settings.host();
    this.coolDown = settings.coolDown();
    this.incarnations = incarnations;
    this.advance = advance;
    this.readers = readers;
  }

  void persist(List<Entry> entries, Reply<Long> reply) {
    executor.execute(
        () -> {
          if (refusal != null) {
            reply.fail(refusal);
          } else {
            touch();
            host()
                .persist(
                    entries,
                    (position, failure) -> {
                      returning &= failure != null;
                      reply.receive(position, failure);
                    });
          }
        });
  }

  void recover(String entityId, long fromSequence, Reply<List<Entry>> reply) {
    read((asked, answer) -> asked.recover(entityId, fromSequence, answer), reply);
  }

  /** How far an entity has got: all that was acknowledged before this call, by whatever node. */
  void confirm(String entityId, Reply<Long> reply) {
    read((asked, answer) -> asked.confirm(entityId, answer), reply);
  }

  private <T> void read(BiConsumer<SliceHost, Reply<T>> question, Reply<T> reply) {
    executor.execute(
        () -> {
          if (refusal != null) {
            reply.fail(refusal);
            return;
          }
          touch();
          question.accept(host(), returning ? again(question, reply) : reply);
        });
  }

  /** The slice comes back to a node that has not noticed its leaving: that is no fight. */
  private <T> Reply<T> again(BiConsumer<SliceHost, Reply<T>> question, Reply<T> reply) {
    SliceHost asked = host();
    return (answer, failure) -> {
      if (failure instanceof JournalUnavailableException && !asked.running()) {
        executor.execute(() -> question.accept(host(), reply));
      } else {
        returning = false;
        reply.receive(answer, failure);
      }
    };
  }

  void close(long clock, Reply<Long> reply) {
    executor.execute(
        () -> {
          if (refusal != null) {
            reply.fail(refusal);
          } else {
            host().close(clock, reply);
          }
        });
  }

  private void touch() {
    returning |= !used && !usedBefore && host != null && host.running();
    used = true;
  }

  private void age(SliceHost aging) {
    if (aging.running()) {
      usedBefore = used;
      used = false;
      executor.after(coolDown, () -> age(aging));
    }
  }

  void release() {
    executor.execute(
        () -> {
          if (host != null && host.running()) {
            releasing = true;
            host.release();
          }
        });
  }

  private SliceHost host() {
    if (host == null || !host.running()) {
      releasing = false;
      returning = false;
      host =
          new SliceHost(
              slice,
              incarnations.get(),
              node,
              store,
              executor,
              settings,
              this::slowestReader,
              new HostListener());
      host.start();
      SliceHost aging = host;
      executor.after(coolDown, () -> age(aging));
    }
    return host;
  }

  private void slowestReader(int of, Reply<Long> reply) {
    readers.slowest(
        of, (position, failure) -> executor.execute(() -> reply.receive(position, failure)));
  }

  private final class HostListener implements SliceHost.Listener {

    @Override
    public void onServing() {
      LOG.info("slice {}: hosted by this node", slice);
    }

    @Override
    public void onAbsorbed(long offset, Batch batch) {
      advance.absorbed(slice, offset, batch);
    }

    @Override
    public void onAdvanced(long position) {
      advance.to(slice, position);
    }

    @Override
    public void onClosed(long clock) {
      advance.closed(clock);
    }

    @Override
    public void onStopped(JournalException reason) {
      LOG.info("slice {}: no longer hosted by this node: {}", slice, reason.getMessage());
      if (!releasing && !returning) {
        refusal = reason;
        executor.after(coolDown, () -> refusal = null);
      }
    }
  }
}

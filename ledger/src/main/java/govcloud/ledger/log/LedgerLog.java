package govcloud.ledger.log;

import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import govcloud.ledger.leaf.Leaf;
import govcloud.ledger.leaf.Succession;
import govcloud.ledger.note.CheckedCheckpoint;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.SignedNote;
import govcloud.ledger.note.TrustPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A log that many append to at once. Whatever waits while the disk works becomes the next batch, so
 * one entry alone waits for nothing, and many share the flushes. For several threads; one process
 * alone may have a log open.
 */
public final class LedgerLog implements AutoCloseable {
  /** The most entries of one batch. */
  public static final int LARGEST_BATCH = 1024;

  /** How long {@link #close} may have to wait for a thread that waits, in milliseconds. */
  private static final int LOOK_AGAIN = 20;

  private static final int MOST_WAITING = 16 * LARGEST_BATCH;

  private final Sequencer sequencer;
  private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread thread;
  private volatile boolean closed;
  private volatile SignedNote checkpoint;

  private static final class Waiting {
    private final byte[] leaf;
    private final CompletableFuture<Receipt> receipt = new CompletableFuture<>();

    private Waiting(Leaf leaf) {
      this.leaf = leaf.toBytes();
    }
  }

  private LedgerLog(Sequencer sequencer) {
    this.sequencer = sequencer;
    this.checkpoint = sequencer.signed();
    this.thread = new Thread(this::work, "ledger");
    thread.setDaemon(true);
    thread.start();
  }

  /** Begins a log; the origin is the signer's name. There must be none yet at this place. */
  public static LedgerLog create(LedgerStore store, NoteSigner signer) throws LedgerException {
    return new LedgerLog(Sequencer.create(store, signer, List.of()));
  }

  /**
   * Begins the log that follows one whose site was lost. A lost log is never gone on with, because
   * what it signed last may not be known.
   *
   * @param lost the last checkpoint of the lost log that enough witnesses cosigned
   * @param policy knows the lost log and its witnesses
   * @param time in milliseconds since 1970
   */
  public static LedgerLog succeed(
      LedgerStore store, NoteSigner signer, byte[] lost, TrustPolicy policy, long time)
      throws LedgerException {
    CheckedCheckpoint last = policy.check(lost, "lost log");
    if (!last.enough()) {
      throw new LedgerException(
          LedgerDefect.LEDGER_WITNESS_MISSING, "lost log", "cosigned by " + last.witnesses());
    }
    if (last.checkpoint().origin().equals(signer.key().name())) {
      throw new LedgerException(
          LedgerDefect.LEDGER_ORIGIN_WRONG,
          "lost log",
          signer.key().name() + " (expected: another name than the lost log's)");
    }
    byte[] first = new Succession(time, last.note()).toBytes();
    return new LedgerLog(Sequencer.create(store, signer, List.of(first)));
  }

  /**
   * Goes on with a log, also after a crash.
   *
   * @param known checkpoints of it that others hold, such as its witnesses; if the disk has less,
   *     it was put back from a backup, and the log stays closed
   */
  public static LedgerLog open(LedgerStore store, NoteSigner signer, List<byte[]> known)
      throws LedgerException {
    return new LedgerLog(Sequencer.open(store, signer, known));
  }

  /** The newest state that is on the disk. */
  public SignedNote checkpoint() {
    return checkpoint;
  }

  /**
   * Heeds a state of this log that others hold, such as its witness. Nothing is signed that does
   * not have all its entries, and then only if they have its root.
   *
   * @throws LedgerException when it is another history than the one that was signed here
   */
  public void know(CheckedCheckpoint state) throws LedgerException {
    sequencer.know(state);
  }

  /** The signed state of as many entries as now, or fewer; for whoever takes them in steps. */
  public SignedNote at(long size) throws LedgerException {
    return sequencer.at(size);
  }

  /**
   * Appends an entry.
   *
   * @return done when the entry is on the disk and signed; fails with a {@link LedgerException}
   *     when that is not known, and then the entry may be there or not when the log is opened again
   */
  public CompletableFuture<Receipt> append(Leaf leaf) {
    Waiting waiting = new Waiting(leaf);
    if (closed) {
      waiting.receipt.completeExceptionally(stopped("closed"));
    } else if (!queue.offer(waiting)) {
      waiting.receipt.completeExceptionally(stopped(MOST_WAITING + " entries wait"));
    } else if (closed && queue.remove(waiting)) {
      // The thread had looked for the last time before this one was put there.
      waiting.receipt.completeExceptionally(stopped("closed"));
    }
    return waiting.receipt;
  }

  /**
   * Publishes the cosignatures of a checkpoint.
   *
   * @param state a checkpoint of this log
   * @param lines as witnesses answer them
   */
  public CheckedCheckpoint cosigned(SignedNote state, List<String> lines, TrustPolicy policy)
      throws LedgerException {
    return sequencer.cosigned(state, lines, policy);
  }

  private void work() {
    List<Waiting> batch = new ArrayList<>();
    try {
      while (!closed) {
        batch.clear();
        Waiting first = queue.poll(LOOK_AGAIN, TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch, LARGEST_BATCH - 1);
          commit(batch);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closed = true;
      batch.clear();
      queue.drainTo(batch);
      batch.forEach(waiting -> waiting.receipt.completeExceptionally(stopped("closed")));
    }
  }

  private void commit(List<Waiting> batch) {
    long first = sequencer.size();
    try {
      sequencer.commit(batch.stream().map(waiting -> waiting.leaf).toList());
    } catch (LedgerException | RuntimeException e) {
      closed = true;
      batch.forEach(waiting -> waiting.receipt.completeExceptionally(e));
      return;
    }
    checkpoint = sequencer.signed();
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).receipt.complete(new Receipt(first + i, checkpoint));
    }
  }

  private static LedgerException stopped(String detail) {
    return new LedgerException(LedgerDefect.LEDGER_STOPPED, "log", detail);
  }

  /** Ends after the batch under way; what waits fails. */
  @Override
  public void close() {
    closed = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

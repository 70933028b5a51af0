package govcloud.node.exchange;

import govcloud.domain.exchange.LedgerEvent;
import govcloud.domain.exchange.LedgerState;
import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import govcloud.ledger.log.LedgerStore;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.feed.EntityHistory;
import govcloud.node.http.Failures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;

/**
 * Brings the entries of one ledger from the journal into files on this node, once each and in their
 * order. If the journal has less than the files, or something else, it was put back or forked, and
 * nothing more is taken.
 */
final class LedgerFollower {

  /** The version of the ledger's entity that was followed last; not to be served. */
  private static final String FOLLOWED = "sequencer/followed";

  private static final int RECORDS_AT_ONCE = 16;

  /** The files. */
  interface Files {

    /** Entries that are there. */
    long size();

    /** Entries that a signed state covers: those that are there after a restart. */
    long settled();

    /** The bytes of an entry. */
    byte[] entry(long index) throws LedgerException;

    /** Puts entries behind those that are there, or that were handed over before. */
    CompletionStage<?> append(List<byte[]> leaves) throws LedgerException;
  }

  private final ActorSystem<?> system;
  private final Entities entities;
  private final EntityHistory history;
  private final String entity;
  private final LedgerStore store;
  private final Files files;

  private CompletableFuture<Long> underWay = CompletableFuture.completedFuture(0L);
  private CompletionStage<Long> following;
  private volatile LedgerException trouble;
  private volatile long sequence;

  /** The index behind the last entry that was handed to the files; of one stream at a time. */
  private volatile long next;

  /**
   * Nothing followed yet.
   *
   * @param store keeps how far it has come
   */
  LedgerFollower(
      ActorSystem<?> system,
      Entities entities,
      EntityHistory history,
      String entity,
      LedgerStore store,
      Files files)
      throws IOException {
    this.system = system;
    this.entities = entities;
    this.history = history;
    this.entity = entity;
    this.store = store;
    this.files = files;
    this.sequence =
        store
            .read(FOLLOWED)
            .map(file -> new String(file, StandardCharsets.US_ASCII).strip())
            .filter(text -> text.matches("[1-9][0-9]{0,17}"))
            .map(Long::parseLong)
            .orElse(1L);
  }

  /** Why nothing more is taken. */
  Optional<LedgerException> trouble() {
    return Optional.ofNullable(trouble);
  }

  /** Takes nothing more, for a reason that was seen elsewhere. */
  void stop(LedgerException reason) {
    if (trouble == null) {
      trouble = reason;
      system.log().error("ledger {}: nothing more is taken: {}", entity, reason.getMessage());
    }
  }

  /** Takes in nothing, and only looks whether the journal still has what the files have. */
  CompletionStage<Long> look() {
    return trouble != null
        ? CompletableFuture.failedStage(trouble)
        : entities
            .<LedgerState>read(entity)
            .thenCompose(answer -> notLess(answer.state().size()))
            .whenComplete(this::stopFor);
  }

  private CompletionStage<Long> notLess(long size) {
    var there = there();
    return size >= there
        ? CompletableFuture.completedStage(files.size())
        : CompletableFuture.failedStage(
            new LedgerException(
                LedgerDefect.LEDGER_ROLLED_BACK,
                entity,
                size + " entries (expected: >= " + there + ", which were there)"));
  }

  private void stopFor(Long size, Throwable failure) {
    if (Failures.cause(failure) instanceof LedgerException ledger) {
      stop(ledger);
    }
  }

  /** Takes in what the ledger has by now; completes with the number of entries then. */
  synchronized CompletionStage<Long> catchUp() {
    if (trouble != null) {
      return CompletableFuture.failedStage(trouble);
    }
    if (following != null) {
      return following;
    }
    if (underWay.isDone()) {
      return begin();
    }
    // What is under way may have looked before the caller's entry was there.
    var later = new CompletableFuture<Long>();
    following = later;
    var unused =
        underWay
            .handle((size, failure) -> size)
            .thenCompose(size -> next())
            .whenComplete(
                (now, failure) -> {
                  if (failure == null) {
                    later.complete(now);
                  } else {
                    later.completeExceptionally(failure);
                  }
                });
    return later;
  }

  private synchronized CompletionStage<Long> next() {
    following = null;
    return begin();
  }

  private CompletionStage<Long> begin() {
    underWay =
        entities
            .<LedgerState>read(entity)
            .thenCompose(this::follow)
            .whenComplete(this::stopFor)
            .toCompletableFuture();
    return underWay;
  }

  private CompletionStage<Long> follow(Answer<LedgerState> answer) {
    var there = there();
    var size = answer.state().size();
    if (size <= there) {
      return notLess(size);
    }
    return history
        .of(entity, sequence)
        .mapAsync(RECORDS_AT_ONCE, this::take)
        .runWith(Sink.lastOption(), system)
        .thenApply(
            last -> {
              sequence = last.orElse(sequence);
              settle();
              return files.size();
            });
  }

  private long there() {
    return Math.max(files.size(), next);
  }

  /** Entries that are there are compared, the others are put behind them. */
  private CompletionStage<Long> take(EntityHistory.Entry record) {
    CompletionStage<?> taken = CompletableFuture.completedStage(0L);
    try {
      for (var event : record.commit().events()) {
        if (event instanceof LedgerEvent.Appended appended) {
          taken = take(appended);
        }
      }
    } catch (LedgerException e) {
      return CompletableFuture.failedStage(e);
    }
    return taken.thenApply(done -> record.sequence());
  }

  private CompletionStage<?> take(LedgerEvent.Appended appended) throws LedgerException {
    var there = there();
    if (appended.first() > there) {
      throw new LedgerException(
          LedgerDefect.LEDGER_MISSING, entity, "entry " + there + " (expected: in the journal)");
    }
    List<byte[]> more = new ArrayList<>();
    for (int i = 0; i < appended.leaves().size(); i++) {
      var index = appended.first() + i;
      var leaf = Base64.getDecoder().decode(appended.leaves().get(i));
      if (index >= there) {
        more.add(leaf);
      } else if (index < files.size()) {
        requireSame(index, leaf);
      }
    }
    if (more.isEmpty()) {
      return CompletableFuture.completedStage(0L);
    }
    var taken = files.append(more);
    next = there + more.size();
    return taken;
  }

  private void requireSame(long index, byte[] leaf) throws LedgerException {
    if (!Arrays.equals(files.entry(index), leaf)) {
      throw new LedgerException(
          LedgerDefect.LEDGER_FORKED,
          entity,
          "entry " + index + ": another one than was signed (expected: the same for ever)");
    }
  }

  /** Remembers how far it has come, if a signed state covers that. */
  void settle() {
    if (files.settled() < next) {
      return;
    }
    try {
      store.replace(FOLLOWED, (sequence + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }
}

package govcloud.node.exchange;

import com.google.protobuf.UnsafeByteOperations;
import govcloud.domain.exchange.LedgerState;
import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import govcloud.ledger.log.LedgerFiles;
import govcloud.ledger.note.CheckedCheckpoint;
import govcloud.ledger.note.SignedNote;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.witness.Seen;
import govcloud.ledger.witness.Shipment;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.http.Failures;
import govcloud.node.replication.ReplicationThreads;
import govcloud.replication.shipping.LedgerLink;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.shipping.RefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Has the sibling cosign what this node signs, and lets this node sign once the sibling was heard;
 * then has the third witness cosign the same state, and waits for it in nothing. Each node does it
 * for its own files; entries that the sibling has are not sent again.
 */
final class Cosigning {

  /** An answer of the witness is good for so long if there is nothing new. */
  private static final Duration HEARD = Duration.ofSeconds(10);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final LedgerShelf shelf;
  private final LedgerKey key;
  private final Entities entities;
  private final Optional<LedgerLink> link;
  private final Optional<ThirdWitness> third;
  private final TrustPolicy policy;
  private final InstantSource clock;
  private volatile Cosigned status;

  /** Entries that there were when something began to wait; of one thread. */
  private long owed;

  /**
   * Nothing asked yet.
   *
   * @param link to the sibling; none: the third witness is the only one
   * @param policy of this ledger, with its witnesses
   */
  Cosigning(
      LedgerShelf shelf,
      LedgerKey key,
      Entities entities,
      Optional<LedgerLink> link,
      Optional<ThirdWitness> third,
      TrustPolicy policy,
      InstantSource clock) {
    this.shelf = shelf;
    this.key = key;
    this.entities = entities;
    this.link = link;
    this.third = third;
    this.policy = policy;
    this.clock = clock;
    this.status =
        new Cosigned(0, 0, Optional.empty(), Optional.empty(), Optional.of(clock.instant()), "");
  }

  /** Begins; ends with the actor system. */
  void start(ActorSystem<?> system, Duration interval) {
    var thread = ReplicationThreads.of(system, "ledger-cosigning", 1);
    again(system, thread, interval);
  }

  private void again(ActorSystem<?> system, ReplicationThreads thread, Duration interval) {
    if (!system.whenTerminated().isCompleted()) {
      system
          .scheduler()
          .scheduleOnce(
              interval,
              () ->
                  thread
                      .run(false, this::step)
                      .whenComplete((done, failure) -> again(system, thread, interval)),
              system.executionContext());
    }
  }

  /** How far it is. */
  Cosigned status() {
    return status;
  }

  /** How far the third witness is, if there is one. */
  Optional<Cosigned> third() {
    return third.map(ThirdWitness::status);
  }

  /** Asks once, and sends what is new. */
  private Cosigned step() {
    var problem = "";
    var heard = status.heard();
    try {
      if (isDue()) {
        if (link.isPresent()) {
          bringUp(link.get());
          heard = Optional.of(clock.instant());
        } else {
          alone();
          heard = missing().isEmpty() ? Optional.of(clock.instant()) : heard;
        }
      }
    } catch (LinkException e) {
      problem = "LEDGER_WITNESS_AWAY: " + e.getMessage();
    } catch (RefusedException e) {
      problem = e.code() + ": " + e.getMessage();
      stopIfForked(e);
    } catch (LedgerException e) {
      problem = e.getMessage();
    } catch (IOException | ExecutionException | TimeoutException | RuntimeException e) {
      problem = "LEDGER_UNAVAILABLE: " + Failures.cause(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    status = look(heard, problem.isEmpty() ? missing() : problem);
    return status;
  }

  /** What the third witness lacks, if the state is not cosigned without it. */
  private String missing() {
    return third
        .filter(one -> one.isRequired() || link.isEmpty())
        .map(one -> one.status().problem())
        .orElse("");
  }

  /** The witness has another history than this node's; to go on would make it longer. */
  private void stopIfForked(RefusedException refused) {
    if (refused.code().equals(LedgerDefect.LEDGER_FORKED.name())) {
      shelf.stop(
          new LedgerException(
              LedgerDefect.LEDGER_FORKED, key.signer().key().name(), refused.getMessage()));
    }
  }

  private boolean isDue() throws LedgerException, IOException {
    var old = status.heard().map(at -> at.plus(HEARD).isBefore(clock.instant())).orElse(true);
    return old
        || !shelf.isOpen()
        || shelf.size() > cosigned().map(CheckedCheckpoint::size).orElse(0L);
  }

  private Optional<CheckedCheckpoint> cosigned() throws LedgerException, IOException {
    var file = shelf.cosigned();
    return file.isPresent()
        ? Optional.of(policy.check(file.get(), LedgerFiles.COSIGNED))
            .filter(state -> state.enough() && !state.witnesses().isEmpty())
        : Optional.empty();
  }

  private Cosigned look(Optional<Instant> heard, String problem) {
    var size = shelf.size();
    var cosigned = 0L;
    Optional<Instant> at = Optional.empty();
    var told = problem;
    try {
      var state = cosigned();
      cosigned = state.map(CheckedCheckpoint::size).orElse(0L);
      at = state.map(one -> Instant.ofEpochSecond(Collections.max(one.witnesses().values())));
    } catch (LedgerException | IOException | DateTimeException e) {
      told = e.getMessage();
    }
    var inOrder = told.isEmpty() && shelf.isOpen();
    return new Cosigned(size, cosigned, at, heard, behindSince(size, cosigned, inOrder), told);
  }

  /** Since when something waits; what came after that and waits by now began to wait later. */
  private Optional<Instant> behindSince(long size, long cosigned, boolean inOrder) {
    if (inOrder && size <= cosigned) {
      return Optional.empty();
    }
    var before = status.behindSince();
    if (before.isPresent() && !(inOrder && cosigned >= owed)) {
      return before;
    }
    owed = size;
    return Optional.of(clock.instant());
  }

  private void alone()
      throws LedgerException,
          IOException,
          ExecutionException,
          TimeoutException,
          InterruptedException {
    var size = within(shelf.catchUp());
    if (size > 0) {
      askThird(shelf.at(size), size, List.of());
    }
  }

  private void bringUp(LedgerLink sibling)
      throws LinkException,
          RefusedException,
          LedgerException,
          IOException,
          ExecutionException,
          TimeoutException,
          InterruptedException {
    var seen = Seen.parse(sibling.seen(SiblingTrust.hash(key.signer().key().name())).toByteArray());
    // After the answer: what the witness has was in the journal before.
    var there = within(entities.<LedgerState>read(key.entity())).state().size();
    Optional<CheckedCheckpoint> state =
        seen.state().isPresent()
            ? Optional.of(policy.check(seen.state().get(), "the witness's state"))
            : Optional.empty();
    requireOwn(state);
    shelf.heard(seen.size(), state, there);
    var size = within(shelf.catchUp());
    for (var from = seen.size(); from <= size; ) {
      var to = Math.min(size, from + Shipment.MOST_LEAVES);
      var line = ship(sibling, from, to);
      if (to == size) {
        askThird(shelf.at(to), to, List.of(line));
        requireEnough(to);
        return;
      }
      from = to;
    }
  }

  /** A state of the ledger before this one is signed as well, and says nothing of this one. */
  private void requireOwn(Optional<CheckedCheckpoint> state) throws RefusedException {
    var origin = state.map(one -> one.checkpoint().origin());
    if (origin.isPresent() && !origin.get().equals(key.signer().key().name())) {
      throw new RefusedException(
          LedgerDefect.LEDGER_ORIGIN_WRONG.name(),
          origin.get() + " (expected: " + key.signer().key().name() + ")");
    }
  }

  /** Sends entries; also none, which only has the state cosigned. */
  private String ship(LedgerLink sibling, long from, long to)
      throws LinkException, RefusedException, LedgerException {
    var state = shelf.at(to);
    var shipment = new Shipment(state.toString(), from, shelf.entries(from, to));
    var line = sibling.send(UnsafeByteOperations.unsafeWrap(shipment.toBytes()));
    shelf.cosigned(state, List.of(line.toString(StandardCharsets.UTF_8)), policy);
    return line.toString(StandardCharsets.UTF_8);
  }

  private void requireEnough(long size) throws LedgerException, IOException {
    if (size > 0 && cosigned().isEmpty()) {
      throw new LedgerException(
          LedgerDefect.LEDGER_WITNESS_MISSING,
          key.signer().key().name(),
          "no state with the cosignatures that are asked for. " + missing());
    }
  }

  /** Publishes the same state again with the third witness's line, once that has answered. */
  private void askThird(SignedNote state, long size, List<String> lines)
      throws LedgerException, ExecutionException, TimeoutException, InterruptedException {
    if (third.isEmpty() || size == 0) {
      return;
    }
    var answer = third.get().cosign(state, size, shelf::consistency);
    if (answer.line().isPresent()) {
      var all = Stream.concat(lines.stream(), answer.line().stream()).toList();
      shelf.cosigned(state, all, policy);
    }
    if (answer.other().isPresent()) {
      // What this ledger signed once binds it, whoever shows it.
      var there = within(entities.<LedgerState>read(key.entity())).state().size();
      shelf.heard(0, answer.other(), there);
    }
  }

  private static <T> T within(CompletionStage<T> stage)
      throws ExecutionException, TimeoutException, InterruptedException {
    return stage.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }
}

package govcloud.node.exchange;

import govcloud.domain.exchange.LedgerState;
import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import govcloud.ledger.leaf.Leaf;
import govcloud.ledger.leaf.Succession;
import govcloud.ledger.note.Checkpoint;
import govcloud.ledger.note.SignedNote;
import govcloud.ledger.note.VerifierKey;
import govcloud.node.eventsourcing.Entities;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which of the sibling's ledgers follows which, as their first entries in this cloud's journal say.
 * A ledger that is followed has ended there, and is followed by one alone; else its history would
 * go on in two places.
 */
final class FollowedLogs {

  private final Entities entities;
  private final FirstEntry first;

  /** By the entities of ledgers that have begun: what they follow. */
  private final Map<String, Optional<Checkpoint>> begun = new ConcurrentHashMap<>();

  FollowedLogs(Entities entities, FirstEntry first) {
    this.entities = entities;
    this.first = first;
  }

  /** The state of another ledger with which one begins, if it does. */
  static Optional<SignedNote> followed(byte[] entry) {
    try {
      return Leaf.parse(entry, "entry 0") instanceof Succession one
          ? Optional.of(one.lost())
          : Optional.empty();
    } catch (LedgerException e) {
      // A witness takes in what the log signed; whether it is a leaf is a question for verifiers.
      return Optional.empty();
    }
  }

  /**
   * Completes when nothing of a ledger is cut off.
   *
   * @param origin of the ledger
   * @param size entries that it has
   * @param others none of which may begin with a state of it that has fewer
   */
  CompletionStage<Boolean> requireNotEnded(String origin, long size, List<VerifierKey> others) {
    CompletionStage<Boolean> all = CompletableFuture.completedStage(true);
    for (VerifierKey log : others) {
      all =
          all.thenCompose(done -> follows(log))
              .thenCompose(state -> compare(state, log, origin, size));
    }
    return all;
  }

  private static CompletionStage<Boolean> compare(
      Optional<Checkpoint> followed, VerifierKey log, String origin, long size) {
    return followed
        .filter(state -> state.origin().equals(origin) && state.size() < size)
        .map(
            state ->
                CompletableFuture.<Boolean>failedStage(
                    new LedgerException(
                        LedgerDefect.LEDGER_FORKED,
                        origin,
                        "followed by %s at %d (expected: nothing behind it, and no other)"
                            .formatted(log.name(), state.size()))))
        .orElseGet(() -> CompletableFuture.completedStage(true));
  }

  private CompletionStage<Optional<Checkpoint>> follows(VerifierKey log) {
    var entity = LedgerKey.entity(log);
    var known = begun.get(entity);
    return known != null
        ? CompletableFuture.completedStage(known)
        : entities
            .<LedgerState>read(entity)
            .thenCompose(
                answer ->
                    answer.state().size() == 0
                        ? CompletableFuture.completedStage(Optional.<Checkpoint>empty())
                        : first.of(entity).thenApply(leaf -> keep(entity, leaf)));
  }

  private Optional<Checkpoint> keep(String entity, byte[] leaf) {
    Optional<Checkpoint> state = Optional.empty();
    try {
      var note = followed(leaf);
      if (note.isPresent()) {
        state = Optional.of(Checkpoint.parse(note.get().text(), "entry 0"));
      }
    } catch (LedgerException e) {
      // It begins with nothing that could be the state of another one.
      state = Optional.empty();
    }
    begun.put(entity, state);
    return state;
  }
}

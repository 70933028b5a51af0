package govcloud.node.exchange;

import govcloud.domain.Actor;
import govcloud.domain.exchange.LedgerCommand;
import govcloud.domain.exchange.LedgerState;
import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import govcloud.ledger.leaf.Leaf;
import govcloud.ledger.leaf.Succession;
import govcloud.ledger.note.CheckedCheckpoint;
import govcloud.ledger.note.Checkpoint;
import govcloud.ledger.note.SignedNote;
import govcloud.ledger.note.TrustPolicy;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * How a ledger begins that follows a lost one: the last state of the lost one that the sibling
 * cosigned is entry 0, before anything else is recorded, on whichever node.
 */
final class LedgerSuccession {

  private final Entities entities;
  private final FirstEntry first;
  private final LedgerKey key;
  private final SignedNote lost;
  private final String before;
  private final InstantSource clock;
  private volatile boolean done;

  /**
   * Nothing recorded yet.
   *
   * @param lost as {@link #lost} reads it
   * @param before the entity of the ledger whose state that is
   */
  LedgerSuccession(
      Entities entities,
      FirstEntry first,
      LedgerKey key,
      SignedNote lost,
      String before,
      InstantSource clock) {
    this.entities = entities;
    this.first = first;
    this.key = key;
    this.lost = lost;
    this.before = before;
    this.clock = clock;
  }

  /**
   * Who is trusted to have cosigned a lost ledger.
   *
   * @param lost public key of the lost ledger
   * @param witness public key of its witness
   * @throws IllegalArgumentException when they are none, beginning with the setting's name
   */
  static TrustPolicy trust(LedgerKey key, String lost, String witness) {
    var policy =
        "log %s\nlog %s\nwitness lost %s\nquorum lost\n".formatted(key.text(), lost, witness);
    try {
      return TrustPolicy.parse(policy.getBytes(StandardCharsets.UTF_8), "predecessor");
    } catch (LedgerException e) {
      throw ExchangeSettings.wrong(
          "predecessor.witness", witness + ": " + e.getMessage(), "name+id+base64 of a witness");
    }
  }

  /**
   * The last cosigned state of a lost ledger.
   *
   * @param policy knows the lost ledger, this one and the witness
   * @throws IllegalArgumentException when it is none, beginning with the setting's name
   */
  static SignedNote lost(Path file, LedgerKey key, TrustPolicy policy) {
    try {
      CheckedCheckpoint state = policy.check(Files.readAllBytes(file), file.toString());
      if (!policy.needsWitnesses() || !state.enough()) {
        throw ExchangeSettings.wrong(
            "predecessor.cosigned", file + ": not cosigned", "cosigned by the sibling");
      }
      if (state.checkpoint().origin().equals(key.signer().key().name())) {
        throw ExchangeSettings.wrong(
            "predecessor.log",
            state.checkpoint().origin(),
            "another name than that of this ledger, which must not go on with a lost one");
      }
      return state.note();
    } catch (IOException | LedgerException e) {
      throw ExchangeSettings.wrong(
          "predecessor.cosigned", file + ": " + e.getMessage(), "a state of predecessor.log");
    }
  }

  /** Completes when entry 0 is that state; fails when it is another one, or that is not known. */
  CompletionStage<Boolean> begun() {
    if (done) {
      return CompletableFuture.completedStage(true);
    }
    return entities
        .<LedgerState>read(key.entity())
        .thenCompose(
            answer ->
                answer.exists()
                    ? CompletableFuture.completedStage(true)
                    : requireWhole()
                        .thenCompose(whole -> entities.<LedgerState>ask(key.entity(), begin()))
                        .thenApply(begun -> begun.accepted()))
        .thenCompose(begun -> checkFirst())
        .thenApply(
            checked -> {
              done = true;
              return true;
            });
  }

  /**
   * What another site lost is lost; but of a ledger of this very site, which is followed on
   * purpose, nothing is left behind.
   */
  private CompletionStage<Boolean> requireWhole() {
    return entities.<LedgerState>read(before).thenCompose(answer -> requireWhole(answer.state()));
  }

  private CompletionStage<Boolean> requireWhole(LedgerState there) {
    try {
      var state = Checkpoint.parse(lost.text(), "predecessor.cosigned");
      if (there.siteEpoch() == 0
          || there.siteEpoch() != key.siteEpoch()
          || there.size() <= state.size()) {
        return CompletableFuture.completedStage(true);
      }
      throw new LedgerException(
          LedgerDefect.LEDGER_ROLLED_BACK,
          state.origin(),
          "followed at %d (expected: at %d, with all that this site recorded in it)"
              .formatted(state.size(), there.size()));
    } catch (LedgerException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  /** Only for a ledger to which nothing has happened. */
  private Request<LedgerCommand> begin() {
    var leaf = new Succession(clock.millis(), lost).toBytes();
    LedgerCommand append =
        new LedgerCommand.Append(
            key.text(), key.siteEpoch(), List.of(Base64.getEncoder().encodeToString(leaf)));
    return Request.of(append, Actor.platform()).expecting(0);
  }

  private CompletionStage<Boolean> checkFirst() {
    return first.of(key.entity()).thenCompose(this::check);
  }

  private CompletionStage<Boolean> check(byte[] leaf) {
    try {
      if (Leaf.parse(leaf, "entry 0") instanceof Succession begun
          && begun.lost().text().equals(lost.text())) {
        return CompletableFuture.completedStage(true);
      }
      throw new LedgerException(
          LedgerDefect.LEDGER_ORIGIN_WRONG,
          "entry 0",
          "not the state of predecessor.cosigned (expected: a ledger that began with it)");
    } catch (LedgerException e) {
      return CompletableFuture.failedStage(e);
    }
  }
}

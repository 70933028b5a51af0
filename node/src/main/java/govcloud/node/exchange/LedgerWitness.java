package govcloud.node.exchange;

import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import govcloud.ledger.note.CheckedCheckpoint;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.VerifierKey;
import govcloud.ledger.witness.Seen;
import govcloud.ledger.witness.Shipment;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.feed.EntityHistory;
import govcloud.node.replication.LedgerIntake;
import govcloud.node.replication.ReplicationThreads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * This cloud as the witness of the sibling's ledgers: keeps a copy of each, refuses what does not
 * continue it, and cosigns what does.
 */
final class LedgerWitness implements LedgerIntake {

  private final ActorSystem<?> system;
  private final Entities entities;
  private final EntityHistory history;
  private final NoteSigner signer;
  private final Supplier<SiblingTrust> trust;
  private final Path folder;
  private final InstantSource clock;
  private final ReplicationThreads thread;
  private final FollowedLogs followed;
  private final Map<String, MirrorShelf> shelves = new ConcurrentHashMap<>();

  /** Why copies could not be opened. */
  private final Map<String, String> notOpened = new ConcurrentHashMap<>();

  /**
   * A witness.
   *
   * @param signer makes cosignatures
   * @param trust the sibling's ledgers; asked each time, since one follows another
   * @param folder of this node's copies
   */
  LedgerWitness(
      ActorSystem<?> system,
      Entities entities,
      EntityHistory history,
      NoteSigner signer,
      Supplier<SiblingTrust> trust,
      Path folder,
      InstantSource clock) {
    this.system = system;
    this.entities = entities;
    this.history = history;
    this.signer = signer;
    this.trust = trust;
    this.folder = folder;
    this.clock = clock;
    this.thread = ReplicationThreads.of(system, "ledger-witness", 1);
    this.followed = new FollowedLogs(entities, new FirstEntry(history, system));
  }

  @Override
  public CompletionStage<byte[]> seen(String log) {
    return thread
        .run(
            true,
            () ->
                shelf(
                    trust
                        .get()
                        .log(log)
                        .orElseThrow(
                            () ->
                                new LedgerException(
                                    LedgerDefect.LEDGER_ORIGIN_WRONG,
                                    "log " + log,
                                    "none of the sibling's (expected: one of sibling-trust)"))))
        .thenCompose(MirrorShelf::seen)
        .thenApply(Seen::toBytes);
  }

  /** A shipment whose state is verified. */
  private record Verified(
      Shipment shipment, CheckedCheckpoint state, VerifierKey log, MirrorShelf shelf) {}

  /** The state with which a log begins that follows another one, and the copy of that one. */
  private record Followed(CheckedCheckpoint state, MirrorShelf shelf) {}

  @Override
  public CompletionStage<byte[]> take(byte[] bytes) {
    return thread
        .run(false, () -> verified(bytes))
        .thenCompose(one -> inOrder(one).thenApply(done -> one))
        .thenCompose(one -> one.shelf().take(one.shipment(), one.state(), this::cosigned))
        .thenApply(line -> line.getBytes(StandardCharsets.UTF_8));
  }

  private Verified verified(byte[] bytes) throws LedgerException, IOException {
    var shipment = Shipment.parse(bytes);
    var policy = trust.get().policy();
    var sent = policy.check(shipment.state().getBytes(StandardCharsets.UTF_8), "state");
    // Nothing of whoever else has signed is kept.
    var own = policy.ownLines(sent).getBytes(StandardCharsets.UTF_8);
    var log = policy.signer(sent);
    return new Verified(shipment, policy.check(own, "state"), log, shelf(log));
  }

  /** Completes when this log has not ended, and follows another one where that ended, if at all. */
  private CompletionStage<Boolean> inOrder(Verified one) {
    var others =
        trust.get().policy().logs().stream()
            .filter(log -> !log.name().equals(one.log().name()))
            .toList();
    return followed
        .requireNotEnded(one.log().name(), one.state().size(), others)
        .thenCompose(done -> thread.run(false, () -> followed(one)))
        .thenCompose(
            lost ->
                lost.isPresent()
                    ? follow(lost.get(), others)
                    : CompletableFuture.completedStage(true));
  }

  private CompletionStage<Boolean> follow(Followed lost, List<VerifierKey> others) {
    return followed
        .requireNotEnded(lost.state().checkpoint().origin(), Long.MAX_VALUE, others)
        .thenCompose(free -> lost.shelf().requireLast(lost.state()));
  }

  private Optional<Followed> followed(Verified one) throws LedgerException, IOException {
    var leaves = one.shipment().leaves();
    if (one.shipment().first() > 0 || leaves.isEmpty()) {
      return Optional.empty();
    }
    var note = FollowedLogs.followed(leaves.get(0));
    if (note.isEmpty()) {
      return Optional.empty();
    }
    var policy = trust.get().policy();
    var state = policy.check(note.get().toBytes(), "entry 0");
    if (state.checkpoint().origin().equals(one.log().name())) {
      throw new LedgerException(
          LedgerDefect.LEDGER_ORIGIN_WRONG, "entry 0", "of itself (expected: of another log)");
    }
    return Optional.of(new Followed(state, shelf(policy.signer(state))));
  }

  /**
   * After short trouble with its files a copy is opened again, as after a restart. For the one
   * thread of this witness; whoever looks for troubles never waits for a disk.
   */
  private MirrorShelf shelf(VerifierKey log) throws LedgerException, IOException {
    var name = SiblingTrust.hash(log.toString());
    var shelf = shelves.get(name);
    if (shelf == null || isOver(shelf)) {
      try {
        shelf = new MirrorShelf(system, entities, history, log, thread, folder.resolve(name));
      } catch (LedgerException | IOException e) {
        notOpened.put(name, String.valueOf(e.getMessage()));
        throw e;
      }
      shelves.put(name, shelf);
      notOpened.remove(name);
    }
    return shelf;
  }

  private static boolean isOver(MirrorShelf shelf) {
    return shelf
        .trouble()
        .filter(one -> one.defect() == LedgerDefect.LEDGER_UNAVAILABLE)
        .isPresent();
  }

  /** What is wrong with the copies on this node; nothing if all take in what comes. */
  List<String> troubles() {
    return Stream.concat(
            notOpened.values().stream(),
            shelves.values().stream()
                .flatMap(shelf -> shelf.trouble().stream())
                .map(LedgerException::getMessage))
        .distinct()
        .toList();
  }

  private String cosigned(CheckedCheckpoint state) {
    return signer.cosign(state.note().text(), clock.instant().getEpochSecond());
  }
}

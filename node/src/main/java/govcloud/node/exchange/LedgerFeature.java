package govcloud.node.exchange;

import govcloud.ledger.LedgerException;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.note.VerifierKey;
import govcloud.node.NodeContext;
import govcloud.node.feed.EntityHistory;
import govcloud.node.http.Failures;
import govcloud.node.http.Routes;
import govcloud.node.metric.NodeMetrics;
import govcloud.node.replication.ReplicationAlarm;
import govcloud.node.replication.ReplicationFeature;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.DispatcherSelector;

/** This cloud's ledger on this node, its witness, and this cloud as the sibling's witness. */
final class LedgerFeature {

  private final NodeContext context;
  private final ExchangeSettings settings;
  private final EntityHistory history;
  private final ReplicationFeature replication;
  private final Optional<LedgerKey> key;
  private final Optional<LedgerShelf> shelf;
  private final Optional<Cosigning> cosigning;
  private final Optional<SiblingTrust> sibling;
  private final Optional<LedgerWitness> witness;
  private final Optional<LedgerSite> site;
  private final Optional<LedgerSuccession> succession;

  /**
   * Opens the files, and begins to follow and to witness.
   *
   * @param replication knows the way to the sibling
   */
  LedgerFeature(
      NodeContext context,
      ExchangeSettings settings,
      EntityHistory history,
      ReplicationFeature replication) {
    this.context = context;
    this.settings = settings;
    this.history = history;
    this.replication = replication;
    this.key = settings.ledgerKey().map(file -> LedgerKey.read(file).at(LedgerSite.epoch(context)));
    this.site = key.map(own -> new LedgerSite(context.entities(), own));
    this.sibling =
        settings
            .witness()
            .siblingTrust()
            .filter(file -> replication.ledgerLink().isPresent())
            .map(SiblingTrust::read);
    sibling.ifPresent(this::requireOthers);
    this.succession =
        settings.predecessor().cosigned().flatMap(file -> key.map(own -> succession(own, file)));
    this.shelf = key.map(this::open);
    this.cosigning = shelf.flatMap(this::cosigning);
    this.witness = witness();
    witness.ifPresent(replication::witness);
    replication.ledgerAlarms(this::alarms);
    cosigning.ifPresent(
        one -> LedgerMetrics.measure(NodeMetrics.get(context.system()).meter(), one::status));
  }

  /** Nobody is the witness of itself. */
  private void requireOthers(SiblingTrust trust) {
    key.map(LedgerKey::text)
        .filter(own -> trust.policy().logs().stream().anyMatch(log -> log.toString().equals(own)))
        .ifPresent(
            own -> {
              throw ExchangeSettings.wrong(
                  "witness.sibling-trust", own, "the sibling's ledgers, not this cloud's");
            });
  }

  private LedgerSuccession succession(LedgerKey own, Path file) {
    return new LedgerSuccession(
        context.entities(),
        new FirstEntry(history, context.system()),
        own,
        LedgerSuccession.lost(file, own, lostTrust(own)),
        LedgerKey.entity(VerifierKey.parse(settings.predecessor().log().orElseThrow())),
        context.clock());
  }

  /**
   * Completes when entries may be recorded: in a ledger of this site, and behind the state of a
   * lost one, if there is one.
   */
  CompletionStage<Boolean> begun() {
    return site.map(LedgerSite::requireOwn)
        .orElseGet(() -> CompletableFuture.completedStage(true))
        .whenComplete(this::stopFor)
        .thenCompose(
            own ->
                succession
                    .map(LedgerSuccession::begun)
                    .orElseGet(() -> CompletableFuture.completedStage(true)));
  }

  private void stopFor(Boolean own, Throwable failure) {
    if (Failures.cause(failure) instanceof LedgerException ledger) {
      shelf.ifPresent(files -> files.stop(ledger));
    }
  }

  private boolean hasWitness() {
    return sibling.flatMap(SiblingTrust::witness).isPresent();
  }

  private LedgerShelf open(LedgerKey known) {
    var system = context.system();
    var opened =
        LedgerShelf.open(
            system,
            context.entities(),
            history,
            known,
            settings.ledgerFolder().orElseThrow(),
            hasWitness());
    system
        .scheduler()
        .scheduleWithFixedDelay(
            settings.checkpointInterval(),
            settings.checkpointInterval(),
            () -> begun().thenCompose(begun -> opened.catchUp()),
            system.executionContext());
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseBeforeActorSystemTerminate(),
            "close-ledger",
            () -> {
              opened.close();
              return CompletableFuture.completedStage(Done.getInstance());
            });
    return opened;
  }

  private Optional<Cosigning> cosigning(LedgerShelf files) {
    var own = key.orElseThrow();
    var third =
        settings
            .witness()
            .third()
            .address()
            .map(
                address ->
                    new ThirdWitness(
                        settings.witness().third(), own.signer().key(), context.clock()));
    if (!hasWitness() && third.isEmpty()) {
      return Optional.empty();
    }
    var made =
        new Cosigning(
            files,
            own,
            context.entities(),
            hasWitness() ? replication.ledgerLink() : Optional.empty(),
            third,
            trust(policy()),
            context.clock());
    made.start(context.system(), settings.checkpointInterval());
    return Optional.of(made);
  }

  private String policy() {
    // the witness that is configured, also while there is no way to it: nobody is to do without
    var configured = settings.witness().siblingTrust().map(SiblingTrust::read);
    return policy(configured, settings.witness().third());
  }

  private String policy(Optional<SiblingTrust> configured, ThirdWitnessSettings third) {
    var lost = settings.predecessor().log();
    return key.map(known -> SiblingTrust.own(known, lost, configured, third)).orElse("");
  }

  private static TrustPolicy trust(String policy) {
    try {
      return TrustPolicy.parse(policy.getBytes(StandardCharsets.UTF_8), "policy");
    } catch (LedgerException e) {
      throw ExchangeSettings.wrong(
          "witness", e.getMessage(), "witnesses with other keys than this ledger and each other");
    }
  }

  /**
   * Who cosigned the lost ledger need not be who cosigns this one: the sibling can lose its site,
   * and a third witness may be asked since yesterday.
   */
  private TrustPolicy lostTrust(LedgerKey own) {
    var lost = settings.predecessor();
    return lost.witness().isPresent()
        ? LedgerSuccession.trust(own, lost.log().orElseThrow(), lost.witness().get())
        : trust(policy(sibling, ThirdWitnessSettings.NONE));
  }

  private Optional<LedgerWitness> witness() {
    return settings
        .witness()
        .key()
        .map(
            file -> {
              var trust = settings.witness().siblingTrust().orElseThrow();
              return new LedgerWitness(
                  context.system(),
                  context.entities(),
                  history,
                  LedgerKey.signer("witness.key", file, VerifierKey.COSIGNATURE),
                  () -> SiblingTrust.read(trust),
                  settings.witness().mirrorFolder().orElseThrow(),
                  context.clock());
            });
  }

  private List<ReplicationAlarm> alarms(Instant now) {
    return new LedgerAlarms(
            shelf.flatMap(LedgerShelf::trouble),
            key.isPresent() && settings.witness().siblingTrust().isPresent() && sibling.isEmpty(),
            cosigning.map(Cosigning::status),
            cosigning.filter(one -> hasWitness()).flatMap(Cosigning::third),
            witness.map(LedgerWitness::troubles).orElse(List.of()))
        .at(now, settings.witness().alarmAfter());
  }

  /** The key, if this cloud has a ledger. */
  Optional<LedgerKey> key() {
    return key;
  }

  /** The files. */
  Optional<LedgerShelf> shelf() {
    return shelf;
  }

  void routes(Routes routes) {
    new LedgerRoutes(
            shelf,
            cosigning,
            policy(),
            key().map(one -> one.callbackKey(context.settings().cloud()).id()),
            settings.witness().alarmAfter(),
            context.clock(),
            context.system().dispatchers().lookup(DispatcherSelector.blocking()))
        .register(routes);
  }
}

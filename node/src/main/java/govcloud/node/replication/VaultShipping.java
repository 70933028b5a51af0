package govcloud.node.replication;

import govcloud.node.NodeContext;
import govcloud.node.vault.VaultKeeper;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.keys.KeyDeeds;
import govcloud.replication.keys.KeyException;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.shipping.RefusedException;
import govcloud.replication.shipping.SiblingLink;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.SingletonActor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the vault: each node destroys the generations of its key that are over; one node of the
 * cloud renews the key, and brings a copy to the sibling after each change. Blocks.
 */
final class VaultShipping {
  private static final Logger LOG = LoggerFactory.getLogger(VaultShipping.class);
  private static final Duration LOOK = Duration.ofSeconds(3);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** So long a sibling that is away, or refuses, is left alone. */
  private static final Duration RETRY = Duration.ofSeconds(10);

  /** A sibling that has lost its disks has a copy again after this. */
  private static final Duration AGAIN = Duration.ofHours(1);

  /** A large vault is copied for no more than this part of the time. */
  private static final int SHARE = 10;

  private final VaultKeeper keeper;
  private final HomeArchive home;
  private final Optional<SiblingLink> link;
  private final Duration term;
  private final VaultLag lag;
  private final Clock clock;
  private OptionalLong copied = OptionalLong.empty();
  private Instant next = Instant.MIN;
  private Instant again = Instant.MIN;

  /**
   * Nothing is sent yet.
   *
   * @param link to the sibling, if it can be told that a copy takes the place of another
   * @param term after which a generation of the vault's key is followed by the next
   * @param lag is told how far the sibling is
   */
  VaultShipping(
      VaultKeeper keeper,
      HomeArchive home,
      Optional<SiblingLink> link,
      Duration term,
      VaultLag lag,
      Clock clock) {
    this.keeper = keeper;
    this.home = home;
    this.link = link;
    this.term = term;
    this.lag = lag;
    this.clock = clock;
  }

  /** Begins to keep the vault, if there is one; ends with the system. */
  static void start(
      NodeContext context,
      HomeArchive home,
      Optional<SiblingLink> link,
      ReplicationSettings settings,
      VaultLag lag) {
    // A medium with files is a history of copies, and nobody would know which of them are gone.
    var direct = link.filter(way -> settings.transport() == Transport.HTTPS);
    context
        .personal()
        .keeper()
        .ifPresent(
            keeper ->
                start(
                    context.system(),
                    new VaultShipping(
                        keeper, home, direct, settings.vaultTerm(), lag, context.clock())));
  }

  private static void start(ActorSystem<?> system, VaultShipping shipping) {
    ReplicationThreads.watch(system, "vault-watch", LOOK, shipping::look);
    var work =
        RepeatedWork.create(
            "vault", shipping::step, ReplicationThreads.of(system, "vault", 1), PAUSE);
    ClusterSingleton.get(system).init(SingletonActor.of(work, "vault-keeper"));
  }

  /** Looks once; whether all could be read. */
  private boolean look() {
    try {
      if (keeper.isAsked()) {
        keeper.answer(clock.instant());
      }
      keeper.look();
      return true;
    } catch (KeyException e) {
      LOG.warn("vault: {}", e.getMessage());
      return false;
    }
  }

  /** Renews the key if it is time, and brings a copy to the sibling if keys have changed. */
  boolean step() throws KeyException, LinkException, RefusedException {
    var renewed = keeper.renew(term, clock.instant());
    if (renewed.isPresent()) {
      new KeyDeeds(home.keys())
          .add(clock.instant(), "vault-renewed", "generation " + renewed.get(), "");
    }
    if (link.isPresent()) {
      bring(link.get(), keeper.change());
    }
    return renewed.isPresent();
  }

  private void bring(SiblingLink sibling, long change) throws LinkException, RefusedException {
    var now = clock.instant();
    var inStep = copied.equals(OptionalLong.of(change));
    if (inStep) {
      lag.inStep(now);
    } else {
      lag.waits(now);
    }
    if (now.isBefore(next) || (inStep && now.isBefore(again))) {
      return;
    }
    next = now.plus(RETRY);
    try {
      send(sibling, now);
    } catch (LinkException | RefusedException e) {
      copied = OptionalLong.empty();
      lag.failed(e.getMessage());
      throw e;
    }
    var end = clock.instant();
    next = end.plus(Duration.between(now, end).multipliedBy(SHARE));
    copied = OptionalLong.of(change);
    again = now.plus(AGAIN);
  }

  private void send(SiblingLink sibling, Instant now) throws LinkException, RefusedException {
    var copy = keeper.copy(home.signing().current(), now);
    var answer = sibling.deliver(ArchiveName.vault(copy.number()), copy.file());
    if (answer.isPresent()) {
      keeper.copied(
          Long.parseLong(answer.get().toString(StandardCharsets.US_ASCII)), clock.instant());
    }
  }
}

package govcloud.replication.simulation;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.MemoryStore;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.TestKeys;
import govcloud.replication.keys.CloudCard;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.SiteCards;
import govcloud.replication.receiving.Receiver;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.shipping.RefusedException;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.ReplicaDefect;
import govcloud.replication.statement.TrustedKeys;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;

/** The sibling: what it has received, which card it trusts, and its receiver. */
final class SitesSibling {
  private final Sites world;
  private final MemoryStore received = new MemoryStore();
  private final TrustedKeys keys;
  private CloudCard card;
  private Life life;
  private Receiver receiver;
  private int receiving;

  SitesSibling(Sites world, CloudCard card) {
    this.world = world;
    this.card = card;
    this.keys = Sites.keys(card);
    start();
  }

  private void start() {
    Life starting = new Life();
    life = starting;
    ReplicaTrust trust =
        new ReplicaTrust(
            TestKeys.HOME.cloud(), TestKeys.SIBLING.cloud(), keys, TestKeys.TRUST.recoveryKeys());
    SteppingStore store =
        new SteppingStore(received, () -> world.step(starting, () -> crash(starting)));
    receiver =
        new Receiver(
            store,
            name -> {
              throw new Violation(name + ": is taken away, and was sound");
            },
            trust,
            () -> TestKeys.SIBLING,
            Clock.fixed(Instant.ofEpochMilli(1_700_000_000_000L), ZoneOffset.UTC));
  }

  private void crash(Life who) {
    if (life == who && !who.isOver()) {
      who.end();
      world.time.after(world.between(5, 60), this::start);
    }
  }

  /** What it has received, as its disk holds it now. */
  MemoryStore received() {
    return received;
  }

  /** The card that it trusts, which it tells whoever asks. */
  CloudCard card() {
    return card;
  }

  /** Takes nothing in until a card of a later site is trusted. */
  void hold() {
    keys.hold(Set.of(TestKeys.HOME.cloud()));
  }

  /** Takes in again: the site is not given up after all. */
  void release() {
    keys.hold(Set.of());
  }

  /** Trusts the card of a later site. */
  void trust(CloudCard next) {
    try {
      SiteCards.requireSuccessor(card, next);
    } catch (KeyException e) {
      throw new Violation("the new site's card is refused: " + e.getMessage());
    }
    card = next;
    keys.replace(Sites.keys(next).all());
    keys.hold(Set.of());
  }

  /** Whether something is under way. */
  boolean isReceiving() {
    return receiving > 0;
  }

  ByteString receive(ArchiveName name, ByteString file) throws LinkException, RefusedException {
    Life running = life;
    receiving++;
    try {
      running.require();
      ByteString receipt = receiver.segment(name, file.toByteArray());
      running.require();
      world.checker.receipted(name, file);
      return receipt;
    } catch (Crashed crashed) {
      if (crashed.life() != running) {
        throw crashed;
      }
      throw new LinkException("the sibling crashed", null);
    } catch (DamagedReplicaException e) {
      ReplicaDefect defect = e.finding().defect();
      world.trace(() -> "the sibling refuses " + e.getMessage());
      if (defect == ReplicaDefect.REPLICA_ORIGIN_HELD) {
        world.tally.refusedHeld++;
        throw new LinkException(e.getMessage(), e);
      }
      world.tally.refusedFenced += defect == ReplicaDefect.REPLICA_SITE_FENCED ? 1 : 0;
      throw new RefusedException(defect.name(), e.getMessage());
    } catch (ArchiveStoreException e) {
      throw new LinkException("the sibling's archive", e);
    } finally {
      receiving--;
    }
  }
}

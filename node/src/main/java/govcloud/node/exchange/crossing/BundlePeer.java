package govcloud.node.exchange.crossing;

import govcloud.replication.link.DropFolder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A cloud that is reached through gateways, and what is needed to exchange bundles with it.
 *
 * @param own this cloud and those it knows
 * @param cloud the other one
 * @param inspection whom to believe; bundles may be on their way for long
 * @param key to which the other one seals
 * @param outbox from which the gateway there takes
 * @param inbox into which the gateway from there puts
 * @param patience after which what was not taken in is taken for lost
 * @param nonces random digits
 */
record BundlePeer(
    KnownClouds own,
    KnownCloud cloud,
    Inspection inspection,
    BundleKey key,
    BundleStore store,
    DropFolder outbox,
    DropFolder inbox,
    Duration patience,
    Supplier<String> nonces,
    InstantSource clock) {

  String name() {
    return cloud.name();
  }

  /** What the other cloud said of itself last. */
  Optional<Standing> standing() {
    return store.standing(name()).map(BundlePeer::read);
  }

  private static Standing read(SignedMessage kept) {
    try {
      return Standing.of(kept);
    } catch (CrossingException e) {
      throw new IllegalStateException("standing: kept as it does not read", e);
    }
  }

  /** The stream from there. */
  String streamFrom(Standing standing) {
    return Bundle.stream(standing.key(), key.text());
  }

  /** The stream there. */
  String streamTo(Standing standing) {
    return Bundle.stream(key.text(), standing.key());
  }
}

package govcloud.node.replication;

import govcloud.node.replication.site.SiteWatch;
import govcloud.node.tls.NodeTls;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.keys.CloudCard;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeySuccession;
import govcloud.replication.keys.ReaderGrants;
import govcloud.replication.link.HttpSiblingLink;
import govcloud.replication.link.PinnedTls;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.statement.TrustedKeys;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * The cloud in the other city: what this cloud believes of it.
 *
 * @param name of the cloud
 * @param outgoing what counts in files that this cloud sends, and in the answers
 * @param incoming what counts in files that the sibling sends
 * @param succession how both come to know each other's new keys
 * @param certificate of its present site
 * @param tls for both directions of the link
 * @param readers who may read what it sends, in a recovery
 */
public record SiblingCloud(
    String name,
    ReplicaTrust outgoing,
    ReplicaTrust incoming,
    KeySuccession succession,
    X509Certificate certificate,
    SSLContext tls,
    Readers readers) {

  /** A node that starts waits no longer for an answer: the sibling may be away. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /**
   * Reads the sibling's card.
   *
   * @param system reports whoever is not let in by it
   * @throws IllegalArgumentException when there is none, beginning with the setting's name
   */
  public static SiblingCloud open(
      ActorSystem<?> system, ReplicationSettings settings, HomeArchive home) {
    try {
      CloudCard card = home.keys().sibling(settings.sibling());
      String own = home.recovery().cloud();
      KeySuccession succession = new KeySuccession(home.keys(), card.cloud());
      TrustedKeys keys = new TrustedKeys(succession.trusted());
      keys.hold(succession.held());
      Readers readers = new Readers(new ReaderGrants(home.keys()), card.cloud());
      readers.look();
      List<X509Certificate> givenUp = givenUp(home, card);
      return new SiblingCloud(
          card.cloud(),
          new ReplicaTrust(own, card.cloud(), keys, Set.of(home.recovery().key().id())),
          new ReplicaTrust(card.cloud(), own, keys, Set.of(card.recoveryKey())),
          succession,
          card.certificate(),
          PinnedTls.context(
              home.keys().link(),
              card.certificate(),
              () -> Stream.concat(givenUp.stream(), readers.certificates().stream()).toList(),
              NodeTls.of(system).reporting(NodeTls.SIBLING)),
          readers);
    } catch (KeyException e) {
      throw HomeArchive.wrong(
          "sibling", settings.sibling() + ": " + e.getMessage(), "its card, by keys trust", e);
    }
  }

  private static List<X509Certificate> givenUp(HomeArchive home, CloudCard card)
      throws KeyException {
    return home.keys().givenUpSites(card.cloud()).stream().map(CloudCard::certificate).toList();
  }

  /**
   * Begins to watch whether this site was given up. When this returns the sibling has been asked
   * once, and has answered if it was there.
   *
   * @throws IllegalArgumentException as {@link #open}
   */
  public static void watchSite(
      ActorSystem<?> system, ReplicationSettings settings, HomeArchive home) {
    boolean asks = settings.ships() && settings.transport() == Transport.HTTPS;
    Optional<SiteWatch.Asking> asking =
        asks ? Optional.of(open(system, settings, home).asking(settings, home)) : Optional.empty();
    SiteWatch watch = new SiteWatch(home.site(), asking);
    int node = 0;
    while (!watch.look() && ++node < settings.siblingAddresses().size()) {
      system.log().info("replication: {} does not answer at its node {}", settings.sibling(), node);
    }
    watch.start(system);
  }

  private SiteWatch.Asking asking(ReplicationSettings settings, HomeArchive home) {
    Duration patience =
        settings.requestTimeout().compareTo(PATIENCE) < 0 ? settings.requestTimeout() : PATIENCE;
    HttpSiblingLink link = link(settings, home, patience);
    return new SiteWatch.Asking() {
      @Override
      public CloudCard card() throws LinkException {
        return link.card();
      }

      @Override
      public Optional<String> address() throws LinkException {
        return link.address();
      }
    };
  }

  /**
   * A line to it.
   *
   * @param timeout for one file
   */
  HttpSiblingLink link(ReplicationSettings settings, HomeArchive home, Duration timeout) {
    return new HttpSiblingLink(tls, settings.siblingAddresses(), home.recovery().cloud(), timeout);
  }
}

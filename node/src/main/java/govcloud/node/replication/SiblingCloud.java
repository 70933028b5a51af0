package govcloud.node.replication;

import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.keys.CloudCard;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeySuccession;
import govcloud.replication.link.PinnedTls;
import govcloud.replication.statement.TrustedKeys;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * The cloud in the other city: what this cloud believes of it.
 *
 * @param name of the cloud
 * @param outgoing what counts in files that this cloud sends, and in the answers
 * @param incoming what counts in files that the sibling sends
 * @param succession how both come to know each other's new keys
 * @param tls for both directions of the link
 */
public record SiblingCloud(
    String name,
    ReplicaTrust outgoing,
    ReplicaTrust incoming,
    KeySuccession succession,
    SSLContext tls) {

  /**
   * Reads the sibling's card.
   *
   * @throws IllegalArgumentException when there is none, beginning with the setting's name
   */
  public static SiblingCloud open(ReplicationSettings settings, HomeArchive home) {
    try {
      CloudCard card = home.keys().sibling(settings.sibling());
      String own = home.recovery().cloud();
      KeySuccession succession = new KeySuccession(home.keys(), card.cloud());
      TrustedKeys keys = new TrustedKeys(succession.trusted());
      return new SiblingCloud(
          card.cloud(),
          new ReplicaTrust(own, card.cloud(), keys, Set.of(home.recovery().key().id())),
          new ReplicaTrust(card.cloud(), own, keys, Set.of(card.recoveryKey())),
          succession,
          PinnedTls.context(home.keys().link(), card.certificate()));
    } catch (KeyException e) {
      throw HomeArchive.wrong(
          "sibling", settings.sibling() + ": " + e.getMessage(), "its card, by keys trust", e);
    }
  }
}

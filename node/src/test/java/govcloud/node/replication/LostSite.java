package govcloud.node.replication;

import govcloud.replication.keys.CloudCard;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.RecoverySecrets;
import govcloud.replication.statement.SiteEnd;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.TreeMap;

/** The keys of a site, and the card of its cloud after it was given up. */
final class LostSite {
  private final SecureRandom random = new SecureRandom();
  private final Path folder;
  private final List<Path> shares;

  /** The site's own keys. */
  final KeyFolder keys;

  LostSite(Path folder) throws KeyException {
    this.folder = folder;
    this.keys = new KeyFolder(folder.resolve("old-keys"));
    this.shares = KeyCeremony.init(keys, "harbour", folder.resolve("shares"), 2, 3, random);
  }

  /** Gives the site up: the card that proves it. */
  CloudCard giveUp() throws KeyException {
    KeyFolder fresh = new KeyFolder(folder.resolve("new-keys"));
    try (RecoverySecrets secrets = RecoverySecrets.join(keys.recovery(), shares)) {
      fresh.recover(
          keys.card(), secrets, keys.grants(), new SiteEnd(new TreeMap<>(), 0, 0), random);
    }
    return CloudCard.parse(fresh.card().toFile());
  }
}

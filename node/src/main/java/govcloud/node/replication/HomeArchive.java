package govcloud.node.replication;

import govcloud.node.replication.site.SiteFence;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.blob.BlobStore;
import govcloud.replication.keys.CardFolder;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.KeySuccession;
import govcloud.replication.keys.PublicRecovery;
import govcloud.replication.statement.TrustedKeys;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * This cloud's own archive, with the keys that seal and sign what goes into it.
 *
 * @param folder where it is; if it is in a bucket, only what is under way
 * @param place the archive, shared by all nodes of the cloud
 * @param keys of the cloud; each user opens the epoch's keys anew, they are not for several threads
 * @param signing the key that signs now; followed by another after a rotation
 * @param sealing the epoch that seals now; likewise
 * @param recovery what everybody may know of the recovery key
 * @param site whether this site was given up
 */
public record HomeArchive(
    Path folder,
    ArchivePlace place,
    KeyFolder keys,
    CurrentKey signing,
    CurrentEpoch sealing,
    PublicRecovery recovery,
    SiteFence site) {

  /**
   * Opens the archive, if the settings name one.
   *
   * @param cloud this cloud, whose the keys must be
   * @throws IllegalArgumentException when keys or archive cannot be used, beginning with the
   *     setting's name
   */
  public static Optional<HomeArchive> open(ReplicationSettings settings, String cloud) {
    if (settings.keysFolder().isEmpty() || settings.archiveFolder().isEmpty()) {
      return Optional.empty();
    }
    KeyFolder keys = new KeyFolder(settings.keysFolder().get());
    Path folder = settings.archiveFolder().get();
    try {
      PublicRecovery recovery = keys.recovery();
      if (!recovery.cloud().equals(cloud)) {
        throw wrong("keys-folder", "keys of " + recovery.cloud(), "those of " + cloud, null);
      }
      ArchivePlace place = ArchivePlace.open("archive", folder, settings.archiveBucket());
      return Optional.of(
          new HomeArchive(
              folder,
              place,
              keys,
              new CurrentKey(keys.signing(signing(settings, keys, place.store()))),
              CurrentEpoch.of(keys),
              recovery,
              new SiteFence(keys)));
    } catch (KeyException e) {
      throw wrong("keys-folder", e.getMessage(), "keys made by keys init", e);
    }
  }

  /** How the sibling is told of this cloud's signing keys; empty: it is not. */
  static Optional<KeySuccession> told(ReplicationSettings settings, KeyFolder keys) {
    return settings.ships()
        ? Optional.of(new KeySuccession(keys, settings.sibling()))
        : Optional.empty();
  }

  /** The number of the key that signs until the log was asked, which no node can before it runs. */
  private static int signing(ReplicationSettings settings, KeyFolder keys, ArchiveStore store)
      throws KeyException {
    if (!settings.hasSibling()) {
      return keys.newestSigning();
    }
    int usable = new KeySuccession(keys, settings.sibling()).usableNumber();
    return settings.ships() ? ApprovedKeys.newestKnown(keys, store, usable) : usable;
  }

  /** Replica files. */
  public ArchiveStore store() {
    return place.store();
  }

  /**
   * Whose signatures count in it where there is no sibling.
   *
   * @throws IllegalArgumentException when the keys cannot be read, beginning with the setting's
   *     name
   */
  ReplicaTrust ownTrust() {
    try {
      return new ReplicaTrust(
          recovery.cloud(), "", new TrustedKeys(keys.signingKeys()), Set.of(recovery.key().id()));
    } catch (KeyException e) {
      throw wrong("keys-folder", e.getMessage(), "keys made by keys init", e);
    }
  }

  /** Attachments. */
  public BlobStore blobs() {
    return place.blobs();
  }

  /**
   * Keeps the cards of both clouds beside what the sibling sent, which can be recovered with it.
   *
   * @throws IllegalArgumentException when they cannot be written, beginning with the setting's name
   */
  void keepCards(String sibling, Path cards) {
    try {
      CardFolder.keep(cards, keys.card());
      CardFolder.keep(cards, keys.sibling(sibling));
    } catch (KeyException e) {
      throw wrong("received-folder", e.getMessage(), "a folder that can be written", e);
    }
  }

  static IllegalArgumentException wrong(
      String key, String found, String expected, Exception cause) {
    return new IllegalArgumentException(
        "govcloud.replication." + key + ": " + found + " (expected: " + expected + ")", cause);
  }
}

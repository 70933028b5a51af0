package govcloud.recovery.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.command.Json;
import govcloud.cli.output.Column;
import govcloud.cli.output.ProgressBar;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.failover.ArchiveCopy;
import govcloud.recovery.failover.NewKeys;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.replica.Replica;
import govcloud.recovery.restore.VaultRestore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.keys.CardFolder;
import govcloud.replication.keys.CloudCard;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.RecoverySecrets;
import govcloud.replication.keys.VaultKeys;
import govcloud.replication.store.FileSystemArchiveStore;
import govcloud.replication.store.FileSystemBlobStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the keys and the archive of the site are made that counts from now on. */
final class NewSiteOptions {
  static final List<Column> COLUMNS =
      List.of(
          Column.of("cloud", "cloud"),
          Column.of("site epoch", "site_epoch"),
          Column.of("keys", "keys"),
          Column.of("archive files", "archive_files"),
          Column.of("of them brought", "brought_files"),
          Column.of("bytes brought", "brought_bytes"),
          Column.of("card", "card"),
          Column.of("fingerprint", "fingerprint"));

  @Option(
      names = "--keys",
      paramLabel = "FOLDER",
      required = true,
      description = "Where the rebuilt cloud's keys are made; without keys so far.")
  private Path keys;

  @Option(
      names = "--home-archive",
      paramLabel = "FOLDER",
      required = true,
      description = {
        "The rebuilt cloud's archive; gets what it had signed. Of an older part that is there",
        "already nothing is brought again."
      })
  private Path homeArchive;

  @Option(
      names = "--card",
      paramLabel = "FOLDER",
      required = true,
      description = "A folder for the rebuilt cloud's new card, to be handed to its sibling.")
  private Path card;

  /** Brings the archive, makes the keys and the card; what was made. */
  ObjectNode make(
      RecoveryTask task,
      ArchiveOptions.Opened opened,
      Replica replica,
      RecoverySecrets secrets,
      RecoveryPoint point)
      throws RecoveryException, ArchiveStoreException, KeyException {
    ArchiveCopy copy =
        new ArchiveCopy(
            replica.store(),
            opened.blobs(),
            FileSystemArchiveStore.open(homeArchive),
            FileSystemBlobStore.open(homeArchive));
    try (ProgressBar bar = new ProgressBar(task.terminal(), task.clock(), "Archive", "files")) {
      copy.run(point, (files, all) -> bar.update((double) files / Math.max(1, all), files, ""));
    }
    CloudCard made =
        NewKeys.make(
            replica,
            secrets,
            point,
            opened.cards().lost(),
            List.of(opened.cards().sibling()),
            keys,
            new SecureRandom());
    bringVaultKey(replica);
    CardFolder.keep(card, made);
    ObjectNode result = Json.mapper().createObjectNode();
    result.put("cloud", made.cloud());
    result.put("site_epoch", made.siteEpoch());
    result.put("keys", keys.toString());
    result.put("archive_files", copy.files());
    result.put("brought_files", copy.broughtFiles()).put("brought_bytes", copy.broughtBytes());
    result.put("card", card.resolve(made.cloud() + ".card").toString());
    result.put("fingerprint", made.fingerprint());
    return result;
  }

  /** The keys that are made. */
  KeyFolder keys() {
    return new KeyFolder(keys);
  }

  private void bringVaultKey(Replica replica) throws RecoveryException, KeyException {
    Optional<VaultKeys> vault = VaultRestore.key(replica);
    if (vault.isPresent()) {
      try (VaultKeys key = vault.get()) {
        key.write(keys());
      }
    }
  }
}

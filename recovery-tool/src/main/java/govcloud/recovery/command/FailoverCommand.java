package govcloud.recovery.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Json;
import govcloud.cli.output.Column;
import govcloud.cli.output.ProgressBar;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.failover.ArchiveCopy;
import govcloud.recovery.failover.NewKeys;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.replica.Replica;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.keys.CardFolder;
import govcloud.replication.keys.CloudCard;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.RecoverySecrets;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.store.FileSystemArchiveStore;
import govcloud.replication.store.FileSystemBlobStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Gives the rebuilt cloud its keys and its archive, and gives the old site up. */
@Command(
    name = "failover",
    description = {
      "Give a rebuilt cloud what it needs beside its data: new keys, and its archive.",
      "Its new signing key is vouched for by the recovery key, so as many officers approve as give",
      "their shares. From the moment its sibling trusts the new card, nothing that the old site",
      "signs is taken in any more."
    },
    footer = {
      "recover failover --archive /srv/received --shares /media/shares \\",
      "    --keys /etc/govcloud/keys --home-archive /srv/archive --card harbour.card",
      "govcloud keys trust harbour.card     (at the sibling)"
    })
final class FailoverCommand extends RecoveryTask {
  @Mixin private ArchiveOptions archive;
  @Mixin private ShareOptions shares;

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
      description = "The rebuilt cloud's archive; gets what it had signed.")
  private Path homeArchive;

  @Option(
      names = "--card",
      paramLabel = "FOLDER",
      required = true,
      description = "A folder for the rebuilt cloud's new card, to be handed to its sibling.")
  private Path card;

  @Override
  ExitCode run()
      throws RecoveryException, ArchiveStoreException, DamagedReplicaException, KeyException {
    ArchiveOptions.Opened opened = archive.open(terminal());
    try (RecoverySecrets secrets = shares.join(opened)) {
      Replica replica = ArchiveOptions.replica(opened, secrets);
      RecoveryPoint point = replica.point(OptionalLong.empty());
      ArchiveCopy copy =
          new ArchiveCopy(
              replica,
              opened.blobs(),
              FileSystemArchiveStore.open(homeArchive),
              FileSystemBlobStore.open(homeArchive));
      copy(copy, point);
      CloudCard made =
          NewKeys.make(
              replica,
              secrets,
              point,
              opened.cards().lost(),
              List.of(opened.cards().sibling()),
              keys,
              new SecureRandom());
      CardFolder.keep(card, made);
      tell(made, copy);
      return ExitCode.OK;
    }
  }

  private void tell(CloudCard made, ArchiveCopy copy) throws KeyException {
    ObjectNode result = Json.mapper().createObjectNode();
    result.put("cloud", made.cloud());
    result.put("site_epoch", siteEpoch(made));
    result.put("keys", keys.toString());
    result.put("archive_files", copy.files());
    result.put("card", card.resolve(made.cloud() + ".card").toString());
    result.put("fingerprint", made.fingerprint());
    output()
        .one(
            result,
            List.of(
                Column.of("cloud", "cloud"),
                Column.of("site epoch", "site_epoch"),
                Column.of("keys", "keys"),
                Column.of("archive files", "archive_files"),
                Column.of("card", "card"),
                Column.of("fingerprint", "fingerprint")));
  }

  private static int siteEpoch(CloudCard made) throws KeyException {
    return made.signingKeys().get(made.signingKeys().size() - 1).siteEpoch();
  }

  private void copy(ArchiveCopy copy, RecoveryPoint point)
      throws RecoveryException, ArchiveStoreException {
    try (ProgressBar bar = new ProgressBar(terminal(), clock(), "Archive", "files")) {
      copy.run(point, (files, all) -> bar.update((double) files / Math.max(1, all), files, ""));
    }
  }
}

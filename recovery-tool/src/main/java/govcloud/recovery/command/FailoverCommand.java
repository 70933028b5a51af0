package govcloud.recovery.command;

import govcloud.cli.ExitCode;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.replica.Replica;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.RecoverySecrets;
import govcloud.replication.statement.DamagedReplicaException;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

  @Mixin private NewSiteOptions site;

  @Override
  ExitCode run()
      throws RecoveryException, ArchiveStoreException, DamagedReplicaException, KeyException {
    ArchiveOptions.Opened opened = archive.open(terminal());
    try (RecoverySecrets secrets = shares.join(opened)) {
      Replica replica = ArchiveOptions.replica(opened, secrets);
      RecoveryPoint point = replica.point(OptionalLong.empty());
      output().one(site.make(this, opened, replica, secrets, point), NewSiteOptions.COLUMNS);
      return ExitCode.OK;
    }
  }
}

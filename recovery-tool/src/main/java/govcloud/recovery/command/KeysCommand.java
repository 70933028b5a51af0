package govcloud.recovery.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Json;
import govcloud.cli.output.Column;
import govcloud.protobuf.replica.v1.KeyGrant;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.failover.EpochGrants;
import govcloud.recovery.replica.Replica;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.keys.EpochKeys;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.RecoverySecrets;
import govcloud.replication.keys.ShareCheck;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.ReplicaHash;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Do these shares open this replica? */
@Command(
    name = "keys",
    description = {
      "Join shares and tell which epochs of the replica they open.",
      "Nothing secret is shown or written; the key lives in this process's memory only."
    },
    footer = {
      "recover keys --archive /srv/received --shares /media/shares",
      "recover keys --archive /srv/received --share a.txt b.txt c.txt -o json"
    })
final class KeysCommand extends RecoveryTask {
  @Mixin private ArchiveOptions archive;
  @Mixin private ShareOptions shares;

  @Override
  ExitCode run()
      throws RecoveryException, ArchiveStoreException, DamagedReplicaException, KeyException {
    ArchiveOptions.Opened opened = archive.open(terminal());
    List<Path> files = shares.required();
    ShareCheck check = KeyCeremony.check(opened.cards().lost().recovery(), files);
    ObjectNode result = Json.mapper().createObjectNode();
    result.put("cloud", opened.cards().lost().cloud());
    result.put("needed", check.needed());
    result.put("good", check.good());
    ArrayNode items = result.putArray("shares");
    for (ShareCheck.File file : check.files()) {
      String state = file.defect() == null ? "good" : file.defect().name();
      items
          .addObject()
          .put("file", String.valueOf(file.path().getFileName()))
          .put("share", file.share())
          .put("state", state)
          .put("detail", file.detail());
      terminal().say(file.path().getFileName() + ": " + state + ": " + file.detail());
    }
    try (RecoverySecrets secrets = RecoverySecrets.join(opened.cards().lost().recovery(), files)) {
      Replica replica = ArchiveOptions.replica(opened, secrets);
      openEpochs(replica, result.putArray("epochs"));
    }
    result.put("epochs_opened", result.get("epochs").size());
    output()
        .one(
            result,
            List.of(
                Column.of("cloud", "cloud"),
                Column.of("good shares", "good"),
                Column.of("needed", "needed"),
                Column.of("epochs opened", "epochs_opened")));
    terminal().say("These shares open everything that " + replicaOf(opened) + " sent.");
    return ExitCode.OK;
  }

  private static String replicaOf(ArchiveOptions.Opened opened) {
    return opened.cards().lost().cloud();
  }

  private static void openEpochs(Replica replica, ArrayNode epochs)
      throws RecoveryException, ArchiveStoreException, DamagedReplicaException, KeyException {
    for (KeyGrant grant : EpochGrants.of(replica, replica.point(OptionalLong.empty()))) {
      try (EpochKeys keys = replica.secrets().open(grant)) {
        epochs
            .addObject()
            .put("epoch", keys.grant().getEpoch())
            .put("key", ReplicaHash.hex(keys.grant().getEpochKey()));
      }
    }
  }
}

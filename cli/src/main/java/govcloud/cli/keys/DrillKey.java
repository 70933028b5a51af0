package govcloud.cli.keys;

import govcloud.cli.ExitCode;
import govcloud.cli.command.Confirmation;
import govcloud.cli.command.Json;
import govcloud.cli.output.Column;
import govcloud.replication.keys.DrillCard;
import govcloud.replication.keys.DrillGrants;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.statement.ReplicaHash;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes the drill key. */
@Command(
    name = "drill",
    description = {
      "Make the drill key: it opens what this cloud sent, for rehearsals, so that the shares of the",
      "recovery key stay closed. It can vouch for nothing. Every epoch so far is granted to it, and",
      "every later one as it begins; the grants lie beside the keys and are no part of the replica.",
      "The file belongs to whoever runs drills of this cloud, and never to its sibling."
    },
    footer = {
      "govcloud keys drill /etc/govcloud/drill.key",
      "govcloud keys drill /etc/govcloud/drill-2.key --replace --yes"
    })
final class DrillKey extends KeyTask {
  @Parameters(paramLabel = "FILE", description = "For the private half; not there yet.")
  private Path file;

  @Option(names = "--replace", description = "Take everything away from the drill key before.")
  private boolean replace;

  @Mixin private Confirmation confirmation;

  @Override
  ExitCode run(KeyFolder keys) throws KeyException {
    DrillGrants grants = new DrillGrants(keys);
    if (replace && grants.exists()) {
      confirmation.ask(terminal(), "The drill key before opens nothing any more. Go on?");
      grants.revoke();
    }
    SecureRandom random = new SecureRandom();
    DrillCard card = grants.create(file, random);
    output()
        .one(
            Json.mapper()
                .createObjectNode()
                .put("cloud", card.cloud())
                .put("drill_key", ReplicaHash.hex(card.key().id()))
                .put("file", file.toString())
                .put("grants", grants.folder().toString()),
            List.of(
                Column.of("cloud", "cloud"),
                Column.of("drill key", "drill_key"),
                Column.of("private half", "file"),
                Column.of("grants", "grants")));
    return ExitCode.OK;
  }
}

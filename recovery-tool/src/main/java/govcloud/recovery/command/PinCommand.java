package govcloud.recovery.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Json;
import govcloud.cli.output.Column;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.restore.Target;
import govcloud.recovery.restore.TargetTenants;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Who is needed first? */
@Command(
    name = "pin",
    description = {
      "Move a department forward: it is proved as soon as the one under way is done.",
      "While `recover restore --prove` or `recover prove` runs, on any machine that reaches its",
      "Cassandra; or before. The last one that was moved is the first."
    },
    footer = {"recover pin housing --cassandra 10.0.0.1:9042 --keyspace govcloud_g2"})
final class PinCommand extends RecoveryTask {
  @Parameters(paramLabel = "TENANT", description = "The department, as `recover plan` names it.")
  private String tenant;

  @Mixin private TargetOptions target;

  @Override
  ExitCode run() throws RecoveryException {
    try (Target keyspace = Target.find(target.settings(), "")) {
      if (keyspace.state().isEmpty()) {
        throw new RecoveryException(
            RecoveryException.Code.RECOVERY_TARGET_OTHER,
            "keyspace %s: no recovery (expected: of `recover restore`)"
                .formatted(keyspace.keyspace()));
      }
      TargetTenants.Pinned pinned = new TargetTenants(keyspace, proof -> {}).pin(tenant);
      ObjectNode result = Json.mapper().createObjectNode();
      result.put("tenant", tenant);
      result.put("state", pinned.state().name().toLowerCase(Locale.ROOT));
      result.put("place", pinned.place()).put("waiting", pinned.waiting());
      output()
          .one(
              result,
              List.of(
                  Column.of("tenant", "tenant"),
                  Column.of("state", "state"),
                  Column.of("place", "place"),
                  Column.of("waiting", "waiting")));
      return ExitCode.OK;
    }
  }
}

package govcloud.recovery.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Json;
import govcloud.cli.output.Column;
import govcloud.cli.output.Format;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.plan.DepartmentDiff;
import govcloud.recovery.plan.DiffScan;
import govcloud.recovery.plan.EntityChange;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.replica.Replica;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.ReplicaSecrets;
import govcloud.replication.statement.DamagedReplicaException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What happened since then? */
@Command(
    name = "diff",
    description = {
      "Tell what happened in one department after a moment, entity by entity and in words.",
      "From that moment to the last record that the sibling has: what a copy as of that moment does",
      "not have. Opens nothing of other departments, and writes nothing."
    },
    footer = {
      "recover diff housing --archive /srv/received --shares /media/shares \\",
      "    --as-of 2026-11-28T06:31:00Z",
      "recover diff housing --archive /srv/received --shares /media/shares --cut 12 -o json"
    })
final class DiffCommand extends RecoveryTask {
  private static final List<Column> COLUMNS =
      List.of(
          Column.of("FIRST", "first_at"),
          Column.of("LAST", "last_at"),
          Column.of("ENTITY", "entity"),
          Column.of("NEW", "new"),
          Column.of("PEOPLE", "people"),
          Column.local("WHAT HAPPENED", "in_words"));

  @Parameters(paramLabel = "TENANT", description = "The department.")
  private String tenant;

  @Mixin private ArchiveOptions archive;
  @Mixin private DrillKeyOptions keys;
  @Mixin private PointOption point;

  @Override
  ExitCode run()
      throws RecoveryException, ArchiveStoreException, DamagedReplicaException, KeyException {
    ArchiveOptions.Opened opened = archive.open(terminal());
    try (ReplicaSecrets secrets = keys.open(opened)) {
      Replica replica = ArchiveOptions.replica(opened, secrets);
      RecoveryPoint then = point.past(replica, tenant);
      RecoveryPoint now = replica.point(OptionalLong.empty());
      show(then, new DiffScan(replica, then, now).run());
      return ExitCode.OK;
    }
  }

  private void show(RecoveryPoint then, DepartmentDiff diff) {
    ObjectNode result = Json.mapper().createObjectNode();
    result.put("tenant", tenant).put("point", then.name());
    result.put("entities", diff.changes().size()).put("new_entities", diff.newEntities());
    result.put("records", diff.records());
    result.putObject("in_words").put("zh", diff.words().zh()).put("en", diff.words().en());
    diff.lastRecordAt().ifPresent(at -> result.put("last_record_at", at.toString()));
    ArrayNode changes = result.putArray("changes");
    diff.changes().forEach(change -> changes.add(item(change)));
    if (output().format() != Format.table) {
      output().one(result, List.of());
      return;
    }
    List<JsonNode> items = new ArrayList<>();
    changes.forEach(items::add);
    output().list(items, COLUMNS);
    String until =
        diff.lastRecordAt().map(at -> "until " + at).orElse("the sibling has nothing later");
    terminal()
        .say(
            "Since %s, %s: %,d records in %,d entities, %,d of them new: %s."
                .formatted(
                    then.name(),
                    until,
                    diff.records(),
                    diff.changes().size(),
                    diff.newEntities(),
                    diff.words().in(terminal().language())));
  }

  private static ObjectNode item(EntityChange change) {
    ObjectNode item = Json.mapper().createObjectNode();
    item.put("entity", change.entity()).put("new", change.isNew());
    item.put("records", change.records());
    item.put("first_at", change.first().toString()).put("last_at", change.last().toString());
    change.people().forEach(item.putArray("people")::add);
    change.events().forEach(item.putObject("events")::put);
    item.putObject("in_words").put("zh", change.words().zh()).put("en", change.words().en());
    return item;
  }
}

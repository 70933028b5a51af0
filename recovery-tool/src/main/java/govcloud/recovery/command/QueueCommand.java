package govcloud.recovery.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Json;
import govcloud.cli.output.Column;
import govcloud.cli.output.Format;
import govcloud.journal.schema.RecoveryQueue;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.restore.Target;
import govcloud.recovery.restore.TargetTenants;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Who is open, and who comes next? */
@Command(
    name = "queue",
    description = {
      "Show which departments are proved, and which come next, while `recover prove` runs.",
      "On any machine that reaches its Cassandra. Once the state is opening or proved, nodes start."
    },
    footer = {"recover queue --cassandra 10.0.0.1:9042 --keyspace govcloud_g2"})
final class QueueCommand extends RecoveryTask {
  private static final List<Column> COLUMNS =
      List.of(
          Column.of("TENANT", "tenant"),
          Column.of("STATE", "state"),
          Column.of("PLACE", "place"),
          Column.of("SECONDS LEFT", "expected_seconds"),
          Column.of("RECORDS", "records"));

  @Mixin private TargetOptions target;

  @Override
  ExitCode run() throws RecoveryException {
    try (Target keyspace = Target.find(target.settings(), "")) {
      ObjectNode result = Json.mapper().createObjectNode();
      String state = keyspace.state().map(QueueCommand::word).orElse("none");
      result.put("keyspace", keyspace.keyspace()).put("state", state);
      List<JsonNode> tenants = tenants(new TargetTenants(keyspace, proof -> {}).queue());
      result.putArray("tenants").addAll(tenants);
      if (output().format() == Format.table) {
        output().list(tenants, COLUMNS);
        terminal().say("Keyspace " + keyspace.keyspace() + ": " + state + ".");
      } else {
        output().one(result, List.of());
      }
      return ExitCode.OK;
    }
  }

  private List<JsonNode> tenants(RecoveryQueue queue) {
    List<RecoveryQueue.Entry> all = new ArrayList<>(queue.all());
    all.removeAll(queue.waiting());
    all.addAll(queue.waiting());
    List<JsonNode> shown = new ArrayList<>();
    for (RecoveryQueue.Entry entry : all) {
      ObjectNode one = Json.mapper().createObjectNode();
      one.put("tenant", entry.tenant()).put("state", word(entry.state()));
      one.put("records", entry.records());
      String name = entry.tenant().equals(RecoveryQueue.CLOUD) ? "" : entry.tenant();
      if (queue.place(name) > 0) {
        one.put("place", queue.place(name));
        queue
            .left(name, clock().instant())
            .ifPresent(left -> one.put("expected_seconds", left.toSeconds()));
      }
      shown.add(one);
    }
    return shown;
  }

  private static String word(Enum<?> state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}

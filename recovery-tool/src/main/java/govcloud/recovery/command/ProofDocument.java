package govcloud.recovery.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Json;
import govcloud.cli.output.Column;
import govcloud.cli.output.Format;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.prove.ProofFinding;
import govcloud.recovery.prove.ProofReport;
import govcloud.recovery.prove.TenantProof;
import govcloud.recovery.replica.Witnessed;
import govcloud.recovery.restore.Target;
import govcloud.replication.archive.Cut;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a proof found, as JSON and in words. */
final class ProofDocument {
  private static final List<Column> TENANTS =
      List.of(
          Column.of("TENANT", "tenant"),
          Column.of("ENTITIES", "entities"),
          Column.of("RECORDS", "records"),
          Column.of("IN THE CUT", "records_in_cut"),
          Column.of("BEHIND IT", "records_behind_cut"),
          Column.of("PROVED", "proved"));
  private static final List<Column> FINDINGS =
      List.of(
          Column.of("DEFECT", "defect"),
          Column.of("TENANT", "tenant"),
          Column.of("PLACE", "place"),
          Column.of("DETAIL", "detail"));

  private static final String COPY =
      " It is a copy of one department: only nodes with govcloud.node.copy-of start on it.";

  private ProofDocument() {}

  static ObjectNode of(ProofReport report) {
    ObjectNode result = Json.mapper().createObjectNode();
    result.put("proved", report.isProved()).put("point", report.point());
    report.cut().ifPresent(cut -> result.put("cut", cut));
    result.put("rows", report.rows()).put("entities", report.entities());
    result.put("records", report.records());
    ArrayNode tenants = result.putArray("tenants");
    for (TenantProof tenant : report.tenants()) {
      tenants
          .addObject()
          .put("tenant", PlanDocument.shown(tenant.tenant()))
          .put("entities", tenant.entities())
          .put("records", tenant.records())
          .put("records_in_cut", tenant.cutRecords())
          .put("records_behind_cut", tenant.afterCut())
          .put("state_digest", tenant.stateDigest())
          .put("proved", tenant.proved());
    }
    result.put("finding_count", report.findingCount());
    ArrayNode findings = result.putArray("findings");
    for (ProofFinding finding : report.findings()) {
      findings
          .addObject()
          .put("defect", finding.defect().name())
          .put("meaning", finding.defect().meaning())
          .put("tenant", finding.tenant())
          .put("place", finding.place())
          .put("detail", finding.detail());
    }
    return result;
  }

  /** Shows it, and gives the exit code. */
  static ExitCode show(
      RecoveryTask task, TargetTask.Work work, ProofReport report, Optional<Witnessed> witnessed)
      throws RecoveryException {
    ObjectNode result = of(report);
    result.put("cloud", work.replica().secrets().cloud());
    result.put("keyspace", work.target().keyspace());
    Optional<Duration> first = work.watch().firstTenant();
    first.ifPresent(after -> result.put("first_tenant_seconds", after.toMillis() / 1000.0));
    if (task.output().format() == Format.table) {
      task.output().list(items(result.get("tenants")), TENANTS);
      if (!report.isProved()) {
        task.output().list(items(result.get("findings")), FINDINGS);
      }
    } else {
      task.output().one(result, List.of());
    }
    first.ifPresent(
        after ->
            task.terminal()
                .say(
                    "First department proved %.1f s after the beginning."
                        .formatted(after.toMillis() / 1000.0)));
    task.terminal().say(words(report, work, witnessed));
    return report.isProved() ? ExitCode.OK : ExitCode.FINDINGS;
  }

  private static String words(
      ProofReport report, TargetTask.Work work, Optional<Witnessed> witnessed)
      throws RecoveryException {
    Target target = work.target();
    if (report.isProved()) {
      return "Proved: %,d rows, %,d records of %,d entities are what was signed%s."
              .formatted(
                  report.rows(),
                  report.records(),
                  report.entities(),
                  work.point()
                      .cut()
                      .map(Cut::statement)
                      .map(cut -> ", " + witnessed.orElseThrow().words(cut.getNumber()))
                      .orElse("; there is no cut to compare with"))
          + (target.isCopy() ? COPY : "");
    }
    return (target.served()
            ? "NOT proved: %,d differences. Departments that are not proved stay closed in keyspace"
                + " %s; the others are served."
            : "NOT proved: %,d differences. No node starts on keyspace %s.")
        .formatted(report.findingCount(), target.keyspace());
  }

  private static List<JsonNode> items(JsonNode array) {
    List<JsonNode> items = new ArrayList<>();
    array.forEach(items::add);
    return items;
  }
}

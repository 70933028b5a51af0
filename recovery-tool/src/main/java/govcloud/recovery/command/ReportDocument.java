package govcloud.recovery.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.command.Json;
import govcloud.protobuf.replica.v1.NamedValue;
import govcloud.recovery.plan.RecoveryPlan;
import govcloud.recovery.plan.TenantPlan;
import govcloud.recovery.progress.Snapshot;
import govcloud.recovery.prove.ProofReport;
import govcloud.recovery.replica.Witnessed;
import govcloud.replication.archive.Cut;
import govcloud.replication.statement.ReplicaHash;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Everything that an auditor asks for after a recovery. */
final class ReportDocument {
  private static final int VERSION = 1;
  static final String TOOL = "0.1.0";

  private ReportDocument() {}

  static ObjectNode of(
      TargetTask.Work work,
      Optional<RecoveryPlan> plan,
      ProofReport proof,
      Optional<Witnessed> witnessed,
      ShowOptions show) {
    Snapshot end = work.watch().snapshot();
    ObjectNode report = Json.mapper().createObjectNode();
    report.put("report_version", VERSION).put("tool_version", TOOL);
    report.put("cloud", end.cloud()).put("sibling", end.sibling());
    report.put("point", end.point()).put("archive", work.archive().place());
    report.put("keyspace", work.target().keyspace());
    report.put("recovery_key", ReplicaHash.hex(work.replica().secrets().recoveryKey()));
    show.approvedBy().forEach(report.putArray("approved_by")::add);
    ObjectNode times = report.putObject("times");
    show.lostAt().ifPresent(at -> times.put("site_lost_at", at.toString()));
    times.put("began_at", end.began().toString()).put("ended_at", end.now().toString());
    times.put("seconds", Duration.between(end.began(), end.now()).toMillis() / 1000.0);
    times.put("records_restored_by_this_run", end.records());
    work.point().cut().ifPresent(cut -> cut(report, cut, witnessed.orElseThrow()));
    plan.ifPresent(found -> loss(report.putObject("loss"), found, end.point(), show));
    report.set("proof", ProofDocument.of(proof));
    return report;
  }

  static void cut(ObjectNode report, Cut cut, Witnessed witnessed) {
    ObjectNode of = report.putObject("cut");
    of.put("number", cut.statement().getNumber());
    of.put("hash", ReplicaHash.hex(cut.hash()));
    of.put("root", ReplicaHash.hex(cut.statement().getRoot()));
    of.put("records", cut.statement().getRecords());
    of.put("countersigned", witnessed == Witnessed.RIGHT);
    of.put("countersignature", witnessed.name().toLowerCase(Locale.ROOT));
    values(report.putObject("settings_of_the_lost_cloud"), cut.statement().getSettingList());
    values(report.putObject("versions_of_the_lost_cloud"), cut.statement().getVersionList());
  }

  private static void values(ObjectNode object, List<NamedValue> values) {
    values.forEach(value -> object.put(value.getName(), value.getValue()));
  }

  private static void loss(ObjectNode loss, RecoveryPlan plan, String point, ShowOptions show) {
    boolean everything = point.equals("latest");
    loss.put("last_event_received_at", plan.lastEventAt().toString());
    show.lostAt()
        .ifPresent(at -> loss.put("unknown_seconds", PlanDocument.unknown(plan, at).toSeconds()));
    loss.put("events_not_restored", everything ? 0 : plan.lostEvents());
    ArrayNode tenants = loss.putArray("tenants");
    for (TenantPlan tenant : plan.tenants()) {
      if (!everything && tenant.lost() > 0) {
        tenants
            .addObject()
            .put("tenant", PlanDocument.shown(tenant.tenant()))
            .put("events_not_restored", tenant.lost())
            .put("kinds", PlanDocument.events(tenant))
            .put("in_words_zh", tenant.lostInWords().zh())
            .put("in_words_en", tenant.lostInWords().en());
      }
    }
  }
}

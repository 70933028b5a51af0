package govcloud.recovery.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.command.Json;
import govcloud.recovery.drill.DrillResult;
import govcloud.recovery.drill.DrillResult.Outcome;
import govcloud.recovery.drill.Measures;
import govcloud.recovery.drill.SmokeStep;
import govcloud.recovery.plan.RecoveryPlan;
import govcloud.recovery.plan.TenantPlan;
import govcloud.recovery.prove.ProofReport;
import govcloud.recovery.prove.TenantProof;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.replica.Replica;
import govcloud.replication.keys.DrillSecrets;
import govcloud.replication.statement.ReplicaHash;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Everything that an auditor asks for after a drill. */
final class DrillDocument {
  private static final int VERSION = 1;

  private DrillDocument() {}

  /** What is known when it begins; alone in the folder of a drill that was killed. */
  static ObjectNode begun(
      String id, Replica replica, RecoveryPoint point, DrillOrder order, Instant began) {
    ObjectNode report = Json.mapper().createObjectNode();
    report.put("report_version", VERSION).put("tool_version", ReportDocument.TOOL);
    report.put("drill", id).put("cloud", replica.secrets().cloud());
    report.put("sibling", replica.trust().receiver());
    report.put("scope", order.sample().isEmpty() ? "everything" : "sample");
    ArrayNode slices = report.putArray("slices");
    point.lastSegments().keySet().forEach(slices::add);
    report.put("point", point.name());
    report.put("asked_by", order.askedBy());
    order.approvedBy().forEach(report.putArray("approved_by")::add);
    boolean drillKey = replica.secrets() instanceof DrillSecrets;
    report.put("opened_with", drillKey ? "drill key" : "shares of the recovery key");
    report.put("key", ReplicaHash.hex(key(replica)));
    report.put("began_at", began.toString());
    return report;
  }

  private static com.google.protobuf.ByteString key(Replica replica) {
    return replica.secrets() instanceof DrillSecrets drill
        ? drill.card().key().id()
        : replica.secrets().recoveryKey();
  }

  /** The whole of it, once the place is cleaned. */
  static ObjectNode ended(
      ObjectNode begun,
      ArchiveOptions.Opened archive,
      Replica replica,
      RecoveryPoint point,
      DrillResult result,
      Instant ended) {
    ObjectNode report = begun.deepCopy();
    report.put("ended_at", ended.toString());
    report.put("outcome", result.outcome().name().toLowerCase(Locale.ROOT));
    result.failure().ifPresent(why -> report.put("failure", why));
    isolation(report.putObject("isolation"), archive);
    versions(report.putObject("versions"));
    ObjectNode parts = report.putObject("seconds");
    for (Map.Entry<Measures.Part, Duration> part : result.measures().parts().entrySet()) {
      parts.put(part.getKey().name().toLowerCase(Locale.ROOT), part.getValue().toMillis() / 1000.0);
    }
    measured(report.putObject("measured"), result);
    point.cut().ifPresent(cut -> ReportDocument.cut(report, cut, replica.witnessed(cut)));
    tenants(report.putArray("tenants"), result);
    ArrayNode smoke = report.putArray("smoke");
    result.smoke().forEach(step -> smoke.add(step(step)));
    result.proof().ifPresent(proof -> report.set("proof", ProofDocument.of(proof)));
    report.put("cleaned_up", true);
    return report;
  }

  private static void isolation(ObjectNode isolation, ArchiveOptions.Opened archive) {
    isolation.put("archive", archive.place());
    isolation.put("archive_access", "opened for reading alone");
    isolation.put("cassandra", "of its own, on 127.0.0.1, deleted");
    isolation.put("node", "connects to loopback alone, replicates nothing, ended");
  }

  private static void versions(ObjectNode versions) {
    versions.put("java", System.getProperty("java.vm.version"));
    versions.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    versions.put("processors", Runtime.getRuntime().availableProcessors());
  }

  /** The figures that a drill is for. */
  private static void measured(ObjectNode measured, DrillResult result) {
    Measures measures = result.measures();
    if (result.outcome() == Outcome.GOOD && !result.usable().isEmpty()) {
      Collection<Instant> usable = result.usable().values();
      measured.put(
          "first_tenant_seconds",
          measures.seconds(usable.stream().min(Instant::compareTo).orElseThrow()));
      measured.put(
          "recovery_time_seconds",
          measures.seconds(usable.stream().max(Instant::compareTo).orElseThrow()));
    }
    measures
        .end(Measures.Part.PROVE)
        .ifPresent(at -> measured.put("proved_seconds", measures.seconds(at)));
    result
        .plan()
        .ifPresent(
            plan -> {
              measured.put("last_record_at", plan.lastEventAt().toString());
              measured.put("recovery_point_age_seconds", age(plan.lastEventAt(), measures));
              plan.cutAt().ifPresent(at -> measured.put("cut_at", at.toString()));
              measured.put("events_behind_cut", plan.lostEvents());
            });
    result.proof().ifPresent(proof -> rate(measured, result, proof));
    if (!result.smoke().isEmpty()) {
      measured.put("departments_tried", distinct(result, SmokeStep::tenant));
      measured.put(
          "apps_tried",
          distinct(result, step -> step.app().isEmpty() ? "" : step.tenant() + "/" + step.app()));
    }
  }

  private static long distinct(DrillResult result, Function<SmokeStep, String> name) {
    return result.smoke().stream().map(name).filter(one -> !one.isEmpty()).distinct().count();
  }

  private static void rate(ObjectNode measured, DrillResult result, ProofReport proof) {
    measured.put("records", proof.records()).put("entities", proof.entities());
    Duration took =
        result
            .measures()
            .parts()
            .getOrDefault(Measures.Part.RESTORE, Duration.ZERO)
            .plus(result.measures().parts().getOrDefault(Measures.Part.PROVE, Duration.ZERO));
    if (!took.isZero()) {
      measured.put("records_per_second", Math.round(proof.records() * 1000.0 / took.toMillis()));
    }
  }

  /** At most so much would have been lost: nobody may have worked since. */
  private static double age(Instant last, Measures measures) {
    return Math.max(0, Duration.between(last, measures.began()).toMillis() / 1000.0);
  }

  private static void tenants(ArrayNode tenants, DrillResult result) {
    Map<String, TenantProof> proofs =
        result.proof().map(ProofReport::tenants).orElse(List.of()).stream()
            .collect(Collectors.toMap(TenantProof::tenant, proof -> proof));
    for (TenantPlan plan : result.plan().map(RecoveryPlan::tenants).orElse(List.of())) {
      ObjectNode tenant = tenants.addObject();
      tenant.put("tenant", PlanDocument.shown(plan.tenant()));
      tenant.put("name_zh", plan.name().zh()).put("name_en", plan.name().en());
      tenant.put("disaster_class", plan.disasterClass().name().toLowerCase(Locale.ROOT));
      tenant.put("records", plan.records()).put("events_behind_cut", plan.lost());
      tenant.put("behind_cut_zh", plan.lostInWords().zh());
      tenant.put("behind_cut_en", plan.lostInWords().en());
      tenant.put("last_record_at", plan.lastRecordAt().toString());
      tenant.put("recovery_point_age_seconds", age(plan.lastRecordAt(), result.measures()));
      tenant.put(
          "proved",
          Optional.ofNullable(proofs.get(plan.tenant())).map(TenantProof::proved).orElse(false));
      Optional.ofNullable(result.usable().get(plan.tenant()))
          .ifPresent(at -> tenant.put("recovery_time_seconds", result.measures().seconds(at)));
    }
  }

  private static ObjectNode step(SmokeStep step) {
    return Json.mapper()
        .createObjectNode()
        .put("tenant", step.tenant())
        .put("app", step.app())
        .put("step", step.step())
        .put("passed", step.passed())
        .put("detail", step.detail())
        .put("milliseconds", step.took().toMillis());
  }
}

package govcloud.recovery.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.command.Json;
import govcloud.domain.catalogue.LocalText;
import govcloud.recovery.plan.CopyPlan;
import govcloud.recovery.plan.RecoveryPlan;
import govcloud.recovery.plan.TenantPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A plan as JSON and in words. */
final class PlanDocument {
  private PlanDocument() {}

  /** What a copy of one department would take. */
  static ObjectNode of(CopyPlan plan) {
    ObjectNode result = Json.mapper().createObjectNode();
    result.put("tenant", plan.tenant()).put("point", plan.point());
    result.put("entities", plan.entities()).put("records", plan.records());
    result.put("records_behind_cut", plan.afterCut());
    return result.put("bytes_read", plan.bytesRead()).put("bytes", plan.bytes());
  }

  static ObjectNode of(RecoveryPlan plan, String cloud) {
    ObjectNode result = Json.mapper().createObjectNode();
    result.put("cloud", cloud).put("point", plan.point());
    plan.cut().ifPresent(cut -> result.put("cut", cut));
    plan.cutAt().ifPresent(at -> result.put("cut_at", at.toString()));
    result.put("last_event_at", plan.lastEventAt().toString());
    result.put("entities", plan.entities()).put("records", plan.records());
    result.put("records_behind_cut", plan.afterCut()).put("events_behind_cut", plan.lostEvents());
    result.put("tenants_behind_cut", plan.tenantsAfterCut()).put("bytes", plan.bytes());
    ArrayNode tenants = result.putArray("tenants");
    for (TenantPlan tenant : plan.tenants()) {
      ObjectNode item = tenants.addObject();
      item.put("order", tenants.size()).put("tenant", shown(tenant.tenant()));
      item.putObject("name").put("zh", tenant.name().zh()).put("en", tenant.name().en());
      item.put("disaster_class", tenant.disasterClass().name().toLowerCase(Locale.ROOT));
      item.put("entities", tenant.entities()).put("records", tenant.records());
      item.put("records_behind_cut", tenant.afterCut()).put("events_behind_cut", tenant.lost());
      ObjectNode events = item.putObject("events");
      tenant.lostEvents().forEach(events::put);
      LocalText words = tenant.lostInWords();
      item.putObject("in_words").put("zh", words.zh()).put("en", words.en());
    }
    return result;
  }

  /** The cloud's own entities belong to nobody; a table needs a word for it. */
  static String shown(String tenant) {
    return tenant.isEmpty() ? "(cloud)" : tenant;
  }

  static String events(TenantPlan tenant) {
    return tenant.lostEvents().entrySet().stream()
        .map(event -> event.getValue() + " " + event.getKey())
        .collect(Collectors.joining(", "));
  }

  /** How long the lost cloud may have worked after the last event that is here. */
  static Duration unknown(RecoveryPlan plan, Instant lostAt) {
    Duration between = Duration.between(plan.lastEventAt(), lostAt);
    return between.isNegative() ? Duration.ZERO : between;
  }

  /** What would be lost, in sentences. */
  static List<String> loss(RecoveryPlan plan, Optional<Instant> lostAt) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Restored to the latest point: nothing is lost that the sibling has; its last event is of "
            + plan.lastEventAt()
            + lostAt
                .map(at -> ", " + unknown(plan, at).toSeconds() + " s before the site was lost.")
                .orElse(". --lost-at tells how much may be missing."));
    if (plan.cut().isPresent()) {
      lines.add(
          "Restored to cut %d (%s): %,d events in %,d records of %,d tenants are lost besides%s"
              .formatted(
                  plan.cut().getAsLong(),
                  plan.cutAt().orElseThrow(),
                  plan.lostEvents(),
                  plan.afterCut(),
                  plan.tenantsAfterCut(),
                  plan.lostEvents() == 0 ? "." : ":"));
    } else {
      lines.add("There is no cut: nothing signed to compare with but the segments themselves.");
    }
    return lines;
  }
}

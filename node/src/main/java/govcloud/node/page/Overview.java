package govcloud.node.page;

import govcloud.domain.catalogue.LocalText;
import govcloud.node.attention.AttentionItem;
import govcloud.node.casework.CaseRow;
import govcloud.node.cluster.ClusterView.ClusterState;
import govcloud.node.projection.Views.ViewLag;
import govcloud.node.replication.ReplicationStatus;
import govcloud.node.replication.drill.DrillSummary;
import govcloud.node.tenant.TenantRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cloud at one moment.
 *
 * @param at the moment
 * @param replication how far the cloud is replicated
 * @param tenants the first of them in the order of their identifiers
 * @param tenantCounts number of departments by status
 * @param openCases cases that are not finished, by department
 * @param apps cases of each app definition by state
 * @param late yellow and red cases, the longest late first
 */
record Overview(
    Instant at,
    String cloud,
    String self,
    Replication replication,
    ClusterState cluster,
    List<ViewLag> lags,
    List<AttentionItem> attention,
    List<TenantRow> tenants,
    Map<String, Long> tenantCounts,
    Map<String, Long> openCases,
    List<AppCases> apps,
    long yellow,
    long red,
    List<CaseRow> late) {

  /**
   * Replication now, and before.
   *
   * @param ages of the recovery point over the last minutes, the oldest first
   * @param drill the last that has shown that everything can be recovered
   */
  record Replication(ReplicationStatus now, List<Duration> ages, Optional<DrillSummary> drill) {}

  /** Cases of all departments in one app definition. */
  record AppCases(LocalText title, List<StateCases> states) {

    long total() {
      return states.stream().mapToLong(StateCases::cases).sum();
    }
  }

  /** Cases in one state. */
  record StateCases(LocalText title, boolean isFinal, long cases) {}
}

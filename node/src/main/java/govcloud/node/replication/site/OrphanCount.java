package govcloud.node.replication.site;

import java.time.Instant;
import java.util.List;

/**
 * How much a given-up site accepted that its cloud does not have.
 *
 * @param records all of them
 * @param tenants each department that has any, by name
 */
public record OrphanCount(long records, List<OfTenant> tenants) {

  /**
   * Of one department.
   *
   * @param tenant empty: the cloud itself
   * @param firstAt when the first was accepted
   * @param lastAt when the last was
   */
  public record OfTenant(String tenant, long records, Instant firstAt, Instant lastAt) {

    OfTenant and(Orphan orphan) {
      Instant at = orphan.at();
      return new OfTenant(
          tenant,
          records + 1,
          at.isBefore(firstAt) ? at : firstAt,
          at.isAfter(lastAt) ? at : lastAt);
    }
  }

  /** Keeps the list. */
  public OrphanCount {
    tenants = List.copyOf(tenants);
  }
}

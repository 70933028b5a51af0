package govcloud.recovery.plan;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a recovery would do and lose.
 *
 * @param point up to where
 * @param cut number of the last cut at or before the point
 * @param cutAt the moment of that cut
 * @param lastEventAt time of the last event that the sibling has: what came behind it is not known
 * @param tenants in the order that matters
 * @param bytes of the segments
 */
public record RecoveryPlan(
    String point,
    OptionalLong cut,
    Optional<Instant> cutAt,
    Instant lastEventAt,
    List<TenantPlan> tenants,
    long bytes) {
  /** The log once, the chunks once, and room in which Cassandra merges files. */
  private static final long ROOM = 3;

  /** Keeps the list. */
  public RecoveryPlan {
    tenants = List.copyOf(tenants);
  }

  /** Entities of all tenants. */
  public long entities() {
    return tenants.stream().mapToLong(TenantPlan::entities).sum();
  }

  /** Records of all tenants. */
  public long records() {
    return tenants.stream().mapToLong(TenantPlan::records).sum();
  }

  /** Records behind the cut. */
  public long afterCut() {
    return tenants.stream().mapToLong(TenantPlan::afterCut).sum();
  }

  /** Events behind the cut. */
  public long lostEvents() {
    return tenants.stream().mapToLong(TenantPlan::lost).sum();
  }

  /** Tenants that have events behind the cut. */
  public long tenantsAfterCut() {
    return tenants.stream().filter(tenant -> tenant.afterCut() > 0).count();
  }

  /** Bytes that each replica of the target should have free. */
  public long neededBytes() {
    return ROOM * bytes;
  }
}

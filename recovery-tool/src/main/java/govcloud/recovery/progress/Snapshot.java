package govcloud.recovery.progress;

import govcloud.recovery.plan.Estimate;
import govcloud.recovery.plan.RecoveryPlan;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A recovery at one moment.
 *
 * @param cloud which is rebuilt
 * @param sibling from whose archive
 * @param point up to where
 * @param began when this run began
 * @param now this moment, or the one at which it ended
 * @param phases share of each that is done, 0 to 1
 * @param left how long it still takes; empty: not known yet, or done
 * @param first how long until a first department is proved; empty: not known, or one is, or none is
 *     to be
 * @param records restored by this run
 * @param tenants in the order that matters; none before they are counted
 * @param plan what would be lost; empty before it is known
 * @param outcome empty as long as it runs; else whether everything is as it was
 */
public record Snapshot(
    String cloud,
    String sibling,
    String point,
    Instant began,
    Instant now,
    Map<Phase, Double> phases,
    Optional<Estimate> left,
    Optional<Estimate> first,
    long records,
    List<TenantProgress> tenants,
    Optional<RecoveryPlan> plan,
    Optional<Boolean> outcome) {

  /** Keeps copies. */
  public Snapshot {
    phases = new EnumMap<>(phases);
    tenants = List.copyOf(tenants);
  }

  /** How many tenants are in a state. */
  public long count(TenantState state) {
    return tenants.stream().filter(tenant -> tenant.state() == state).count();
  }
}

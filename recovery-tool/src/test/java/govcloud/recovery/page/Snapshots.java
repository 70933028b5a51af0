package govcloud.recovery.page;

import govcloud.domain.catalogue.LocalText;
import govcloud.domain.tenant.DisasterClass;
import govcloud.recovery.plan.Estimate;
import govcloud.recovery.plan.RecoveryPlan;
import govcloud.recovery.plan.TenantPlan;
import govcloud.recovery.progress.Phase;
import govcloud.recovery.progress.Snapshot;
import govcloud.recovery.progress.TenantProgress;
import govcloud.recovery.progress.TenantState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Moments of a recovery. */
final class Snapshots {
  static final Instant BEGIN = Instant.parse("2026-03-02T06:40:00Z");

  private Snapshots() {}

  /** In the middle, with every state that there can be. */
  static Snapshot running(int tenants) {
    List<TenantProgress> progress = new ArrayList<>();
    List<TenantPlan> plans = new ArrayList<>();
    TenantState[] states = TenantState.values();
    for (int i = 0; i < tenants; i++) {
      String id = i == 0 ? "" : "bureau-" + i;
      LocalText name = new LocalText("第 " + i + " 局", "Bureau <" + i + ">");
      DisasterClass strict = i % 3 == 0 ? DisasterClass.ZERO_LOSS : DisasterClass.CONTINUOUS;
      TenantState state = states[i % states.length];
      progress.add(new TenantProgress(id, name, strict, 1000L + i, state, 0.64));
      TreeMap<String, Long> lost = new TreeMap<>(Map.of("case.Created", 2L));
      plans.add(new TenantPlan(id, name, strict, 10, 1000L + i, 2, BEGIN, lost));
    }
    return snapshot(progress, plan(plans));
  }

  private static RecoveryPlan plan(List<TenantPlan> tenants) {
    return new RecoveryPlan(
        "cut-12",
        OptionalLong.of(12),
        Optional.of(BEGIN.minus(Duration.ofHours(5))),
        BEGIN.minusSeconds(400),
        tenants,
        5_000_000);
  }

  private static Snapshot snapshot(List<TenantProgress> tenants, RecoveryPlan plan) {
    Map<Phase, Double> phases =
        Map.of(
            Phase.STOCK,
            1.0,
            Phase.RESTORE,
            1.0,
            Phase.COMPARE,
            0.71,
            Phase.REPLAY,
            0.46,
            Phase.CUT,
            0.0);
    Estimate left =
        new Estimate(Duration.ofSeconds(120), Duration.ofSeconds(90), Duration.ofSeconds(200));
    return new Snapshot(
        "harbour",
        "mountain",
        "latest",
        BEGIN,
        BEGIN.plusSeconds(680),
        phases,
        Optional.of(left),
        Optional.of(left),
        1_204_331,
        tenants,
        Optional.of(plan),
        Optional.empty());
  }

  /** The same with other words for point and outcome. */
  static Snapshot with(Snapshot of, String point, Optional<Boolean> outcome) {
    return new Snapshot(
        of.cloud(),
        of.sibling(),
        point,
        of.began(),
        of.now(),
        of.phases(),
        outcome.isPresent() ? Optional.empty() : of.left(),
        outcome.isPresent() ? Optional.empty() : of.first(),
        of.records(),
        of.tenants(),
        of.plan(),
        outcome);
  }
}

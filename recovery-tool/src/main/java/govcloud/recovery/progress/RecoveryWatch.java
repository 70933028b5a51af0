package govcloud.recovery.progress;

import govcloud.recovery.plan.Estimate;
import govcloud.recovery.plan.PlanScan;
import govcloud.recovery.plan.RecoveryPlan;
import govcloud.recovery.plan.TenantPlan;
import govcloud.recovery.prove.ProofProgress;
import govcloud.recovery.prove.ProofReport;
import govcloud.recovery.prove.TenantProof;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.restore.RestoreProgress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Sees how far a recovery is. For several threads. */
public final class RecoveryWatch {
  /** Comparing and replaying a record together take about as long as restoring it. */
  private static final double HALF = 0.5;

  private final String cloud;
  private final String sibling;
  private final RecoveryPoint point;
  private final InstantSource clock;
  private final Instant began;
  private final Map<Phase, Supplier<Double>> shares = new EnumMap<>(Phase.class);
  private final Map<String, Boolean> proved = new HashMap<>();
  private final Eta eta = new Eta();
  private Optional<RecoveryPlan> plan = Optional.empty();
  private Optional<RestoreProgress> restore = Optional.empty();
  private Optional<ProofProgress> proof = Optional.empty();
  private final Deque<String> pins = new ArrayDeque<>();
  private Optional<Duration> firstTenant = Optional.empty();
  private Optional<Boolean> outcome = Optional.empty();
  private boolean restored;
  private boolean proves;
  private Instant ended;

  /** A recovery that begins now. */
  public RecoveryWatch(String cloud, String sibling, RecoveryPoint point, InstantSource clock) {
    this.cloud = cloud;
    this.sibling = sibling;
    this.point = point;
    this.clock = clock;
    this.began = clock.instant();
  }

  /** What is there is being counted. */
  public synchronized void counting(PlanScan scan) {
    shares.put(Phase.STOCK, scan::share);
  }

  /** It was counted. */
  public synchronized void counted(RecoveryPlan found) {
    plan = Optional.of(found);
  }

  /**
   * The restore begins.
   *
   * @param proofFollows whether a proof is part of this run
   */
  public synchronized void restoring(RestoreProgress progress, boolean proofFollows) {
    restore = Optional.of(progress);
    proves = proofFollows;
    shares.put(Phase.RESTORE, progress::share);
  }

  /** The restore has ended. */
  public synchronized void restored() {
    restored = true;
    if (!proves) {
      ended = clock.instant();
    }
  }

  /** The proof begins; everything was restored, by this run or an earlier one. */
  public synchronized void proving(ProofProgress progress) {
    proof = Optional.of(progress);
    proves = true;
    restored = true;
    shares.put(Phase.COMPARE, () -> shareOf(progress.compared()));
    shares.put(Phase.REPLAY, () -> shareOf(progress.replayed()));
  }

  /** A tenant was looked at. */
  public synchronized void tenantProved(TenantProof tenant) {
    proved.put(tenant.tenant(), tenant.proved());
    if (firstTenant.isEmpty() && tenant.proved() && !tenant.tenant().isEmpty()) {
      firstTenant = Optional.of(Duration.between(began, clock.instant()));
    }
  }

  /** How long this run took until a first department was proved; empty: none is yet. */
  public synchronized Optional<Duration> firstTenant() {
    return firstTenant;
  }

  /** Somebody moved a tenant forward. */
  public synchronized void pinned(String tenant) {
    pins.remove(tenant);
    pins.addFirst(tenant);
  }

  /** The proof has ended. */
  public synchronized void proved(ProofReport report) {
    outcome = Optional.of(report.isProved());
    for (TenantProof tenant : report.tenants()) {
      proved.put(tenant.tenant(), tenant.proved());
    }
    for (Phase phase : List.of(Phase.COMPARE, Phase.REPLAY, Phase.CUT)) {
      shares.put(phase, () -> 1.0);
    }
    ended = clock.instant();
  }

  private double shareOf(long records) {
    long all = all();
    return all == 0 ? 0 : Math.min(1, (double) records / all);
  }

  /** Records up to the point; 0: not known. */
  private long all() {
    return plan.map(of -> of.tenants().stream().mapToLong(this::records).sum())
        .orElse(restore.filter(progress -> restored).map(RestoreProgress::records).orElse(0L));
  }

  private long records(TenantPlan tenant) {
    return point.name().equals("latest") ? tenant.records() : tenant.records() - tenant.afterCut();
  }

  /** How it is now; each call makes the estimate better. */
  public synchronized Snapshot snapshot() {
    Map<Phase, Double> phases = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      phases.put(phase, shares.containsKey(phase) ? shares.get(phase).get() : 0.0);
    }
    Instant now = ended == null ? clock.instant() : ended;
    return new Snapshot(
        cloud,
        sibling,
        point.name(),
        began,
        now,
        phases,
        left(now, phases),
        first(phases),
        restore.map(RestoreProgress::records).orElse(0L),
        plan.map(of -> tenants(of.tenants())).orElse(List.of()),
        plan,
        outcome);
  }

  /** Counting is over before anything is known of the speed of the rest. */
  private Optional<Estimate> left(Instant now, Map<Phase, Double> phases) {
    if (ended != null || (restore.isEmpty() && proof.isEmpty())) {
      return Optional.empty();
    }
    double whole = 0;
    double done = 0;
    if (restore.isPresent()) {
      whole += 1;
      done += phases.get(Phase.RESTORE);
    }
    if (proves) {
      whole += 2 * HALF;
      done += HALF * (phases.get(Phase.COMPARE) + phases.get(Phase.REPLAY));
    }
    eta.observe(now, done);
    return eta.left(whole - done);
  }

  /** The log of all departments is restored and compared before the first one is looked at. */
  private Optional<Estimate> first(Map<Phase, Double> phases) {
    if (ended != null || !proves || firstTenant.isPresent()) {
      return Optional.empty();
    }
    double restoring = restore.isPresent() ? 1 - phases.get(Phase.RESTORE) : 0;
    return eta.left(restoring + HALF * (1 - phases.get(Phase.COMPARE)));
  }

  /** Who was moved forward comes first, the last one before the others. */
  private List<TenantProgress> tenants(List<TenantPlan> planned) {
    List<String> first = List.copyOf(pins);
    return planned.stream()
        .sorted(
            Comparator.comparingInt(
                of -> first.contains(of.tenant()) ? first.indexOf(of.tenant()) : first.size()))
        .map(this::tenant)
        .toList();
  }

  private TenantProgress tenant(TenantPlan of) {
    long records = records(of);
    long written = restore.map(progress -> progress.records(of.tenant())).orElse(0L);
    long replayed = proof.map(progress -> progress.replayed(of.tenant())).orElse(0L);
    TenantState state = state(of.tenant(), records, written, replayed);
    long done =
        switch (state) {
          case WAITING -> 0;
          case RESTORING -> written;
          case PROVING -> replayed;
          case RESTORED, PROVED, DAMAGED -> records;
        };
    double share = records == 0 ? 1 : Math.min(1, (double) done / records);
    return new TenantProgress(of.tenant(), of.name(), of.disasterClass(), records, state, share);
  }

  private TenantState state(String tenant, long records, long written, long replayed) {
    if (outcome.isPresent()) {
      return proved.getOrDefault(tenant, records == 0) ? TenantState.PROVED : TenantState.DAMAGED;
    }
    if (proved.containsKey(tenant)) {
      return proved.get(tenant) ? TenantState.PROVED : TenantState.DAMAGED;
    }
    if (replayed > 0) {
      return TenantState.PROVING;
    }
    if (restored || (records > 0 && written >= records)) {
      return TenantState.RESTORED;
    }
    return written > 0 ? TenantState.RESTORING : TenantState.WAITING;
  }
}

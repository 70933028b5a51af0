package govcloud.faultlab.checker;

import govcloud.faultlab.checker.Violation.Invariant;
import govcloud.faultlab.history.History;
import govcloud.faultlab.history.Injected;
import govcloud.faultlab.history.Operation;
import govcloud.faultlab.history.Operation.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Judges a run. No search is needed: every acknowledgement says its place. */
public final class Checker {

  private static final double LEAST_ACKNOWLEDGED = 0.3;
  private static final double MOST_UNKNOWN = 0.2;
  private static final int LEAST_OPERATIONS = 100;

  private final Bounds bounds;

  /**
   * @param recoveryBound how soon after the end of a fault every entity must have answered; with 60
   *     seconds the bounds of the time without an answer are those of each kind, else as much
   *     tighter or looser
   */
  public Checker(Duration recoveryBound) {
    this.bounds = new Bounds(recoveryBound);
  }

  /** Compares what clients were told with what is stored. */
  public Report check(History history, StoredCloud stored) {
    return check(history, stored, Optional.empty());
  }

  /** Compares what clients were told also with what the sibling has. */
  public Report check(History history, StoredCloud stored, SiblingCopy copy) {
    return check(history, stored, Optional.of(copy));
  }

  private Report check(History history, StoredCloud stored, Optional<SiblingCopy> copy) {
    Evidence evidence = new Evidence(history, stored);
    copy.ifPresent(there -> new ReplicaChecks(evidence, there).run());
    new LogChecks(evidence).run();
    new RecordChecks(evidence).run();
    new TimeChecks(evidence).run();
    new ViewChecks(evidence).run();
    List<Outage> outages = Outage.of(history);
    liveness(evidence, outages);
    gaps(evidence, outages);
    List<String> reasons = worthless(history);
    Report.Verdict verdict =
        !evidence.violations().isEmpty()
            ? Report.Verdict.RED
            : reasons.isEmpty() ? Report.Verdict.GREEN : Report.Verdict.VOID;
    return new Report(verdict, reasons, evidence.violations(), figures(evidence), outages);
  }

  /**
   * Whether every worklist row reflects the last record of its case, and lists and numbers are what
   * the records add up to.
   */
  public static boolean viewsAreComplete(StoredCloud stored) {
    Evidence evidence = new Evidence(new History(List.of(), List.of()), stored);
    new ViewChecks(evidence).run();
    if (!evidence.violations().isEmpty()) {
      return false;
    }
    Map<String, Long> versions = new HashMap<>();
    stored.views().forEach(row -> versions.put(row.id(), row.version()));
    return evidence.entities().entrySet().stream()
        .filter(entity -> entity.getValue().get(0).ofCase())
        .allMatch(
            entity -> {
              List<StoredRecord> records = entity.getValue();
              long last = records.get(records.size() - 1).sequence();
              return versions.getOrDefault(entity.getKey(), 0L) == last;
            });
  }

  private void liveness(Evidence evidence, List<Outage> outages) {
    long last = evidence.history().faults().stream().mapToLong(Injected::healed).max().orElse(0);
    for (Outage outage : outages) {
      // A fault during which another went on is judged with the one that ended last.
      boolean alone =
          evidence.history().faults().stream()
              .noneMatch(
                  other ->
                      other.injected() <= outage.fault().healed()
                          && other.healed() > outage.fault().healed());
      if (outage.never()
          ? outage.fault().healed() == last
          : alone && outage.recovered().compareTo(bounds.recovery()) > 0) {
        evidence.found(
            Invariant.I13_LIVENESS,
            "fault %d: all entities answered %s after its end (expected: within %d s)"
                .formatted(
                    outage.fault().id(),
                    outage.never() ? "never" : outage.recovered().toMillis() + " ms",
                    bounds.recovery().toSeconds()));
      }
    }
    TreeSet<String> silent = new TreeSet<>();
    evidence.history().operations().forEach(operation -> silent.add(operation.entity()));
    evidence.history().operations().stream()
        .filter(operation -> operation.ok() && operation.invoked() >= last)
        .forEach(operation -> silent.remove(operation.entity()));
    silent.forEach(
        entity -> evidence.found(Invariant.I13_LIVENESS, entity + ": no answer after all faults"));
  }

  /** Of faults that stand alone it is known whose fault it was that nothing answered. */
  private void gaps(Evidence evidence, List<Outage> outages) {
    for (Outage outage : outages) {
      Optional<Duration> bound = bounds.gap(outage.fault().kind());
      if (outage.alone() && bound.isPresent() && outage.longest().compareTo(bound.get()) > 0) {
        evidence.found(
            Invariant.I13_LIVENESS,
            "fault %d, %s: an entity did not answer for %d ms (expected: at most %d s)"
                .formatted(
                    outage.fault().id(),
                    outage.fault().kind(),
                    outage.longest().toMillis(),
                    bound.get().toSeconds()));
      }
    }
  }

  private static List<String> worthless(History history) {
    List<String> reasons = new ArrayList<>();
    long all = history.operations().size();
    double ok = count(history, Outcome.OK);
    double unknown = count(history, Outcome.UNKNOWN);
    if (all < LEAST_OPERATIONS) {
      reasons.add(all + " operations (expected: >= " + LEAST_OPERATIONS + ")");
    } else {
      if (ok / all < LEAST_ACKNOWLEDGED) {
        reasons.add("%.0f %% acknowledged (expected: >= 30 %%)".formatted(100 * ok / all));
      }
      if (unknown / all > MOST_UNKNOWN) {
        reasons.add("%.0f %% unknown (expected: <= 20 %%)".formatted(100 * unknown / all));
      }
    }
    if (history.faults().isEmpty()) {
      reasons.add("no fault (expected: some)");
    }
    history.faults().stream()
        .filter(fault -> !fault.bit())
        .forEach(
            fault ->
                reasons.add(
                    "fault %d, %s of %s, was not felt: %s"
                        .formatted(fault.id(), fault.kind(), fault.target(), fault.proof())));
    return reasons;
  }

  private static long count(History history, Outcome outcome) {
    return history.operations().stream()
        .filter(operation -> operation.outcome() == outcome)
        .count();
  }

  private static Report.Figures figures(Evidence evidence) {
    History history = evidence.history();
    List<StoredBatch> batches = evidence.slices().values().stream().flatMap(List::stream).toList();
    return new Report.Figures(
        count(history, Outcome.OK),
        count(history, Outcome.FAIL),
        count(history, Outcome.UNKNOWN),
        history.operations().stream().mapToLong(Operation::attempts).sum(),
        batches.size(),
        batches.stream().mapToLong(batch -> batch.content().getRecordCount()).sum(),
        batches.stream().filter(batch -> batch.content().hasTakeOver()).count());
  }
}

package govcloud.faultlab.checker;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The verdict on a run.
 *
 * @param verdict what it is worth
 * @param reasons why it is void; empty unless it is
 * @param violations broken promises
 * @param figures operations by outcome, and what lies in Cassandra
 * @param outages around each fault
 */
public record Report(
    Verdict verdict,
    List<String> reasons,
    List<Violation> violations,
    Figures figures,
    List<Outage> outages) {

  private static final int SHOWN = 40;

  /** What a run is worth. */
  public enum Verdict {
    /** Nothing is broken, and it was a real trial. */
    GREEN,
    /** A promise is broken. */
    RED,
    /** It proves nothing: too little was acknowledged, or a fault was not felt. */
    VOID
  }

  /**
   * Numbers of a run.
   *
   * @param attempts requests of all operations
   * @param takeOvers of all slices
   */
  public record Figures(
      long ok, long fail, long unknown, long attempts, long batches, long records, long takeOvers) {

    long operations() {
      return ok + fail + unknown;
    }
  }

  /** Keeps its own copies. */
  public Report {
    reasons = List.copyOf(reasons);
    violations = List.copyOf(violations);
    outages = List.copyOf(outages);
  }

  /** The verdict on a run that left nothing which could be judged. */
  public static Report brokenOff(String why) {
    return new Report(
        Verdict.RED,
        List.of(),
        List.of(new Violation(Violation.Invariant.I13_LIVENESS, why)),
        new Figures(0, 0, 0, 0, 0, 0, 0),
        List.of());
  }

  /** The same with one more broken promise. */
  public Report with(Violation violation) {
    List<Violation> more = new ArrayList<>(List.of(violation));
    more.addAll(violations);
    return new Report(Verdict.RED, reasons, more, figures, outages);
  }

  /** A line for each fault: kind, milliseconds that it lasted, longest gap, recovery, alone. */
  public String faults() {
    StringBuilder text = new StringBuilder();
    for (Outage outage : outages) {
      text.append(
          String.join(
                  ",",
                  outage.fault().kind(),
                  Long.toString((outage.fault().healed() - outage.fault().injected()) / 1_000_000),
                  Long.toString(outage.longest().toMillis()),
                  Long.toString(outage.never() ? -1 : outage.recovered().toMillis()),
                  Boolean.toString(outage.alone()))
              + "\n");
    }
    return text.toString();
  }

  /** A table for people. */
  public String table() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%-3s %-24s %-10s %8s %10s %8s %10s %6s  %s%n",
            "#",
            "fault",
            "target",
            "lasted s",
            "max gap s",
            "silent",
            "all back s",
            "alone",
            "proof"));
    for (Outage outage : outages) {
      var fault = outage.fault();
      text.append(
          String.format(
              Locale.ROOT,
              "%-3d %-24s %-10s %8.1f %10.1f %8d %10.1f %6s  %s%n",
              fault.id(),
              fault.kind(),
              fault.target(),
              (fault.healed() - fault.injected()) / 1e9,
              outage.longest().toNanos() / 1e9,
              outage.silent(),
              outage.recovered().toNanos() / 1e9,
              outage.alone() ? "yes" : "",
              new java.util.TreeMap<>(fault.proof())));
    }
    text.append(totals());
    reasons.forEach(reason -> text.append("void: ").append(reason).append('\n'));
    violations.stream().limit(SHOWN).forEach(found -> text.append(found).append('\n'));
    if (violations.size() > SHOWN) {
      text.append("... ").append(violations.size()).append(" violations\n");
    }
    return text.append("verdict: ").append(verdict).append('\n').toString();
  }

  private String totals() {
    return String.format(
        Locale.ROOT,
        "operations: %d acknowledged, %d refused, %d unknown, in %d requests; log: %d batches,"
            + " %d records, %d take-overs%n",
        figures.ok(),
        figures.fail(),
        figures.unknown(),
        figures.attempts(),
        figures.batches(),
        figures.records(),
        figures.takeOvers());
  }
}

package govcloud.ledger.verify;

import govcloud.ledger.Finding;
import govcloud.ledger.LedgerDefect;
import govcloud.ledger.log.LedgerStore;
import govcloud.ledger.note.CheckedCheckpoint;
import govcloud.ledger.note.TrustPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks a ledger and those before it: each begins with the last cosigned state of the one before,
 * whose site was lost. For one check.
 */
public final class LedgerChain {
  private static final String FIRST = "entry 0";
  private static final String BEHIND = "entry 0 of the ledger behind";

  private final TrustPolicy policy;
  private final List<Finding> findings = new ArrayList<>();

  /** A check by a policy that knows all of these ledgers. */
  public LedgerChain(TrustPolicy policy) {
    this.policy = policy;
  }

  /**
   * A ledger that another one follows.
   *
   * @param name stands before its files in findings
   * @param store its files
   */
  public record Lost(String name, LedgerStore store) {}

  /**
   * Checks all of them.
   *
   * @param newest the ledger at the end
   * @param known checkpoints of it that somebody kept, by the names they get in findings
   * @param lost those before, from the newest to the oldest
   * @return what the check of the newest came to, with the findings of all
   */
  public LedgerReport verify(LedgerStore newest, Map<String, byte[]> known, List<Lost> lost)
      throws IOException {
    LedgerReport report = new LedgerVerifier(newest, policy).verify(known);
    findings.addAll(report.findings());
    String place = FIRST;
    Optional<LedgerReport> next = report.checkpoint().map(signed -> report);
    for (Lost one : lost) {
      next = next.isPresent() ? follow(next.get(), place, one) : next;
      place = one.name() + ": " + FIRST;
    }
    return new LedgerReport(report.checkpoint(), report.cosigned(), report.predecessor(), findings);
  }

  /** Empty: the chain ends here, and a finding says why. */
  private Optional<LedgerReport> follow(LedgerReport next, String place, Lost lost)
      throws IOException {
    if (next.predecessor().isEmpty()) {
      findings.add(
          Finding.of(
              LedgerDefect.LEDGER_ORIGIN_WRONG,
              lost.name(),
              "followed by none (expected: the ledger before follows it)"));
      return Optional.empty();
    }
    CheckedCheckpoint state = next.predecessor().get();
    LedgerReport report =
        new LedgerVerifier(lost.store(), policy).verify(Map.of(BEHIND, state.note().toBytes()));
    for (Finding one : report.findings()) {
      String name = lost.name() + ": " + one.name();
      findings.add(new Finding(one.defect(), name, one.from(), one.to(), one.detail()));
    }
    report
        .cosigned()
        .filter(last -> last.checkpoint().origin().equals(state.checkpoint().origin()))
        .filter(last -> last.size() > state.size())
        .ifPresent(last -> findings.add(older(place, state, last)));
    return report.checkpoint().map(signed -> report);
  }

  /** Everything between the two states would be cut off from the chain, unseen. */
  private static Finding older(String place, CheckedCheckpoint state, CheckedCheckpoint last) {
    return Finding.of(
        LedgerDefect.LEDGER_ROLLED_BACK,
        place,
        "follows %s at %d (expected: at %d, its last cosigned state)"
            .formatted(state.checkpoint().origin(), state.size(), last.size()));
  }
}

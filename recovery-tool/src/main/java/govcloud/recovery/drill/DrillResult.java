package govcloud.recovery.drill;

import govcloud.recovery.plan.RecoveryPlan;
import govcloud.recovery.prove.ProofReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a drill found out.
 *
 * @param measures how long everything took
 * @param proof empty where it did not come so far
 * @param plan what there is in the archive; empty where it did not come so far
 * @param smoke everything that was tried on a node; none without one
 * @param usable when each department could work
 * @param failure why it did not go on; empty where it did
 */
public record DrillResult(
    Measures measures,
    Optional<ProofReport> proof,
    Optional<RecoveryPlan> plan,
    List<SmokeStep> smoke,
    Map<String, Instant> usable,
    Optional<String> failure) {

  /** Keeps copies. */
  public DrillResult {
    smoke = List.copyOf(smoke);
    usable = Map.copyOf(usable);
  }

  /** How it ended. */
  public enum Outcome {
    /** Everything is as it was signed, and everything that was tried worked. */
    GOOD,
    /** Something is not as it was signed. */
    DIFFERENT,
    /** Something that was tried on the restored cloud did not work. */
    NOT_USABLE,
    /** It could not be carried through. */
    FAILED
  }

  /** How it ended. */
  public Outcome outcome() {
    if (failure.isPresent() || proof.isEmpty()) {
      return Outcome.FAILED;
    }
    if (!proof.get().isProved()) {
      return Outcome.DIFFERENT;
    }
    return smoke.stream().allMatch(SmokeStep::passed) ? Outcome.GOOD : Outcome.NOT_USABLE;
  }
}

package govcloud.node.replication.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One drill in short.
 *
 * @param drill its name
 * @param scope {@code everything} or {@code sample}
 * @param outcome {@code good}, {@code different}, {@code not_usable}, {@code failed}; {@code
 *     not_ended} for one that runs or was killed
 * @param signature {@code right} where the cloud's drill key signed the report; {@code wrong}, or
 *     {@code none}; {@code recovery_key} where the holders of shares signed it
 * @param askedBy who asked for it
 * @param approvedBy who approved it
 * @param beganAt when it began
 * @param endedAt when it ended
 * @param records that were proved
 * @param differences that were found
 * @param recoveryTime until everybody could work; only of a good drill of everything
 * @param recoveryPointAge age of the sibling's last record at the beginning
 * @param lastRecordAt the moment to which was recovered
 */
public record DrillSummary(
    String drill,
    String scope,
    String outcome,
    String signature,
    String askedBy,
    List<String> approvedBy,
    Instant beganAt,
    Optional<Instant> endedAt,
    long records,
    long differences,
    Optional<Duration> recoveryTime,
    Optional<Duration> recoveryPointAge,
    Optional<Instant> lastRecordAt) {

  /** Keeps a copy. */
  public DrillSummary {
    approvedBy = List.copyOf(approvedBy);
  }

  /** Whether it shows that everything can be recovered. */
  public boolean isGood() {
    return scope.equals("everything")
        && outcome.equals("good")
        && !signature.equals("wrong")
        && !signature.equals("none");
  }
}

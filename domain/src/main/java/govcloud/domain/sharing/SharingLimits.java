package govcloud.domain.sharing;

/**
 * How long each may take, in working days unless told otherwise.
 *
 * @param checkDays for the check of an application by the operator
 * @param answerDays for the provider's answer
 * @param signDays for the signatures of both
 * @param objectionDays for the provider's answer to somebody who objects to a look at his data
 * @param correctionDays for the provider's answer to somebody who holds a value to be wrong
 * @param recallDays for those who received wrong values, until they say what they have done
 * @param reviewDays for the consumer's review of an activation of an emergency agreement
 * @param emergencyDays the longest that an activation may last, in days of the calendar
 * @param deferralDays how far ahead the release date of a deferral may lie, in days of the calendar
 */
public record SharingLimits(
    int checkDays,
    int answerDays,
    int signDays,
    int objectionDays,
    int correctionDays,
    int recallDays,
    int reviewDays,
    int emergencyDays,
    int deferralDays) {

  /** What the rules say unless the cloud is set up otherwise. */
  public static final SharingLimits USUAL = new SharingLimits(2, 5, 10, 5, 10, 5, 10, 30, 180);

  private static final int LONGEST = 250;
  private static final int LONGEST_EMERGENCY = 180;
  private static final int LONGEST_DEFERRAL = 366;

  public SharingLimits {
    require("check-days", checkDays);
    require("answer-days", answerDays);
    require("sign-days", signDays);
    require("objection-days", objectionDays);
    require("correction-days", correctionDays);
    require("recall-days", recallDays);
    require("review-days", reviewDays);
    if (emergencyDays < 1 || emergencyDays > LONGEST_EMERGENCY) {
      throw new IllegalArgumentException(
          "emergency-days: " + emergencyDays + " (expected: 1 to " + LONGEST_EMERGENCY + " days)");
    }
    if (deferralDays < 1 || deferralDays > LONGEST_DEFERRAL) {
      throw new IllegalArgumentException(
          "deferral-days: " + deferralDays + " (expected: 1 to " + LONGEST_DEFERRAL + " days)");
    }
  }

  private static void require(String name, int days) {
    if (days < 1 || days > LONGEST) {
      throw new IllegalArgumentException(
          name + ": " + days + " (expected: 1 to " + LONGEST + " working days)");
    }
  }
}

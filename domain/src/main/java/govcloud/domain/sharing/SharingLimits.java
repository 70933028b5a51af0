package govcloud.domain.sharing;

/**
 * How long each may take, in working days.
 *
 * @param checkDays for the check of an application by the operator
 * @param answerDays for the provider's answer
 * @param signDays for the signatures of both
 * @param objectionDays for the provider's answer to somebody who objects to a look at his data
 */
public record SharingLimits(int checkDays, int answerDays, int signDays, int objectionDays) {

  /** What the rules say unless the cloud is set up otherwise. */
  public static final SharingLimits USUAL = new SharingLimits(2, 5, 10, 5);

  private static final int LONGEST = 250;

  public SharingLimits {
    require("check-days", checkDays);
    require("answer-days", answerDays);
    require("sign-days", signDays);
    require("objection-days", objectionDays);
  }

  private static void require(String name, int days) {
    if (days < 1 || days > LONGEST) {
      throw new IllegalArgumentException(
          name + ": " + days + " (expected: 1 to " + LONGEST + " working days)");
    }
  }
}

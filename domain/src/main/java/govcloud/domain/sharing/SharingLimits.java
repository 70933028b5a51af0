package govcloud.domain.sharing;

/**
 * How long each may take, in working days.
 *
 * @param checkDays for the check of an application by the operator
 * @param answerDays for the provider's answer
 * @param signDays for the signatures of both
 */
public record SharingLimits(int checkDays, int answerDays, int signDays) {

  /** What the rules say unless the cloud is set up otherwise. */
  public static final SharingLimits USUAL = new SharingLimits(2, 5, 10);

  private static final int LONGEST = 250;

  public SharingLimits {
    require("check-days", checkDays);
    require("answer-days", answerDays);
    require("sign-days", signDays);
  }

  private static void require(String name, int days) {
    if (days < 1 || days > LONGEST) {
      throw new IllegalArgumentException(
          name + ": " + days + " (expected: 1 to " + LONGEST + " working days)");
    }
  }
}

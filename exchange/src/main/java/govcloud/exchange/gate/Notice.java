package govcloud.exchange.gate;

import govcloud.domain.sharing.AgreementTerms;
import govcloud.domain.sharing.Onward;

/**
 * What a consumer has to keep to with what it got, told with each answer: whoever reads the data
 * need not have read the agreement.
 *
 * @param retentionDays after which it is to be deleted
 * @param onward whether it may be given on
 * @param zh in Chinese
 * @param en in English
 */
public record Notice(int retentionDays, Onward onward, String zh, String en) {

  /** What the terms say. */
  public static Notice of(AgreementTerms terms) {
    var days = terms.retentionDays();
    return new Notice(
        days,
        terms.onward(),
        "保存不超过 %d 天，到期删除；%s。".formatted(days, zh(terms.onward())),
        "Keep it for %d days at most, then delete it. %s.".formatted(days, en(terms.onward())));
  }

  private static String zh(Onward onward) {
    return switch (onward) {
      case FORBIDDEN -> "不得转给他人";
      case WITH_CONSENT -> "经提供部门逐次同意方可转给他人";
      case WITHIN_PURPOSE -> "仅可在约定用途内转给其他部门";
    };
  }

  private static String en(Onward onward) {
    return switch (onward) {
      case FORBIDDEN -> "Give it on to nobody";
      case WITH_CONSENT -> "Give it on with the provider's consent alone, each time";
      case WITHIN_PURPOSE -> "Give it on to departments within the purpose alone";
    };
  }
}

package govcloud.domain.subject;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why personal data are erased, in the order of article 47 of the PIPL (个人信息保护法). */
public enum LegalBasis {
  /** What they were for is reached, cannot be reached, or needs them no more. */
  PURPOSE_ENDED,
  /** The service is no longer offered, or the time of keeping is over. */
  RETENTION_ENDED,
  /** The person has withdrawn the consent. */
  CONSENT_WITHDRAWN,
  /** They are processed against the law or against what was agreed. */
  UNLAWFUL_PROCESSING,
  /** Another law or rule says so. */
  OTHER_LAW;

  /** As it is written in requests and in what people sign, such as {@code consent-withdrawn}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The one that is written so. */
  public static Optional<LegalBasis> of(String word) {
    return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
  }
}

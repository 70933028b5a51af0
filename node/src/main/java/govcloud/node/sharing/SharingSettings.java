package govcloud.node.sharing;

import com.typesafe.config.Config;
import govcloud.domain.sharing.SharingLimits;

/** Reads {@code govcloud.sharing}: how long each may take with an application. */
public final class SharingSettings {

  private static final String PATH = "govcloud.sharing";

  private SharingSettings() {}

  /** The limits; a mistake is told with key, value and expectation. */
  public static SharingLimits from(Config root) {
    var config = root.getConfig(PATH);
    try {
      return new SharingLimits(
          config.getInt("check-days"),
          config.getInt("answer-days"),
          config.getInt("sign-days"),
          config.getInt("objection-days"),
          config.getInt("correction-days"),
          config.getInt("recall-days"),
          config.getInt("review-days"),
          config.getInt("emergency-days"),
          config.getInt("deferral-days"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(PATH + "." + e.getMessage(), e);
    }
  }
}

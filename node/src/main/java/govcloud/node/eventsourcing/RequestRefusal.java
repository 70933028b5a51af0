package govcloud.node.eventsourcing;

import govcloud.domain.Refusal;
import govcloud.domain.RefusalCode;

/** Why a request is turned down before the aggregate is asked. */
public enum RequestRefusal implements RefusalCode {
  /** The key was used for another request. */
  IDEMPOTENCY_KEY_REUSED(Kind.INVALID),
  /** The entity has gone on since the caller looked. */
  VERSION_MISMATCH(Kind.CONFLICT),
  /** The cloud was recovered elsewhere: this site changes nothing more. */
  SITE_FENCED(Kind.CONFLICT);

  private final Kind kind;

  RequestRefusal(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }

  static Refusal keyReused(String key) {
    return Refusal.of(
            IDEMPOTENCY_KEY_REUSED,
            "idempotency key: " + key + " was used for another request (expected: a new key)")
        .with("idempotency_key", key);
  }

  /**
   * Why a site that was given up changes nothing.
   *
   * @param siteEpoch of this site
   * @param currentEpoch of the one that counts
   */
  public static Refusal siteFenced(String cloud, int siteEpoch, int currentEpoch) {
    return Refusal.of(
            SITE_FENCED,
            "site epoch: "
                + siteEpoch
                + " (expected: "
                + currentEpoch
                + "); this site of "
                + cloud
                + " was given up and changes nothing, send it to the site that counts")
        .with("site_epoch", Integer.toString(siteEpoch))
        .with("current_site_epoch", Integer.toString(currentEpoch));
  }

  static Refusal versionMismatch(long expected, long present) {
    return Refusal.of(
            VERSION_MISMATCH,
            "version: " + expected + " (expected: the present one, " + present + ")")
        .with("current_version", Long.toString(present));
  }
}

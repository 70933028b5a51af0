package govcloud.node.eventsourcing;

import govcloud.domain.Refusal;
import govcloud.domain.RefusalCode;
import java.util.Optional;

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
   * @param address where that one is found; empty: it is not known here
   */
  public static Refusal siteFenced(
      String cloud, int siteEpoch, int currentEpoch, Optional<String> address) {
    Refusal refusal =
        Refusal.of(
                SITE_FENCED,
                "site epoch: "
                    + siteEpoch
                    + " (expected: "
                    + currentEpoch
                    + "); this site of "
                    + cloud
                    + " was given up and changes nothing, send it to the site that counts"
                    + address.map(at -> ": " + at).orElse(""))
            .with("site_epoch", Integer.toString(siteEpoch))
            .with("current_site_epoch", Integer.toString(currentEpoch));
    return address.map(at -> refusal.with("address", at)).orElse(refusal);
  }

  static Refusal versionMismatch(long expected, long present) {
    return Refusal.of(
            VERSION_MISMATCH,
            "version: " + expected + " (expected: the present one, " + present + ")")
        .with("current_version", Long.toString(present));
  }
}

package govcloud.node.audit;

import java.util.Locale;

/** What somebody has to look at. */
public enum Alarm {
  BRUTE_FORCE,
  DENIAL_BURST,
  OFF_HOURS,
  BULK_READ,
  CANARY_TOUCHED,
  CHAIN_MISMATCH,
  RECORDS_LOST,
  CERTIFICATE_EXPIRING,
  CERTIFICATE_NOT_RENEWED,
  CERTIFICATE_REFUSED,
  EMERGENCY_ACCESS;

  /** How the trail names it beside operations. */
  String action() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

package govcloud.domain.sharing;

/** How often the owner brings a resource up to date. */
public enum UpdateCycle {
  REAL_TIME,
  DAILY,
  WEEKLY,
  MONTHLY,
  QUARTERLY,
  YEARLY
}

package govcloud.recovery.progress;

/** How far one tenant is. */
public enum TenantState {
  /** Nothing of it is written yet. */
  WAITING,
  /** It is being written. */
  RESTORING,
  /** Everything is written and not compared yet. */
  RESTORED,
  /** It is being compared and replayed. */
  PROVING,
  /** It is as it was: usable. */
  PROVED,
  /** Something is not as it was. */
  DAMAGED
}

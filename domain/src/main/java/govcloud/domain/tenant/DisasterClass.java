package govcloud.domain.tenant;

/** How much a department may lose when its site is lost. The order is from least to most strict. */
public enum DisasterClass {
  /** Up to a day of work. */
  DAILY,
  /** Some seconds of work; the default. */
  CONTINUOUS,
  /** Nothing that was acknowledged. */
  ZERO_LOSS
}

package govcloud.domain.tenant;

import java.util.Locale;
import java.util.Optional;

/** What a department rents as a whole; each plan has quotas that a contract may change. */
@SuppressWarnings("ImmutableEnumChecker") // a record of numbers is immutable
public enum Plan {
  /** A county office. */
  SMALL(new Quotas(5, 5_000, 20, 10L << 30)),
  /** A bureau of a city. */
  STANDARD(new Quotas(20, 100_000, 100, 100L << 30)),
  /** A department with millions of cases. */
  LARGE(new Quotas(100, 5_000_000, 1_000, 2L << 40));

  private final Quotas quotas;

  Plan(Quotas quotas) {
    this.quotas = quotas;
  }

  /** The quotas that come with the plan. */
  public Quotas quotas() {
    return quotas;
  }

  /** The stable lower-case name, such as {@code standard}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The plan with a label; empty if there is none. */
  public static Optional<Plan> labelled(String label) {
    for (var plan : values()) {
      if (plan.label().equals(label)) {
        return Optional.of(plan);
      }
    }
    return Optional.empty();
  }
}

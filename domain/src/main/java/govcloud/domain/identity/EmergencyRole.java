package govcloud.domain.identity;

import java.time.Duration;
import java.time.Instant;

/**
 * A role that a person has for an hour in place of the own ones (break-glass), so that nobody has
 * two duties meanwhile. It ends by itself, or earlier when somebody decides on the account.
 *
 * @param role the only one until then
 * @param operation which two people have signed
 * @param until when it ends
 */
public record EmergencyRole(String role, String operation, Instant until) {

  /** So long it lasts. */
  public static final Duration LIFE = Duration.ofMinutes(60);

  /** Whether it is not over. */
  public boolean isOn(Instant now) {
    return now.isBefore(until);
  }

  /** The same, over at a moment if it was not before: what gave it gives it no second time. */
  EmergencyRole endedAt(Instant at) {
    return isOn(at) ? new EmergencyRole(role, operation, at) : this;
  }
}

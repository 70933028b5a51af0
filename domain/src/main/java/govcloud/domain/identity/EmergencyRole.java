package govcloud.domain.identity;

import java.time.Duration;
import java.time.Instant;

/**
 * A role that a person has for an hour in place of the own ones (break-glass), so that nobody has
 * two duties meanwhile. It ends by itself.
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
}

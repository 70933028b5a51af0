package govcloud.domain;

import java.util.Objects;

/**
 * The person or program that asks, and the role in which it does so.
 *
 * @param account through which it was asked, where that is not the person's own; or an empty string
 */
public record Actor(String person, String role, String account) {

  /** Role of the government operator who runs the platform. */
  public static final String OPERATOR = "operator";

  /** Role of Govcloud itself when it carries on what a person has begun. */
  public static final String PLATFORM = "platform";

  /** Role of a person who brings in a past history: may give original times. */
  public static final String IMPORTER = "importer";

  public Actor {
    Objects.requireNonNull(person, "person");
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(account, "account");
  }

  /** Somebody who asks by himself. */
  public Actor(String person, String role) {
    this(person, role, "");
  }

  /** The same person, for whom another account asks. */
  public Actor through(String other) {
    return new Actor(person, role, other);
  }

  /** The platform acting by itself. */
  public static Actor platform() {
    return new Actor("govcloud", PLATFORM);
  }
}

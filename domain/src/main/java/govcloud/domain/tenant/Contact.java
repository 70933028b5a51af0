package govcloud.domain.tenant;

import java.util.Objects;

/**
 * Somebody at the department whom the operator can reach.
 *
 * @param role what the person does there, such as {@code technical} or {@code on-call}
 * @param phone as dialled, or an empty string
 * @param email an address, or an empty string
 */
public record Contact(String name, String role, String phone, String email) {
  public Contact {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(phone, "phone");
    Objects.requireNonNull(email, "email");
  }
}

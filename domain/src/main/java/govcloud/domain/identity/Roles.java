package govcloud.domain.identity;

import govcloud.domain.Actor;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The roles that accounts may have. Three duties of administrators exclude each other and every
 * other role, so that nobody can do everything; everything else is a staff role of a department.
 */
public final class Roles {

  /** Keeps the machines running. */
  public static final String SYSTEM = "system-administrator";

  /** Decides on accounts. */
  public static final String SECURITY = "security-administrator";

  /** Looks at what everybody did. */
  public static final String AUDIT = "audit-administrator";

  /** Somebody in private, who sees what concerns this person and nothing else. */
  public static final String CITIZEN = "citizen";

  /** Role of somebody who has not signed in. */
  public static final String VISITOR = "visitor";

  /** Role of somebody who acts on an account of his own. */
  public static final String SELF = "self";

  /** The duties of administrators: one for each person, and nothing else beside it. */
  public static final Set<String> DUTIES = Set.of(SYSTEM, SECURITY, AUDIT);

  private static final Set<String> OF_THE_PLATFORM =
      Set.of(SYSTEM, SECURITY, AUDIT, CITIZEN, Actor.OPERATOR, Actor.IMPORTER);
  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,62}");
  private static final int MOST = 16;

  private Roles() {}

  /** What is wrong with the roles of an account whose home is {@code tenant}, or the platform. */
  static Optional<String> fault(Optional<String> tenant, List<String> roles) {
    if (roles.isEmpty() || roles.size() > MOST || Set.copyOf(roles).size() != roles.size()) {
      return Optional.of("roles: " + roles + " (expected: 1 to " + MOST + " different ones)");
    }
    for (var role : roles) {
      if (tenant.isEmpty() && !OF_THE_PLATFORM.contains(role)) {
        return Optional.of(
            "role: " + role + " on the platform (expected: one of " + platformRoles() + ")");
      }
      if (tenant.isPresent() && !isOfStaff(role)) {
        return Optional.of(
            "role: "
                + role
                + " in a department (expected: ^"
                + FORM
                + "$, and none of "
                + platformRoles()
                + " or platform)");
      }
    }
    return Optional.empty();
  }

  private static boolean isOfStaff(String role) {
    return FORM.matcher(role).matches()
        && !OF_THE_PLATFORM.contains(role)
        && !role.equals(Actor.PLATFORM);
  }

  private static List<String> platformRoles() {
    return OF_THE_PLATFORM.stream().sorted().toList();
  }

  /** Whether somebody with these roles could do what two people have to do, or is two people. */
  static boolean mixDuties(List<String> roles) {
    return roles.size() > 1
        && roles.stream().anyMatch(role -> DUTIES.contains(role) || role.equals(CITIZEN));
  }

  /** Whether a program may act in it: neither a duty of an administrator nor a private person. */
  public static boolean isForPrograms(String role) {
    return !DUTIES.contains(role) && !role.equals(CITIZEN);
  }
}

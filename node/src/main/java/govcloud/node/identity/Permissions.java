package govcloud.node.identity;

import govcloud.node.http.Contract;
import govcloud.node.http.OperationLines;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * Who may ask for which operation: {@code permissions.txt}, in which every operation has a line.
 */
final class Permissions {

  private static final String FILE = "permissions.txt";

  /** Anybody, also without an account. */
  static final String EVERYBODY = "everybody";

  /** Anybody who has an account. */
  static final String SIGNED_IN = "signed-in";

  /** Anybody in the department that the path names. */
  static final String STAFF = "staff";

  private final Map<String, Set<String>> roles;

  private Permissions(Map<String, Set<String>> roles) {
    this.roles = roles;
  }

  /**
   * Reads the table.
   *
   * @throws IllegalStateException when an operation has no line, or a line no operation
   */
  static Permissions load(Contract contract) {
    return of(OperationLines.text(FILE), contract);
  }

  static Permissions of(String text, Contract contract) {
    var roles =
        OperationLines.read(
            FILE, text, contract, words -> Set.copyOf(words.subList(1, words.size())));
    requireSensible(roles, contract);
    return new Permissions(roles);
  }

  private static void requireSensible(Map<String, Set<String>> roles, Contract contract) {
    var wrong =
        roles.keySet().stream()
            .filter(id -> roles.get(id).contains(EVERYBODY) != contract.isOpen(id))
            .toList();
    var nobody = roles.keySet().stream().filter(id -> roles.get(id).isEmpty()).toList();
    if (!wrong.isEmpty() || !nobody.isEmpty()) {
      throw new IllegalStateException(
          "%s: lines without role %s, open in only one of it and openapi.yaml %s"
              .formatted(FILE, nobody, wrong));
    }
  }

  /** Whether somebody with this role may ask for it. */
  boolean allow(String operation, String role, boolean ofTheDepartment) {
    var allowed = roles.get(operation);
    return allowed.contains(role)
        || allowed.contains(SIGNED_IN)
        || (ofTheDepartment && allowed.contains(STAFF));
  }

  /** For messages. */
  String expected(String operation) {
    return Arrays.toString(roles.get(operation).stream().sorted().toArray());
  }
}

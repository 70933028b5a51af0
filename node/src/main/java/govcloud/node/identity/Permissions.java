package govcloud.node.identity;

import govcloud.node.http.Contract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Who may ask for which operation: {@code permissions.txt}, in which every operation has a line.
 */
final class Permissions {

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
    try (var in = Permissions.class.getResourceAsStream("/permissions.txt")) {
      return of(new String(in.readAllBytes(), StandardCharsets.UTF_8), contract);
    } catch (IOException e) {
      throw new UncheckedIOException("permissions.txt: not readable", e);
    }
  }

  static Permissions of(String text, Contract contract) {
    var roles =
        text.lines()
            .map(line -> line.replaceAll("#.*", "").strip())
            .filter(line -> !line.isEmpty())
            .map(line -> List.of(line.split("\\s+")))
            .collect(
                Collectors.toMap(
                    words -> words.get(0),
                    words -> Set.copyOf(words.subList(1, words.size())),
                    (one, other) -> {
                      throw new IllegalStateException("permissions.txt: an operation twice");
                    },
                    TreeMap::new));
    requireComplete(roles, contract);
    return new Permissions(roles);
  }

  private static void requireComplete(Map<String, Set<String>> roles, Contract contract) {
    var missing = new TreeSet<>(contract.operationIds());
    missing.removeAll(roles.keySet());
    var unknown = new TreeSet<>(roles.keySet());
    unknown.removeAll(contract.operationIds());
    var wrong =
        roles.keySet().stream()
            .filter(contract.operationIds()::contains)
            .filter(id -> roles.get(id).contains(EVERYBODY) != contract.isOpen(id))
            .toList();
    var nobody = roles.keySet().stream().filter(id -> roles.get(id).isEmpty()).toList();
    if (!missing.isEmpty() || !unknown.isEmpty() || !wrong.isEmpty() || !nobody.isEmpty()) {
      throw new IllegalStateException(
          ("permissions.txt: operations without line %s, lines without operation %s, lines without"
                  + " role %s, open in only one of permissions.txt and openapi.yaml %s")
              .formatted(missing, unknown, nobody, wrong));
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

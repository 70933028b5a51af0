package govcloud.domain.casework;

import java.util.Map;
import java.util.Objects;

/**
 * Who wants something of the department.
 *
 * @param kind such as {@code person}, {@code company} or {@code department}
 * @param documentKind kind of the identity document, such as {@code identity-card}
 * @param documentNumber its number
 */
public record Applicant(String name, String kind, String documentKind, String documentNumber) {

  /** Nobody. */
  public static final Applicant NONE = new Applicant("", "", "", "");

  public Applicant {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(documentKind, "documentKind");
    Objects.requireNonNull(documentNumber, "documentNumber");
  }

  /** The form in which guards see it. */
  Map<String, Object> variables() {
    return Map.of(
        "name", name,
        "kind", kind,
        "document_kind", documentKind,
        "document_number", documentNumber);
  }
}

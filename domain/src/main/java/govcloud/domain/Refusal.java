package govcloud.domain;

import java.util.Map;
import java.util.Objects;

/**
 * Why a request was turned down.
 *
 * @param code stable, for programs
 * @param kind decides the HTTP status and the exit code
 * @param message for people; names the value and the expectation
 * @param details further facts by name, such as the actions that are allowed
 */
public record Refusal(
    String code, RefusalCode.Kind kind, String message, Map<String, String> details) {
  public Refusal {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(message, "message");
    details = Map.copyOf(details);
  }

  /** A refusal without further facts. */
  public static Refusal of(RefusalCode code, String message) {
    return new Refusal(code.name(), code.kind(), message, Map.of());
  }

  /** The same refusal with one more fact. */
  public Refusal with(String name, String value) {
    var more = new java.util.HashMap<>(details);
    more.put(name, value);
    return new Refusal(code, kind, message, more);
  }
}

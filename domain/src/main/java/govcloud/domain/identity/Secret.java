package govcloud.domain.identity;

import java.util.Objects;

/** A text that is never printed: not in logs, not in messages, not in the event feed. */
public record Secret(String value) {

  public Secret {
    Objects.requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return "***";
  }
}

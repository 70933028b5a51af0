package govcloud.domain;

import java.time.Instant;
import java.util.Objects;

/** What a decision may know beside state and command: when it is taken and for whom. */
public record Context(Instant now, Actor actor) {
  public Context {
    Objects.requireNonNull(now, "now");
    Objects.requireNonNull(actor, "actor");
  }
}

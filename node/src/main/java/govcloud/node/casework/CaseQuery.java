package govcloud.node.casework;

import java.time.Instant;
import java.util.Optional;

/**
 * Which cases of an app or a department are wanted.
 *
 * @param app only of this app, or of all apps of the department
 * @param state only in this process state; needs an app
 * @param assignee only those that this person has
 * @param dueBefore only with a running clock that is due before
 * @param sort order of the list
 */
public record CaseQuery(
    Optional<String> app,
    Optional<String> state,
    Optional<String> assignee,
    Optional<Instant> dueBefore,
    Sort sort) {

  /** Orders: earliest due first with those without a due time last, or last changed first. */
  public enum Sort {
    DUE,
    UPDATED
  }

  public CaseQuery {
    if (state.isPresent() && app.isEmpty()) {
      throw new IllegalArgumentException("state: " + state.get() + " (expected: with an app)");
    }
  }

  /** All cases of an app. */
  public static CaseQuery ofApp(String app, Sort sort) {
    return new CaseQuery(
        Optional.of(app), Optional.empty(), Optional.empty(), Optional.empty(), sort);
  }

  boolean admits(CaseRow row) {
    return app.filter(name -> !name.equals(row.app())).isEmpty()
        && state.filter(name -> !name.equals(row.state())).isEmpty()
        && assignee.filter(name -> !name.equals(row.assignee())).isEmpty()
        && dueBefore.filter(limit -> !row.due().filter(limit::isAfter).isPresent()).isEmpty();
  }
}

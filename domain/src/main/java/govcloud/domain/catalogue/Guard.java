package govcloud.domain.catalogue;

import java.util.Map;

/**
 * A compiled condition of a process. Pure and bounded; evaluates over {@code form}, {@code
 * action_form}, {@code state}, {@code role}, {@code person}, {@code applicant}, {@code opened_by}
 * (who opened the case) and {@code own_actions} (which actions this person took). The catalogue
 * itself adds {@code cloud_kind} ({@code extranet} or {@code intranet}); a missing variable counts
 * as empty.
 */
public interface Guard {

  /** The expression as written in the app's folder. */
  String expression();

  /** What {@code variables} give; an evaluation error counts as a refusal with a reason. */
  Verdict test(Map<String, Object> variables);

  /**
   * Whether the action may happen, and if not by error, why.
   *
   * @param error what went wrong in the evaluation; empty when it simply gave true or false
   */
  record Verdict(boolean allowed, String error) {}
}

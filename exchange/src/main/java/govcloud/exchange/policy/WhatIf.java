package govcloud.exchange.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What another policy would have said to calls that were recorded: pure, so that whoever has the
 * records finds the same again.
 *
 * @param asked calls of which the policy was asked then
 * @param notAsked calls that something else decided before the policy, or that nothing was kept of
 * @param nowPermitted calls that were denied and would pass
 * @param nowDenied calls that passed and would be denied
 * @param failed those of them, of both kinds and of the unchanged, where the policy ends in an
 *     error
 * @param examples of changes, the newest first
 */
public record WhatIf(
    long asked,
    long notAsked,
    long nowPermitted,
    long nowDenied,
    long failed,
    List<Change> examples) {

  /** So many examples are given of each kind. */
  public static final int EXAMPLES = 10;

  public WhatIf {
    examples = List.copyOf(examples);
  }

  /**
   * A recorded call.
   *
   * @param id of the exchange
   * @param input what the policy looked at; empty where it was not asked
   * @param permitted what the policy said then
   */
  public record Recorded(String id, Instant at, String input, boolean permitted) {}

  /**
   * A call whose verdict changes.
   *
   * @param permitted what the policy would say
   * @param error why it could not be evaluated; empty where it simply says true or false
   */
  public record Change(Recorded call, boolean permitted, String error) {}

  /** Asks a policy about calls, the newest first. */
  public static WhatIf of(Policy proposed, List<Recorded> calls) {
    long asked = 0;
    long permitted = 0;
    long denied = 0;
    long failed = 0;
    List<Change> examples = new ArrayList<>();
    for (Recorded call : calls) {
      if (call.input().isEmpty()) {
        continue;
      }
      asked++;
      Verdict verdict = proposed.decide(PolicyInput.parse(call.input()));
      failed += verdict.error().isEmpty() ? 0 : 1;
      if (verdict.permit() == call.permitted()) {
        continue;
      }
      long before = verdict.permit() ? permitted++ : denied++;
      if (before < EXAMPLES) {
        examples.add(new Change(call, verdict.permit(), verdict.error()));
      }
    }
    return new WhatIf(asked, calls.size() - asked, permitted, denied, failed, examples);
  }
}

package govcloud.cli.xes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * A trace as requests to the API.
 *
 * @param caseId identifier of the case
 * @param traceName name of the trace in the log, or its position
 * @param idempotencyKey of the creation
 * @param body of the creation
 * @param events one for each event, in order
 */
public record CaseDraft(
    String caseId,
    String traceName,
    String idempotencyKey,
    ObjectNode body,
    List<EventDraft> events) {

  public CaseDraft {
    events = List.copyOf(events);
  }

  /**
   * One event as a request.
   *
   * @param index position in the trace, from 0
   * @param activity what the log calls it
   * @param action the action of the process, if one is mapped to the activity
   * @param person who did it
   * @param idempotencyKey of the request
   * @param body of the action: original time and all attributes
   */
  public record EventDraft(
      int index,
      String activity,
      Optional<String> action,
      String person,
      String idempotencyKey,
      ObjectNode body) {}
}

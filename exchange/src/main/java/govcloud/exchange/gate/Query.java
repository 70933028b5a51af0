package govcloud.exchange.gate;

import java.time.Instant;
import java.util.List;

/**
 * What is asked.
 *
 * @param consumer the department that asks
 * @param person the clerk
 * @param role the clerk's role
 * @param caseId how the cited case is called, for messages
 * @param subject document number of the data subject
 * @param subjectKind such as {@code person} or {@code company}
 * @param fields wanted ones; empty: all that were agreed
 * @param at when
 */
public record Query(
    String consumer,
    String person,
    String role,
    String caseId,
    String subject,
    String subjectKind,
    List<String> fields,
    Instant at) {

  public Query {
    fields = List.copyOf(fields);
  }
}

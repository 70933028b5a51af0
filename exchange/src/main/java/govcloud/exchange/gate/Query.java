package govcloud.exchange.gate;

import govcloud.domain.sharing.Mode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
 * @param mode file or batch: everything at once; none: as records
 */
public record Query(
    String consumer,
    String person,
    String role,
    String caseId,
    String subject,
    String subjectKind,
    List<String> fields,
    Instant at,
    Optional<Mode> mode) {

  public Query {
    fields = List.copyOf(fields);
  }
}

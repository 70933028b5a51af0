package govcloud.node.recall;

import govcloud.domain.recall.RecallState;

/**
 * A recall in a list.
 *
 * @param provider the department that corrected the record
 * @param recall its id in that department
 * @param version of the entity that the row reflects
 */
public record RecallRow(String provider, String recall, RecallState state, long version) {}

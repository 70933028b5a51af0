package govcloud.node.correction;

import govcloud.domain.correction.CorrectionState;

/**
 * A request for a correction in a list.
 *
 * @param provider the department that answers
 * @param version of the entity that the row reflects
 */
public record CorrectionRow(String provider, CorrectionState state, long version) {}

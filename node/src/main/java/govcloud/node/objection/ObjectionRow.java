package govcloud.node.objection;

import govcloud.domain.objection.ObjectionState;

/**
 * An objection in a list.
 *
 * @param provider the department that answers
 * @param exchange id of the exchange
 * @param version of the entity that the row reflects
 */
public record ObjectionRow(String provider, String exchange, ObjectionState state, long version) {}

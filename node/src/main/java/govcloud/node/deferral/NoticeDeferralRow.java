package govcloud.node.deferral;

import govcloud.domain.deferral.NoticeDeferralState;

/**
 * A deferral in a list.
 *
 * @param consumer the department whose looks are deferred
 * @param caseId app and id of the case, with a slash between them
 * @param version of the entity that the row reflects
 */
public record NoticeDeferralRow(
    String consumer, String caseId, NoticeDeferralState state, long version) {}

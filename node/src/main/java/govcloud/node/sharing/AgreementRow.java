package govcloud.node.sharing;

import govcloud.domain.sharing.AgreementState;
import java.time.Instant;

/**
 * An agreement in a list.
 *
 * @param consumer the department that applied for it
 * @param version of the entity that the row reflects
 */
public record AgreementRow(
    String consumer,
    String agreement,
    AgreementState state,
    long version,
    Instant createdAt,
    Instant updatedAt) {}

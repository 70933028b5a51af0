package govcloud.node.sharing;

import govcloud.domain.sharing.ResourceState;
import java.time.Instant;

/**
 * A data resource in a list.
 *
 * @param newest its newest version
 * @param version of the entity that the row reflects
 * @param updatedAt when it last changed
 */
public record ResourceRow(
    ResourceState.Status status, ResourceState.Version newest, long version, Instant updatedAt) {}

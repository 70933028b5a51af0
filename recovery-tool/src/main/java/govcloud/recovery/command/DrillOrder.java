package govcloud.recovery.command;

import java.util.List;
import java.util.Optional;

/**
 * Who wants a drill of what.
 *
 * @param sample so many slices alone; empty: everything
 * @param askedBy who asks
 * @param approvedBy who approves, and is somebody else
 */
record DrillOrder(Optional<Integer> sample, String askedBy, List<String> approvedBy) {}

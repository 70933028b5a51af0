package govcloud.node.replication.cut;

import java.util.Map;

/**
 * A hybrid clock that is closed in every slice.
 *
 * @param clock up to which every slice is closed
 * @param marks for each slice, the offset of its mark
 */
record Moment(long clock, Map<Integer, Long> marks) {}

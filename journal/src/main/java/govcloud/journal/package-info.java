/**
 * The slice journal's vocabulary: slices, positions, clocks, and the coded errors that callers have
 * to tell apart.
 */
package govcloud.journal;

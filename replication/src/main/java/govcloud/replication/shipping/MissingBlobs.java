package govcloud.replication.shipping;

/**
 * Blobs that are here and not known to be at the sibling.
 *
 * @param count how many
 * @param bytes of them, as stored
 * @param oldestMillis since when one is known to be missing, milliseconds since 1970; 0: none is
 */
public record MissingBlobs(long count, long bytes, long oldestMillis) {}

package govcloud.faultlab.checker;

/**
 * A row of the table {@code chunk} as Cassandra gave it.
 *
 * @param entity whose records
 * @param to sequence of the last
 * @param from sequence of the first
 * @param encoding 0 plain, 1 Zstandard
 * @param content as stored, in Base64
 */
public record ChunkRow(String entity, long to, long from, int encoding, String content) {}

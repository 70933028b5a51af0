package govcloud.journal.reader;

import govcloud.journal.core.Batch;

/**
 * A row of a slice's log.
 *
 * @param offset from 0 without gap
 * @param batch as stored
 */
public record LoggedBatch(long offset, Batch batch) {}

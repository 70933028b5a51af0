package govcloud.journal.reader;

import govcloud.protobuf.journal.v1.Record;

/**
 * A record and where it lies in its slice.
 *
 * @param position as {@link govcloud.journal.Position} writes it
 * @param record as stored
 */
public record PositionedRecord(long position, Record record) {}

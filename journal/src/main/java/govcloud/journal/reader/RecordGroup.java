package govcloud.journal.reader;

import java.util.List;

/**
 * Records of one slice that were there together.
 *
 * @param records in the order of the log, at least one
 * @param last whether none was known to follow them
 */
public record RecordGroup(List<PositionedRecord> records, boolean last) {

  public RecordGroup {
    records = List.copyOf(records);
  }

  /** Position of the last record. */
  public long position() {
    return records.get(records.size() - 1).position();
  }
}

package govcloud.node.projection;

import govcloud.journal.reader.PositionedRecord;
import java.util.ArrayList;
import java.util.List;

/** Records of one slice that a projection takes in together: what came while it was busy. */
final class RecordBatch {

  /** Records of one batch at most. */
  static final int MOST = 1024;

  private final List<PositionedRecord> records = new ArrayList<>();

  RecordBatch(PositionedRecord first) {
    records.add(first);
  }

  RecordBatch with(PositionedRecord next) {
    records.add(next);
    return this;
  }

  List<PositionedRecord> records() {
    return records;
  }

  /** Position of the last record. */
  long position() {
    return records.get(records.size() - 1).position();
  }
}

package govcloud.node.projection;

import govcloud.domain.Commit;
import govcloud.protobuf.journal.v1.Record;

/** Reads what a journal record carries. */
@FunctionalInterface
public interface CommitDecoder {

  /** The commit in a record; fails with a RuntimeException when no codec can read it. */
  Commit<?> decode(Record record);
}

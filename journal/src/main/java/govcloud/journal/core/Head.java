package govcloud.journal.core;

import com.google.protobuf.ByteString;
import govcloud.journal.RecordHash;

/**
 * The end of an entity's records.
 *
 * @param sequence of the last record, 0 if there is none
 * @param hash of the last record, empty if there is none
 */
record Head(long sequence, ByteString hash) {

  static final Head NONE = new Head(0, RecordHash.NONE);
}

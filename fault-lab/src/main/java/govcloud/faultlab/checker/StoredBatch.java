package govcloud.faultlab.checker;

import com.google.protobuf.ByteString;
import govcloud.protobuf.journal.v1.LogBatch;

/**
 * A row of the log, unpacked.
 *
 * @param row where it lay
 * @param content what it says
 * @param hash SHA-256 of the unpacked bytes, or of what a stub was before
 */
record StoredBatch(LogRow row, LogBatch content, ByteString hash) {}

package govcloud.replication.archive;

import com.google.protobuf.ByteString;

/**
 * A segment that was made.
 *
 * @param file its bytes
 * @param head what the next one continues
 */
public record WrittenSegment(ByteString file, SliceHead head) {}

package govcloud.replication.archive;

import com.google.protobuf.ByteString;

/**
 * How far a slice is replicated; what its next segment must continue.
 *
 * @param slice the slice
 * @param number the last segment's number, 0 before the first
 * @param segmentHash the last segment's hash, empty before the first
 * @param nextOffset offset of the next batch
 * @param chain commitment of the last batch, empty before the first
 */
public record SliceHead(
    int slice, long number, ByteString segmentHash, long nextOffset, ByteString chain) {

  /** Before the first segment. */
  public static SliceHead start(int slice) {
    return new SliceHead(slice, 0, ByteString.EMPTY, 0, ByteString.EMPTY);
  }
}

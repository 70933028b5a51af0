package govcloud.replication.archive;

import com.google.protobuf.ByteString;

/**
 * What is known to have been in a replica, from elsewhere: an older state than this is a rollback.
 *
 * @param generation of a manifest, 0 where none is known
 * @param manifestHash of that manifest
 * @param cut number of a cut, 0 where none is known
 * @param cutHash of that cut
 */
public record ReplicaAnchor(
    long generation, ByteString manifestHash, long cut, ByteString cutHash) {
  /** Nothing is known. */
  public static final ReplicaAnchor NONE =
      new ReplicaAnchor(0, ByteString.EMPTY, 0, ByteString.EMPTY);
}

package govcloud.node.replication;

/** What nodes say to each other about replication. */
public sealed interface ReplicationMessage {

  /** News of a slice. */
  record Told(SliceState state) implements ReplicationMessage {}

  /** News of a check of the archive. */
  record Verified(VerificationReport report) implements ReplicationMessage {}

  /** Somebody waits for the sibling's receipt of everything up to an offset. */
  record Hurry(int slice, long offset) implements ReplicationMessage {}
}

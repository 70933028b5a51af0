package govcloud.node.replication;

/** What nodes say to each other about replication. */
public sealed interface ReplicationMessage {

  /** News of a slice. */
  record Told(SliceState state) implements ReplicationMessage {}

  /** News of a check of the archive. */
  record Verified(VerificationReport report) implements ReplicationMessage {}

  /** News of the attachments that are not at the sibling. */
  record Attachments(AttachmentState state) implements ReplicationMessage {}

  /** An attachment is kept here, and is sent. */
  record Leaves(String address, long length) implements ReplicationMessage {}

  /** An attachment has arrived at the sibling. */
  record Arrived(String address) implements ReplicationMessage {}

  /** An attachment could not be sent. */
  record Undelivered() implements ReplicationMessage {}

  /** What the sibling has lost of what this cloud sent, and asks for again. */
  record LostThere(SegmentLoss loss) implements ReplicationMessage {}

  /** What this cloud has lost of what the sibling sent. */
  record LostHere(SegmentLoss loss) implements ReplicationMessage {}

  /** The sibling gets again what it signed for and lacks, as an operation of this name. */
  record Refill(String operation) implements ReplicationMessage {}

  /** Somebody waits for the sibling's receipt of everything up to an offset. */
  record Hurry(int slice, long offset) implements ReplicationMessage {}
}

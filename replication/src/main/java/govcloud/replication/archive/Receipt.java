package govcloud.replication.archive;

import com.google.protobuf.ByteString;
import govcloud.protobuf.replica.v1.ReceiptStatement;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.ReplicaDefect;
import govcloud.replication.statement.SignedStatement;
import govcloud.replication.statement.SigningKey;
import govcloud.replication.statement.StatementKind;

/** The sibling's word that it has a segment, verified and stored for good. */
public final class Receipt {
  private final Checked<ReceiptStatement> checked;

  private Receipt(Checked<ReceiptStatement> checked) {
    this.checked = checked;
  }

  /**
   * Signs a receipt; only for a segment that was verified and is stored.
   *
   * @param key the receiver's
   * @param receivedAt milliseconds since 1970
   */
  public static ByteString write(SigningKey key, Segment segment, long receivedAt) {
    ReceiptStatement statement =
        ReceiptStatement.newBuilder()
            .setOrigin(segment.statement().getOrigin())
            .setReceiver(key.cloud())
            .setSlice(segment.statement().getSlice())
            .setNumber(segment.statement().getNumber())
            .setSegmentHash(segment.hash())
            .setLastOffset(segment.lastOffset())
            .setChain(segment.lastChain())
            .setReceivedAt(receivedAt)
            .build();
    return SignedStatement.sign(StatementKind.RECEIPT, statement.toByteString(), key);
  }

  /**
   * Checks a file: signature, clouds, place, structure.
   *
   * @throws DamagedReplicaException with the first defect
   */
  public static Receipt verify(ArchiveName name, byte[] file, ReplicaTrust trust)
      throws DamagedReplicaException {
    Checked<ReceiptStatement> checked =
        Checked.read(
            StatementKind.RECEIPT,
            name.text(),
            file,
            trust,
            trust.receiver(),
            ReceiptStatement.parser());
    ReceiptStatement statement = checked.statement();
    checked.requireCloud(statement.getOrigin(), trust.origin());
    checked.requireCloud(statement.getReceiver(), trust.receiver());
    checked.requireHash(statement.getSegmentHash(), "segment hash");
    checked.requireHash(statement.getChain(), "chain");
    checked.requirePlace(
        statement.getSlice() == name.slice() && statement.getNumber() == name.number(),
        "a receipt for segment " + statement.getNumber() + " of slice " + statement.getSlice());
    checked.requireNoBody();
    return new Receipt(checked);
  }

  /**
   * Checks that it is for this segment.
   *
   * @throws DamagedReplicaException with {@code REPLICA_MISMATCH}
   */
  public void requireFor(SliceHead head) throws DamagedReplicaException {
    ReceiptStatement s = statement();
    if (!s.getSegmentHash().equals(head.segmentHash())
        || s.getLastOffset() + 1 != head.nextOffset()
        || !s.getChain().equals(head.chain())) {
      throw checked.about(
          ReplicaDefect.REPLICA_MISMATCH, "for another segment (expected: the one of this number)");
    }
  }

  /** What it says. */
  public ReceiptStatement statement() {
    return checked.statement();
  }
}

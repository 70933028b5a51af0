package govcloud.replication.archive;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import govcloud.protobuf.replica.v1.EntitySpan;
import govcloud.protobuf.replica.v1.KeyGrant;
import govcloud.protobuf.replica.v1.SealedPart;
import govcloud.protobuf.replica.v1.SegmentStatement;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.ReplicaDefect;
import govcloud.replication.statement.ReplicaHash;
import govcloud.replication.statement.StatementKind;
import java.util.List;

/** A segment in which everything that can be checked without a key was found right. */
public final class Segment {
  private final Checked<SegmentStatement> checked;

  private Segment(Checked<SegmentStatement> checked) {
    this.checked = checked;
  }

  /**
   * Checks a file: signature, cloud, place, structure, every chunk.
   *
   * @param name where it lies, and so which segment it must be
   * @throws DamagedReplicaException with the first defect
   */
  public static Segment verify(ArchiveName name, byte[] file, ReplicaTrust trust)
      throws DamagedReplicaException {
    Checked<SegmentStatement> checked =
        Checked.read(
            StatementKind.SEGMENT,
            name.text(),
            file,
            trust,
            trust.origin(),
            SegmentStatement.parser());
    SegmentStatement statement = checked.statement();
    checked.requireCloud(statement.getOrigin(), trust.origin());
    checkPlaces(checked);
    checkParts(checked);
    checked.requirePlace(
        statement.getSlice() == name.slice() && statement.getNumber() == name.number(),
        "segment " + statement.getNumber() + " of slice " + statement.getSlice());
    checkGrant(checked, statement.getGrant(), trust);
    new SealedBody(checked, statement.getPartList()).verify();
    return new Segment(checked);
  }

  private static void checkPlaces(Checked<SegmentStatement> checked)
      throws DamagedReplicaException {
    SegmentStatement s = checked.statement();
    int chain = s.getBatchChain().size();
    checked.require(
        chain > 0
            && chain % ReplicaHash.LENGTH == 0
            && chain / ReplicaHash.LENGTH <= ReplicaLimits.BATCHES,
        "batch chain: " + chain + " bytes");
    checked.require(s.getNumber() >= 1, "number: " + s.getNumber() + " (expected: from 1)");
    checked.require(s.getFirstOffset() >= 0, "first offset: negative");
    requireHashUnless(checked, s.getNumber() == 1, s.getPreviousSegment(), "previous segment");
    requireHashUnless(checked, s.getFirstOffset() == 0, s.getChainBefore(), "chain before");
    checked.require(
        s.getSalt().size() == ReplicaHash.SHORT, "salt: " + s.getSalt().size() + " bytes");
  }

  private static void requireHashUnless(
      Checked<SegmentStatement> checked, boolean first, ByteString hash, String what)
      throws DamagedReplicaException {
    int expected = first ? 0 : ReplicaHash.LENGTH;
    checked.require(
        hash.size() == expected, what + ": " + hash.size() + " bytes (expected: " + expected + ")");
  }

  private static void checkParts(Checked<SegmentStatement> checked) throws DamagedReplicaException {
    List<SealedPart> parts = checked.statement().getPartList();
    checked.require(!parts.isEmpty(), "parts: none");
    SealedPart frame = parts.get(0);
    checked.require(
        frame.getTenant().isEmpty() && frame.getRecords() == 0 && frame.getEntityCount() == 0,
        "part 0: not the frame");
    long records = 0;
    for (int i = 1; i < parts.size(); i++) {
      SealedPart part = parts.get(i);
      checked.require(
          part.getTenant().size() == ReplicaHash.SHORT
              && Pseudonyms.ORDER.compare(parts.get(i - 1).getTenant(), part.getTenant()) < 0,
          "part " + i + ": tenants out of order");
      checked.require(
          spannedRecords(checked, part) == part.getRecords(), "part " + i + ": records");
      records += part.getRecords();
    }
    checked.require(records == checked.statement().getRecords(), "records: not the sum");
    checked.require(
        Leaves.entityRoot(parts).equals(checked.statement().getEntityRoot()),
        "entity root: not that of the spans");
  }

  private static long spannedRecords(Checked<SegmentStatement> checked, SealedPart part)
      throws DamagedReplicaException {
    long records = 0;
    ByteString before = ByteString.EMPTY;
    for (EntitySpan span : part.getEntityList()) {
      checked.require(
          span.getEntity().size() == ReplicaHash.SHORT
              && span.getChain().size() == ReplicaHash.LENGTH
              && span.getTo() >= span.getFrom()
              && Pseudonyms.ORDER.compare(before, span.getEntity()) <= 0,
          "entity span: malformed or out of order");
      before = span.getEntity();
      records += span.getTo() - span.getFrom() + 1;
    }
    return records;
  }

  /** Refuses secrets that are sealed to a recovery key whose shares nobody has. */
  static void checkGrant(Checked<?> checked, KeyGrant grant, ReplicaTrust trust)
      throws DamagedReplicaException {
    if (!trust.recoveryKeys().contains(grant.getRecoveryKey())) {
      throw checked.about(
          ReplicaDefect.REPLICA_GRANT_WRONG,
          "sealed to recovery key "
              + ReplicaHash.hex(grant.getRecoveryKey())
              + " (expected: a known one)");
    }
  }

  /** What it says of itself. */
  public SegmentStatement statement() {
    return checked.statement();
  }

  /** Its hash, by which manifests and receipts name it. */
  public ByteString hash() {
    return checked.hash();
  }

  /** The file, not copied. */
  public ByteString file() {
    return UnsafeByteOperations.unsafeWrap(checked.file());
  }

  /** Bytes of the file. */
  public int size() {
    return checked.file().length;
  }

  /** Batches in it. */
  public int batches() {
    return statement().getBatchChain().size() / ReplicaHash.LENGTH;
  }

  /** Offset of its last batch. */
  public long lastOffset() {
    return statement().getFirstOffset() + batches() - 1;
  }

  /** Commitment of its last batch. */
  public ByteString lastChain() {
    return statement().getBatchChain().substring((batches() - 1) * ReplicaHash.LENGTH);
  }

  /** What the next segment must continue. */
  public SliceHead head() {
    return new SliceHead(
        statement().getSlice(), statement().getNumber(), hash(), lastOffset() + 1, lastChain());
  }

  /** Whether it continues a head. */
  public boolean continues(SliceHead head) {
    SegmentStatement s = statement();
    return s.getSlice() == head.slice()
        && s.getNumber() == head.number() + 1
        && s.getPreviousSegment().equals(head.segmentHash())
        && s.getFirstOffset() == head.nextOffset()
        && s.getChainBefore().equals(head.chain());
  }

  /** The file with its findings' name, for opening. */
  Checked<SegmentStatement> checked() {
    return checked;
  }
}

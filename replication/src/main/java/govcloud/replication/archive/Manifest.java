package govcloud.replication.archive;

import com.google.protobuf.ByteString;
import govcloud.protobuf.replica.v1.ManifestStatement;
import govcloud.protobuf.replica.v1.SegmentEntry;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.SignedStatement;
import govcloud.replication.statement.SigningKey;
import govcloud.replication.statement.StatementKind;
import java.util.Comparator;
import java.util.List;

/** The list of the segments made since the manifest before. */
public final class Manifest {
  private static final Comparator<SegmentEntry> ORDER =
      Comparator.comparingInt(SegmentEntry::getSlice).thenComparingLong(SegmentEntry::getNumber);

  private final Checked<ManifestStatement> checked;

  private Manifest(Checked<ManifestStatement> checked) {
    this.checked = checked;
  }

  /**
   * Makes a manifest.
   *
   * @param previous hash of the one before, empty for generation 1
   * @param segments heads behind the segments that it lists, in any order
   * @param highestClock of those segments
   */
  public static ByteString write(
      SigningKey key,
      long generation,
      ByteString previous,
      List<SliceHead> segments,
      long highestClock) {
    ManifestStatement.Builder statement =
        ManifestStatement.newBuilder()
            .setOrigin(key.cloud())
            .setGeneration(generation)
            .setPreviousManifest(previous)
            .setHighestClock(highestClock);
    segments.stream().map(Manifest::entry).sorted(ORDER).forEach(statement::addSegment);
    return SignedStatement.sign(StatementKind.MANIFEST, statement.build().toByteString(), key);
  }

  private static SegmentEntry entry(SliceHead head) {
    return SegmentEntry.newBuilder()
        .setSlice(head.slice())
        .setNumber(head.number())
        .setHash(head.segmentHash())
        .build();
  }

  /**
   * Checks a file: signature, cloud, place, structure.
   *
   * @throws DamagedReplicaException with the first defect
   */
  public static Manifest verify(ArchiveName name, byte[] file, ReplicaTrust trust)
      throws DamagedReplicaException {
    Checked<ManifestStatement> checked =
        Checked.read(
            StatementKind.MANIFEST,
            name.text(),
            file,
            trust,
            trust.origin(),
            ManifestStatement.parser());
    ManifestStatement statement = checked.statement();
    checked.requireCloud(statement.getOrigin(), trust.origin());
    checked.require(
        statement.getPreviousManifest().size() == (statement.getGeneration() == 1 ? 0 : 32),
        "previous manifest: " + statement.getPreviousManifest().size() + " bytes");
    SegmentEntry before = SegmentEntry.getDefaultInstance();
    for (SegmentEntry entry : statement.getSegmentList()) {
      checked.requireHash(entry.getHash(), "segment hash");
      checked.require(ORDER.compare(before, entry) < 0, "segments: out of order");
      before = entry;
    }
    checked.requirePlace(
        statement.getGeneration() == name.number(), "generation " + statement.getGeneration());
    checked.requireNoBody();
    return new Manifest(checked);
  }

  /** What it says. */
  public ManifestStatement statement() {
    return checked.statement();
  }

  /** Its hash, by which the next one names it. */
  public ByteString hash() {
    return checked.hash();
  }
}

package govcloud.replication.archive;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import govcloud.protobuf.replica.v1.CutBlob;
import govcloud.protobuf.replica.v1.CutSlice;
import govcloud.protobuf.replica.v1.CutStatement;
import govcloud.protobuf.replica.v1.CutTenant;
import govcloud.protobuf.replica.v1.DirectoryPart;
import govcloud.replication.keys.EpochKeys;
import govcloud.replication.keys.PartPlace;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.ReplicaDefect;
import govcloud.replication.statement.ReplicaHash;
import govcloud.replication.statement.StatementKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What exactly was there at one moment. */
public final class Cut {
  /** Of a hybrid clock; above them are milliseconds since 1970. */
  private static final int CLOCK_COUNTER_BITS = 16;

  private final Checked<CutStatement> checked;

  private Cut(Checked<CutStatement> checked) {
    this.checked = checked;
  }

  /**
   * Checks a file: signature, cloud, place, structure, every chunk. Whether the segments agree is
   * for {@link #requireTenants}.
   *
   * @throws DamagedReplicaException with the first defect
   */
  public static Cut verify(ArchiveName name, byte[] file, ReplicaTrust trust)
      throws DamagedReplicaException {
    Checked<CutStatement> checked =
        Checked.read(
            StatementKind.CUT, name.text(), file, trust, trust.origin(), CutStatement.parser());
    CutStatement statement = checked.statement();
    checked.requireCloud(statement.getOrigin(), trust.origin());
    checked.require(
        statement.getPreviousCut().size() == (statement.getNumber() == 1 ? 0 : ReplicaHash.LENGTH),
        "previous cut: " + statement.getPreviousCut().size() + " bytes");
    checkSlices(checked);
    checkTenants(checked);
    checkBlobs(checked);
    checked.require(
        statement.getDeletedTo() >= 0
            && statement.getDeletedTo() < statement.getNumber()
            && (statement.getDeletedTo() == 0) == statement.getDeletion().isEmpty(),
        "deleted: to " + statement.getDeletedTo());
    checked.require(
        statement.getManifestsTo() >= 0
            && (statement.getManifestsTo() == 0 || statement.getDeletedTo() > 0)
            && statement.getManifestsHash().size()
                == (statement.getManifestsTo() == 0 ? 0 : ReplicaHash.LENGTH),
        "manifests: to " + statement.getManifestsTo());
    checked.requirePlace(statement.getNumber() == name.number(), "cut " + statement.getNumber());
    Segment.checkGrant(checked, statement.getGrant(), trust);
    new SealedBody(checked, statement.getDirectoryList()).verify();
    return new Cut(checked);
  }

  /**
   * The last cut of an archive.
   *
   * @throws DamagedReplicaException where it is damaged
   * @throws ArchiveStoreException when the store does not work, or lost it just now
   */
  public static Optional<Cut> last(ArchiveStore store, ReplicaTrust trust)
      throws ArchiveStoreException, DamagedReplicaException {
    Optional<ArchiveName> name = store.last(StatementKind.CUT, 0);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Optional<byte[]> file = store.read(name.get());
    if (file.isEmpty()) {
      throw new ArchiveStoreException(
          ArchiveDefect.ARCHIVE_UNAVAILABLE, name.get() + ": is not there any more");
    }
    return Optional.of(verify(name.get(), file.get(), trust));
  }

  private static void checkSlices(Checked<CutStatement> checked) throws DamagedReplicaException {
    int before = -1;
    for (CutSlice slice : checked.statement().getSliceList()) {
      checked.require(slice.getSlice() > before, "slices: out of order");
      checked.requireHash(slice.getSegmentHash(), "segment hash");
      before = slice.getSlice();
    }
  }

  private static void checkTenants(Checked<CutStatement> checked) throws DamagedReplicaException {
    CutStatement statement = checked.statement();
    checked.require(
        statement.getDirectoryCount() == statement.getTenantCount(), "directories: not one each");
    ByteString before = ByteString.EMPTY;
    long records = 0;
    for (int i = 0; i < statement.getTenantCount(); i++) {
      CutTenant tenant = statement.getTenant(i);
      checked.require(
          tenant.getTenant().size() == ReplicaHash.SHORT
              && Pseudonyms.ORDER.compare(before, tenant.getTenant()) < 0
              && tenant.getTenant().equals(statement.getDirectory(i).getTenant()),
          "tenants: out of order");
      checked.requireHash(tenant.getRoot(), "tenant root");
      before = tenant.getTenant();
      records += tenant.getRecords();
    }
    checked.require(records == statement.getRecords(), "records: not the sum");
    checked.require(
        Leaves.cutRoot(statement.getTenantList()).equals(statement.getRoot()),
        "root: not that of the tenants");
  }

  private static void checkBlobs(Checked<CutStatement> checked) throws DamagedReplicaException {
    ByteString before = ByteString.EMPTY;
    for (CutBlob blob : checked.statement().getBlobList()) {
      checked.requireHash(blob.getAddress(), "blob address");
      checked.require(
          Pseudonyms.ORDER.compare(before, blob.getAddress()) < 0, "blobs: out of order");
      before = blob.getAddress();
    }
  }

  /**
   * Checks that segments tell the same.
   *
   * @throws DamagedReplicaException with {@code REPLICA_MISMATCH}, naming the first tenant
   */
  public void requireTenants(List<CutTenant> found) throws DamagedReplicaException {
    List<CutTenant> named = statement().getTenantList();
    for (int i = 0; i < Math.max(named.size(), found.size()); i++) {
      if (i >= named.size() || i >= found.size() || !named.get(i).equals(found.get(i))) {
        CutTenant about = i < named.size() ? named.get(i) : found.get(i);
        throw checked.about(
            ReplicaDefect.REPLICA_MISMATCH,
            "tenant " + ReplicaHash.hex(about.getTenant()) + ": the segments tell otherwise");
      }
    }
  }

  /** A tenant's id directory, opened with the keys of the cut's epoch. */
  public DirectoryPart directory(EpochKeys keys, String tenant) throws DamagedReplicaException {
    ByteString pseudonym = keys.tenant(tenant);
    for (int i = 0; i < statement().getDirectoryCount(); i++) {
      if (statement().getDirectory(i).getTenant().equals(pseudonym)) {
        return open(keys, tenant, i);
      }
    }
    return DirectoryPart.newBuilder().setTenant(tenant).build();
  }

  private DirectoryPart open(EpochKeys keys, String tenant, int index)
      throws DamagedReplicaException {
    PartPlace place =
        new PartPlace(StatementKind.CUT, statement().getOrigin(), 0, statement().getNumber());
    byte[] text =
        new SealedBody(checked, statement().getDirectoryList())
            .open(index, keys.tenantKey(tenant, place, statement().getSalt(), index));
    try {
      return DirectoryPart.parseFrom(text);
    } catch (InvalidProtocolBufferException e) {
      throw checked.about(ReplicaDefect.REPLICA_CONTENT_WRONG, "directory " + index);
    }
  }

  /** The file. */
  public ByteString file() {
    return UnsafeByteOperations.unsafeWrap(checked.file());
  }

  /** What it says. */
  public CutStatement statement() {
    return checked.statement();
  }

  /** The moment that it closes. */
  public Instant closedAt() {
    return Instant.ofEpochMilli(statement().getClosedClock() >> CLOCK_COUNTER_BITS);
  }

  /**
   * Whether it holds everything that a site accepted before it was moved.
   *
   * @param since when the site was drained
   */
  public boolean isFinalSince(Instant since) {
    return statement().getDrained() && !closedAt().isBefore(since);
  }

  /** Which cuts people agreed to delete. */
  public CutDeletion deletion() {
    return new CutDeletion(statement().getDeletedTo(), statement().getDeletion());
  }

  /** Where the manifests begin. */
  public ManifestBeginning beginning() {
    return new ManifestBeginning(statement().getManifestsTo(), statement().getManifestsHash());
  }

  /** For each slice that has segments, the number of the one with which the cut ends. */
  public Map<Integer, Long> ends() {
    Map<Integer, Long> ends = new TreeMap<>();
    statement().getSliceList().forEach(slice -> ends.put(slice.getSlice(), slice.getSegment()));
    return ends;
  }

  /** Its hash. */
  public ByteString hash() {
    return checked.hash();
  }

  /** The finding that something does not fit it. */
  public DamagedReplicaException mismatch(String detail) {
    return checked.about(ReplicaDefect.REPLICA_MISMATCH, detail);
  }
}

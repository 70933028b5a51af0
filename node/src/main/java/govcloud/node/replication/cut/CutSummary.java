package govcloud.node.replication.cut;

import govcloud.journal.HybridClock;
import govcloud.protobuf.replica.v1.CutBlob;
import govcloud.protobuf.replica.v1.CutTenant;
import govcloud.replication.archive.Cut;
import govcloud.replication.statement.ReplicaHash;
import java.time.Instant;

/**
 * A cut in a few figures.
 *
 * @param number 1, 2, 3 ...
 * @param countersigned whether the sibling found the same in its own copy
 * @param closedAt the moment
 * @param tenants with records
 * @param entities of all tenants
 * @param records of all tenants
 * @param blobs attachments
 * @param blobBytes of the attachments
 * @param bytes of the cut's file
 * @param hash names the cut, hexadecimal
 * @param root Merkle root over all tenants, hexadecimal
 */
record CutSummary(
    long number,
    boolean countersigned,
    Instant closedAt,
    long tenants,
    long entities,
    long records,
    long blobs,
    long blobBytes,
    long bytes,
    String hash,
    String root) {

  static CutSummary of(Cut cut, boolean countersigned) {
    var statement = cut.statement();
    return new CutSummary(
        statement.getNumber(),
        countersigned,
        Instant.ofEpochMilli(HybridClock.millisOf(statement.getClosedClock())),
        statement.getTenantCount(),
        statement.getTenantList().stream().mapToLong(CutTenant::getEntities).sum(),
        statement.getRecords(),
        statement.getBlobCount(),
        statement.getBlobList().stream().mapToLong(CutBlob::getLength).sum(),
        cut.file().size(),
        ReplicaHash.hex(cut.hash()),
        ReplicaHash.hex(statement.getRoot()));
  }

  /** The same, now countersigned. */
  CutSummary signed() {
    return new CutSummary(
        number, true, closedAt, tenants, entities, records, blobs, blobBytes, bytes, hash, root);
  }
}

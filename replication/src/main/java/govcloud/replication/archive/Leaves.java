package govcloud.replication.archive;

import com.google.protobuf.ByteString;
import govcloud.protobuf.replica.v1.CutTenant;
import govcloud.protobuf.replica.v1.EntitySpan;
import govcloud.protobuf.replica.v1.SealedPart;
import java.nio.ByteBuffer;
import java.util.List;

/** The leaves of the Merkle trees as bytes, and the trees. */
final class Leaves {
  private Leaves() {}

  /** The root over the entity spans of a segment. */
  static ByteString entityRoot(List<SealedPart> parts) {
    MerkleTree tree = new MerkleTree();
    for (SealedPart part : parts) {
      for (EntitySpan span : part.getEntityList()) {
        tree.add(
            ByteBuffer.allocate(80)
                .put(part.getTenant().asReadOnlyByteBuffer())
                .put(span.getEntity().asReadOnlyByteBuffer())
                .putLong(span.getFrom())
                .putLong(span.getTo())
                .put(span.getChain().asReadOnlyByteBuffer())
                .array());
      }
    }
    return tree.root();
  }

  /** The leaf of an entity in its tenant's tree: pseudonym, sequence, commitment. */
  static byte[] entity(ByteString entity, long sequence, ByteString chain) {
    return ByteBuffer.allocate(56)
        .put(entity.asReadOnlyByteBuffer())
        .putLong(sequence)
        .put(chain.asReadOnlyByteBuffer())
        .array();
  }

  /** The root over the tenants of a cut. */
  static ByteString cutRoot(List<CutTenant> tenants) {
    MerkleTree tree = new MerkleTree();
    for (CutTenant tenant : tenants) {
      tree.add(
          ByteBuffer.allocate(64)
              .put(tenant.getTenant().asReadOnlyByteBuffer())
              .putLong(tenant.getEntities())
              .putLong(tenant.getRecords())
              .put(tenant.getRoot().asReadOnlyByteBuffer())
              .array());
    }
    return tree.root();
  }
}

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
    byte[] leaf = new byte[80];
    ByteBuffer numbers = ByteBuffer.wrap(leaf);
    for (SealedPart part : parts) {
      for (EntitySpan span : part.getEntityList()) {
        part.getTenant().copyTo(leaf, 0);
        span.getEntity().copyTo(leaf, 16);
        numbers.putLong(32, span.getFrom()).putLong(40, span.getTo());
        span.getChain().copyTo(leaf, 48);
        tree.add(leaf);
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

package govcloud.replication.archive;

import com.google.protobuf.ByteString;
import govcloud.replication.statement.ReplicaHash;
import java.security.MessageDigest;

/**
 * The root of a Merkle tree as in RFC 6962: leaves and nodes are hashed in domains of their own.
 */
final class MerkleTree {
  private static final int LEVELS = 63;

  private final MessageDigest digest = ReplicaHash.sha256();
  private final byte[][] whole = new byte[LEVELS][];
  private long leaves;

  /** Adds a leaf behind the others. */
  void add(byte[] leaf) {
    digest.update((byte) 0);
    byte[] hash = digest.digest(leaf);
    int level = 0;
    for (long more = leaves; (more & 1) == 1; more >>= 1) {
      hash = node(whole[level++], hash);
    }
    whole[level] = hash;
    leaves++;
  }

  /** The root of all leaves so far. */
  ByteString root() {
    byte[] root = null;
    for (int level = 0; level < LEVELS; level++) {
      if ((leaves >> level & 1) == 1) {
        root = root == null ? whole[level] : node(whole[level], root);
      }
    }
    return ByteString.copyFrom(root == null ? digest.digest() : root);
  }

  private byte[] node(byte[] left, byte[] right) {
    digest.update((byte) 1);
    digest.update(left);
    return digest.digest(right);
  }
}

package govcloud.replication.archive;

import com.google.protobuf.ByteString;
import govcloud.replication.statement.ReplicaHash;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * The root of a Merkle tree as in RFC 6962: leaves and nodes are hashed in domains of their own.
 */
final class MerkleTree {
  private final MessageDigest digest = ReplicaHash.sha256();
  private final List<byte[]> hashes = new ArrayList<>();
  private final List<Long> sizes = new ArrayList<>();

  /** Adds a leaf behind the others. */
  void add(byte[] leaf) {
    digest.update((byte) 0);
    byte[] hash = digest.digest(leaf);
    long size = 1;
    while (!sizes.isEmpty() && sizes.get(sizes.size() - 1) == size) {
      hash = node(hashes.remove(hashes.size() - 1), hash);
      size += sizes.remove(sizes.size() - 1);
    }
    hashes.add(hash);
    sizes.add(size);
  }

  /** The root of all leaves so far. */
  ByteString root() {
    if (hashes.isEmpty()) {
      return ByteString.copyFrom(digest.digest());
    }
    byte[] root = hashes.get(hashes.size() - 1);
    for (int i = hashes.size() - 2; i >= 0; i--) {
      root = node(hashes.get(i), root);
    }
    return ByteString.copyFrom(root);
  }

  private byte[] node(byte[] left, byte[] right) {
    digest.update((byte) 1);
    digest.update(left);
    return digest.digest(right);
  }
}

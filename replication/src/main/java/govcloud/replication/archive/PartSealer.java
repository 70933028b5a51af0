package govcloud.replication.archive;

import com.github.luben.zstd.ZstdCompressCtx;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import govcloud.protobuf.replica.v1.SealedPart;
import govcloud.replication.keys.PartKey;
import govcloud.replication.statement.ReplicaHash;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/** Compresses parts, and seals them one behind the other into the body of a file. */
final class PartSealer implements AutoCloseable {
  private final List<byte[]> compressed = new ArrayList<>();
  private final List<Integer> rawLengths = new ArrayList<>();
  private final ZstdCompressCtx compressor = new ZstdCompressCtx();
  private byte[] body = {};
  private int position;

  /**
   * A sealer for one file.
   *
   * @param level of Zstandard, 1 to 19
   */
  PartSealer(int level) {
    compressor.setLevel(level);
  }

  /** Compresses the next part. */
  void add(byte[] text) {
    if (text.length > ReplicaLimits.PART) {
      throw new IllegalArgumentException(
          "part: " + text.length + " bytes (expected: <= " + ReplicaLimits.PART + ")");
    }
    compressed.add(compressor.compress(text));
    rawLengths.add(text.length);
  }

  /** The compressed parts, for the salt. */
  List<byte[]> compressed() {
    return compressed;
  }

  /** Seals a part, in order; closes the key. */
  SealedPart.Builder seal(int index, PartKey key) {
    if (index == 0) {
      long length = compressed.stream().mapToLong(part -> PartKey.sealedLength(part.length)).sum();
      body = new byte[Math.toIntExact(length)];
    }
    byte[] text = compressed.get(index);
    int from = position;
    try (key) {
      position = key.seal(text, body, from);
      return SealedPart.newBuilder()
          .setRawLength(rawLengths.get(index))
          .setSealedLength(position - from)
          .setKeyCheck(key.check())
          .setChunkHashes(hashes(from, text.length));
    }
  }

  private ByteString hashes(int from, int length) {
    MessageDigest digest = ReplicaHash.sha256();
    int chunks = PartKey.chunks(length);
    byte[] hashes = new byte[chunks * ReplicaHash.LENGTH];
    int at = from;
    for (int i = 0; i < chunks; i++) {
      int size = Math.min(PartKey.CHUNK, length - i * PartKey.CHUNK) + PartKey.TAG;
      digest.update(body, at, size);
      System.arraycopy(digest.digest(), 0, hashes, i * ReplicaHash.LENGTH, ReplicaHash.LENGTH);
      at += size;
    }
    return UnsafeByteOperations.unsafeWrap(hashes);
  }

  /** The whole file: signed statement and body. */
  byte[] file(ByteString signed) {
    byte[] file = new byte[signed.size() + body.length];
    signed.copyTo(file, 0);
    System.arraycopy(body, 0, file, signed.size(), body.length);
    return file;
  }

  @Override
  public void close() {
    compressor.close();
  }
}

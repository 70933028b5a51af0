package govcloud.replication.archive;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import govcloud.protobuf.replica.v1.SealedPart;
import govcloud.replication.keys.PartKey;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.Finding;
import govcloud.replication.statement.ReplicaDefect;
import govcloud.replication.statement.ReplicaHash;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/** The sealed parts behind a signed statement: checked without keys, opened with one. */
final class SealedBody {
  private final Checked<? extends Message> owner;
  private final List<SealedPart> parts;
  private final long[] begins;

  SealedBody(Checked<? extends Message> owner, List<SealedPart> parts) {
    this.owner = owner;
    this.parts = parts;
    this.begins = new long[parts.size()];
    long at = owner.signed().length();
    for (int i = 0; i < begins.length; i++) {
      begins[i] = at;
      at += parts.get(i).getSealedLength();
    }
  }

  /** Checks every chunk against its signed hash, then that the file ends where it should. */
  void verify() throws DamagedReplicaException {
    for (SealedPart part : parts) {
      checkPart(part);
    }
    MessageDigest digest = ReplicaHash.sha256();
    long at = owner.signed().length();
    for (int i = 0; i < parts.size(); i++) {
      at = verifyChunks(i, at, digest);
    }
    if (owner.file().length > at) {
      throw damage(
          ReplicaDefect.REPLICA_TRAILING_BYTES,
          at,
          owner.file().length,
          owner.file().length + " bytes (expected: " + at + ")");
    }
  }

  private void checkPart(SealedPart part) throws DamagedReplicaException {
    int hashes = part.getChunkHashes().size();
    int chunks = hashes / ReplicaHash.LENGTH;
    long text = part.getSealedLength() - (long) PartKey.TAG * chunks;
    owner.require(
        chunks > 0
            && hashes % ReplicaHash.LENGTH == 0
            && text >= 0
            && text <= ReplicaLimits.FILE
            && PartKey.chunks(text) == chunks,
        "part: " + part.getSealedLength() + " bytes in " + chunks + " chunks");
    owner.require(
        part.getRawLength() >= 0 && part.getRawLength() <= ReplicaLimits.PART,
        "part: " + part.getRawLength() + " bytes raw (expected: <= " + ReplicaLimits.PART + ")");
    owner.require(
        part.getKeyCheck().size() == ReplicaHash.SHORT,
        "key check: " + part.getKeyCheck().size() + " bytes (expected: 16)");
  }

  private long verifyChunks(int index, long from, MessageDigest digest)
      throws DamagedReplicaException {
    SealedPart part = parts.get(index);
    byte[] file = owner.file();
    long end = from + part.getSealedLength();
    long at = from;
    for (int chunk = 0; at < end; chunk++) {
      long to = Math.min(end, at + PartKey.CHUNK + PartKey.TAG);
      if (file.length < to) {
        throw damage(
            ReplicaDefect.REPLICA_TRUNCATED,
            at,
            to,
            file.length + " bytes (expected: at least " + to + ")");
      }
      digest.update(file, (int) at, (int) (to - at));
      if (!chunkHash(part, chunk).equals(ByteString.copyFrom(digest.digest()))) {
        throw damage(
            ReplicaDefect.REPLICA_CHUNK_DAMAGED, at, to, "part " + index + ", chunk " + chunk);
      }
      at = to;
    }
    return end;
  }

  private static ByteString chunkHash(SealedPart part, int chunk) {
    int from = chunk * ReplicaHash.LENGTH;
    return part.getChunkHashes().substring(from, from + ReplicaHash.LENGTH);
  }

  /** Opens a part of a body that was verified; closes the key. */
  byte[] open(int index, PartKey key) throws DamagedReplicaException {
    SealedPart part = parts.get(index);
    long from = begins[index];
    try (key) {
      if (!key.check().equals(part.getKeyCheck())) {
        throw damage(
            ReplicaDefect.REPLICA_KEY_WRONG,
            from,
            from + part.getSealedLength(),
            "part " + index + " (expected: the key that it was sealed with)");
      }
      return decompress(index, part, from, openChunks(part, from, key));
    }
  }

  private byte[] openChunks(SealedPart part, long from, PartKey key)
      throws DamagedReplicaException {
    int chunks = part.getChunkHashes().size() / ReplicaHash.LENGTH;
    byte[] text = new byte[(int) part.getSealedLength() - PartKey.TAG * chunks];
    int at = (int) from;
    for (int i = 0; i < chunks; i++) {
      int size = Math.min(PartKey.CHUNK, text.length - i * PartKey.CHUNK) + PartKey.TAG;
      if (!key.open(i, i == chunks - 1, owner.file(), at, size, text, i * PartKey.CHUNK)) {
        throw damage(ReplicaDefect.REPLICA_CONTENT_WRONG, at, at + size, "chunk " + i);
      }
      at += size;
    }
    return text;
  }

  private byte[] decompress(int index, SealedPart part, long from, byte[] compressed)
      throws DamagedReplicaException {
    byte[] text = new byte[(int) part.getRawLength()];
    long length = Zstd.decompress(text, compressed);
    Arrays.fill(compressed, (byte) 0);
    if (Zstd.isError(length) || length != text.length) {
      throw damage(
          ReplicaDefect.REPLICA_CONTENT_WRONG,
          from,
          from + part.getSealedLength(),
          "part " + index + ": does not decompress to " + text.length + " bytes");
    }
    return text;
  }

  private DamagedReplicaException damage(ReplicaDefect defect, long from, long to, String detail) {
    return new DamagedReplicaException(Finding.at(defect, owner.name(), from, to, detail));
  }
}

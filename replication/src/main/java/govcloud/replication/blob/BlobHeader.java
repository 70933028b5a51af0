package govcloud.replication.blob;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import govcloud.protobuf.replica.v1.BlobStatement;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.keys.PartKey;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.Finding;
import govcloud.replication.statement.ReplicaDefect;
import govcloud.replication.statement.ReplicaHash;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What stands before the sealed chunks of a blob: magic, version, suite, statement, key check.
 *
 * @param bytes all before the key check
 * @param statement decoded
 */
record BlobHeader(ByteString bytes, BlobStatement statement) {
  /** Bytes before the statement. */
  static final int PREFIX = 12;

  /** Most bytes of a statement. */
  static final int STATEMENT = 4 << 10;

  /** Most bytes of a header with its key check. */
  static final int LONGEST = PREFIX + STATEMENT + ReplicaHash.SHORT;

  /** The longest text: what a number of chunks can count, and no sum overflows. */
  private static final long TEXT = 1L << 46;

  private static final byte[] BEGIN = {'G', 'B', 'L', 'B', 1, 1, 0, 0};
  private static final int VERSION_AT = 4;
  private static final int SUITE_AT = 5;

  static BlobHeader of(BlobStatement statement) {
    byte[] text = statement.toByteArray();
    byte[] bytes =
        ByteBuffer.allocate(PREFIX + text.length).put(BEGIN).putInt(text.length).put(text).array();
    return new BlobHeader(ByteString.copyFrom(bytes), statement);
  }

  /**
   * Reads a header.
   *
   * @param name what findings call the blob
   * @param bytes the beginning of the blob, {@link #LONGEST} bytes or all that it has
   */
  static BlobHeader read(String name, byte[] bytes) throws DamagedReplicaException {
    if (bytes.length < PREFIX) {
      throw damage(ReplicaDefect.REPLICA_TRUNCATED, name, bytes.length, PREFIX, "header");
    }
    for (int i = 0; i < BEGIN.length; i++) {
      if (bytes[i] != BEGIN[i]) {
        throw beginWrong(name, i, bytes[i]);
      }
    }
    int length = ByteBuffer.wrap(bytes).getInt(BEGIN.length);
    if (length < 0 || length > STATEMENT) {
      throw damage(ReplicaDefect.REPLICA_TOO_LARGE, name, BEGIN.length, PREFIX, "statement");
    }
    if (bytes.length < PREFIX + length + ReplicaHash.SHORT) {
      throw damage(
          ReplicaDefect.REPLICA_TRUNCATED, name, BEGIN.length, PREFIX + length, "statement");
    }
    try {
      ByteString whole = ByteString.copyFrom(bytes, 0, PREFIX + length);
      BlobStatement statement = BlobStatement.parseFrom(whole.substring(PREFIX));
      if (statement.getTenant().size() == ReplicaHash.SHORT
          && statement.getSalt().size() == ReplicaHash.SHORT
          && statement.getLength() >= 1
          && statement.getLength() <= TEXT) {
        return new BlobHeader(whole, statement);
      }
      throw malformed(name, length, "tenant, salt or length");
    } catch (InvalidProtocolBufferException e) {
      throw malformed(name, length, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Refuses a blob of another cloud, and one whose keys no known recovery key opens.
   *
   * @param name what findings call the blob
   */
  void requireTrusted(String name, ReplicaTrust trust) throws DamagedReplicaException {
    if (!statement.getOrigin().equals(trust.origin())) {
      throw damage(
          ReplicaDefect.REPLICA_CLOUD_WRONG,
          name,
          PREFIX,
          checkAt(),
          "of " + statement.getOrigin() + " (expected: " + trust.origin() + ")");
    }
    if (!trust.recoveryKeys().contains(statement.getGrant().getRecoveryKey())) {
      throw damage(
          ReplicaDefect.REPLICA_GRANT_WRONG,
          name,
          PREFIX,
          checkAt(),
          "sealed to recovery key "
              + ReplicaHash.hex(statement.getGrant().getRecoveryKey())
              + " (expected: a known one)");
    }
  }

  /** Refuses a blob that has more or fewer bytes than it says. */
  void requireLength(String name, long found) throws DamagedReplicaException {
    long expected = blobLength();
    if (found != expected) {
      throw damage(
          found < expected ? ReplicaDefect.REPLICA_TRUNCATED : ReplicaDefect.REPLICA_TRAILING_BYTES,
          name,
          Math.min(found, expected),
          Math.max(found, expected),
          found + " bytes (expected: " + expected + ")");
    }
  }

  private static DamagedReplicaException beginWrong(String name, int at, byte found) {
    ReplicaDefect defect =
        at < VERSION_AT
            ? ReplicaDefect.REPLICA_KIND_WRONG
            : at == SUITE_AT
                ? ReplicaDefect.REPLICA_SUITE_UNKNOWN
                : ReplicaDefect.REPLICA_VERSION_UNKNOWN;
    int from = at < VERSION_AT ? 0 : at;
    int to = at < VERSION_AT ? VERSION_AT : at + 1;
    return damage(defect, name, from, to, found + " (expected: " + BEGIN[at] + ")");
  }

  private static DamagedReplicaException malformed(String name, int length, String detail) {
    return damage(ReplicaDefect.REPLICA_STATEMENT_MALFORMED, name, PREFIX, PREFIX + length, detail);
  }

  private static DamagedReplicaException damage(
      ReplicaDefect defect, String name, long from, long to, String detail) {
    return new DamagedReplicaException(Finding.at(defect, name, from, to, detail));
  }

  /** Hash of all before the key check; the key depends on it. */
  ByteString hash() {
    return ReplicaHash.of(bytes);
  }

  /** Where the key check is. */
  int checkAt() {
    return bytes.size();
  }

  /** Where the first chunk begins. */
  int bodyAt() {
    return bytes.size() + ReplicaHash.SHORT;
  }

  /** Bytes that the whole blob must have. */
  long blobLength() {
    return bodyAt() + PartKey.sealedLength(statement.getLength());
  }

  /** How many chunks there are. */
  int chunks() {
    return PartKey.chunks(statement.getLength());
  }

  /** Where a chunk begins. */
  long chunkAt(int chunk) {
    return bodyAt() + (long) chunk * (PartKey.CHUNK + PartKey.TAG);
  }

  /** Bytes of text in a chunk. */
  int chunkLength(int chunk) {
    return (int) Math.min(PartKey.CHUNK, statement.getLength() - (long) chunk * PartKey.CHUNK);
  }

  /** The key check that a blob names. */
  ByteString check(byte[] blob) {
    return ByteString.copyFrom(Arrays.copyOfRange(blob, checkAt(), bodyAt()));
  }
}

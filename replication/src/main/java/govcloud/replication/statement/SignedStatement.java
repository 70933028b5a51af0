package govcloud.replication.statement;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The signed beginning of a replica file. Nothing in it is looked at before its signature is found
 * right.
 *
 * @param kind what the file is
 * @param signer the cloud whose key signed
 * @param statement Protobuf
 * @param hash names the statement, and through the hashes in it everything behind it; 32 bytes
 * @param length bytes up to the end of the signature; what follows is the body
 */
public record SignedStatement(
    StatementKind kind, String signer, ByteString statement, ByteString hash, int length) {
  /** The format's version. */
  public static final byte VERSION = 1;

  /** Ed25519, SHA-256, HKDF-SHA-256, AES-256-GCM, HPKE with X25519, Zstandard. */
  public static final byte SUITE = 1;

  /** Bytes before the statement. */
  public static final int PREFIX = 28;

  /** Bytes of a signature. */
  public static final int SIGNATURE = 64;

  /** Most bytes of a statement. */
  public static final int LARGEST = 64 << 20;

  private static final byte[] CONTEXT = "govcloud replica v1\0".getBytes(StandardCharsets.US_ASCII);

  /** Signs a statement; gives the file up to where the body begins. */
  public static ByteString sign(StatementKind kind, ByteString statement, SigningKey key) {
    if (statement.size() > LARGEST) {
      throw new IllegalArgumentException(
          "statement: " + statement.size() + " bytes (expected: <= " + LARGEST + ")");
    }
    byte[] file = new byte[PREFIX + statement.size() + SIGNATURE];
    ByteBuffer buffer = ByteBuffer.wrap(file);
    buffer.put(kind.magic()).put(VERSION).put(SUITE).putShort((short) 0).putInt(statement.size());
    key.id().copyTo(buffer);
    statement.copyTo(buffer);
    buffer.put(key.sign(message(ReplicaHash.of(file, 0, buffer.position()))));
    return UnsafeByteOperations.unsafeWrap(file);
  }

  /**
   * Reads and checks the beginning of a file.
   *
   * @param kind what it should be
   * @param name what the findings call it
   * @throws DamagedReplicaException when it is not what it should be, with the first defect
   */
  public static SignedStatement verify(
      StatementKind kind, String name, byte[] file, TrustedKeys trusted)
      throws DamagedReplicaException {
    int length = checkPrefix(kind, name, file);
    int end = PREFIX + length;
    ByteString keyId = ByteString.copyFrom(file, 12, ReplicaHash.SHORT);
    TrustedKey key =
        trusted
            .find(keyId)
            .orElseThrow(
                () ->
                    damage(
                        ReplicaDefect.REPLICA_SIGNER_UNKNOWN,
                        name,
                        8,
                        PREFIX,
                        "key " + ReplicaHash.hex(keyId) + " (expected: a trusted one)"));
    ByteString hash = ReplicaHash.of(file, 0, end);
    if (!key.made(Arrays.copyOfRange(file, end, end + SIGNATURE), message(hash))) {
      throw damage(
          ReplicaDefect.REPLICA_SIGNATURE_WRONG,
          name,
          8,
          end + SIGNATURE,
          "statement or signature changed (expected: as signed by " + key.cloud() + ")");
    }
    return new SignedStatement(
        kind,
        key.cloud(),
        UnsafeByteOperations.unsafeWrap(file, PREFIX, length),
        hash,
        end + SIGNATURE);
  }

  /** The name of the key that a file says it is signed with; empty where it is too short. */
  public static ByteString keyId(ByteString file) {
    return file.size() < PREFIX
        ? ByteString.EMPTY
        : file.substring(PREFIX - ReplicaHash.SHORT, PREFIX);
  }

  private static int checkPrefix(StatementKind kind, String name, byte[] file)
      throws DamagedReplicaException {
    if (file.length < PREFIX) {
      throw damage(
          ReplicaDefect.REPLICA_TRUNCATED,
          name,
          file.length,
          PREFIX,
          file.length + " bytes (expected: at least " + PREFIX + ")");
    }
    byte[] magic = Arrays.copyOf(file, 4);
    if (!Arrays.equals(magic, kind.magic())) {
      String found = StatementKind.of(magic).map(Enum::name).orElse("no replica file");
      throw damage(
          ReplicaDefect.REPLICA_KIND_WRONG, name, 0, 4, found + " (expected: " + kind + ")");
    }
    checkByte(ReplicaDefect.REPLICA_VERSION_UNKNOWN, name, file, 4, VERSION);
    checkByte(ReplicaDefect.REPLICA_SUITE_UNKNOWN, name, file, 5, SUITE);
    checkByte(ReplicaDefect.REPLICA_VERSION_UNKNOWN, name, file, 6, (byte) 0);
    checkByte(ReplicaDefect.REPLICA_VERSION_UNKNOWN, name, file, 7, (byte) 0);
    long length = Integer.toUnsignedLong(ByteBuffer.wrap(file).getInt(8));
    if (length > LARGEST) {
      throw damage(
          ReplicaDefect.REPLICA_TOO_LARGE,
          name,
          8,
          12,
          "statement of " + length + " bytes (expected: <= " + LARGEST + ")");
    }
    long end = PREFIX + length + SIGNATURE;
    if (file.length < end) {
      throw damage(
          ReplicaDefect.REPLICA_TRUNCATED,
          name,
          8,
          end,
          file.length + " bytes (expected: at least " + end + ")");
    }
    return (int) length;
  }

  private static void checkByte(
      ReplicaDefect defect, String name, byte[] file, int at, byte expected)
      throws DamagedReplicaException {
    if (file[at] != expected) {
      throw damage(
          defect, name, at, at + 1, Byte.toUnsignedInt(file[at]) + " (expected: " + expected + ")");
    }
  }

  private static byte[] message(ByteString hash) {
    byte[] message = Arrays.copyOf(CONTEXT, CONTEXT.length + ReplicaHash.LENGTH);
    hash.copyTo(message, CONTEXT.length);
    return message;
  }

  private static DamagedReplicaException damage(
      ReplicaDefect defect, String name, long from, long to, String detail) {
    return new DamagedReplicaException(Finding.at(defect, name, from, to, detail));
  }
}

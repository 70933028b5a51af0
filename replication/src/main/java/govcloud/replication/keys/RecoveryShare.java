package govcloud.replication.keys;

import com.google.protobuf.ByteString;
import govcloud.replication.statement.ReplicaHash;
import java.nio.charset.StandardCharsets;

/** One share of the recovery key; whoever holds it wipes it. */
final class RecoveryShare {
  private static final String TITLE = "govcloud recovery key share";

  private final String cloud;
  private final ByteString recoveryKey;
  private final int index;
  private final int count;
  private final int needed;
  private final byte[] secret;

  /**
   * A share.
   *
   * @param cloud whose recovery key
   * @param recoveryKey the key's name, 16 bytes
   * @param index 1, 2, 3 ...
   * @param count how many shares there are
   * @param needed how many of them give the key
   * @param secret 32 bytes, kept as they are
   */
  RecoveryShare(
      String cloud, ByteString recoveryKey, int index, int count, int needed, byte[] secret) {
    this.cloud = cloud;
    this.recoveryKey = recoveryKey;
    this.index = index;
    this.count = count;
    this.needed = needed;
    this.secret = secret;
  }

  String cloud() {
    return cloud;
  }

  ByteString recoveryKey() {
    return recoveryKey;
  }

  int index() {
    return index;
  }

  int needed() {
    return needed;
  }

  byte[] secret() {
    return secret;
  }

  /** What may be known of a share by everybody: its hash, by which a wrong one is told. */
  ByteString check() {
    java.security.MessageDigest digest = ReplicaHash.sha256();
    digest.update("govcloud share check v1\0".getBytes(StandardCharsets.US_ASCII));
    digest.update((byte) index);
    return ByteString.copyFrom(digest.digest(secret)).substring(0, ReplicaHash.SHORT);
  }

  /** The share as a text file; the caller wipes it. */
  byte[] toFile() {
    try (KeyFile file = new KeyFile(TITLE)) {
      return file.text("cloud", cloud)
          .bytes("recovery-key", recoveryKey.toByteArray())
          .text("share", String.valueOf(index))
          .text("of", String.valueOf(count))
          .text("needed", String.valueOf(needed))
          .bytes("secret", secret)
          .toBytes();
    }
  }

  /**
   * Reads a share.
   *
   * @throws KeyException when its text is not as it was written
   */
  static RecoveryShare parse(byte[] text) throws KeyException {
    try (KeyFile file = KeyFile.parse(TITLE, text)) {
      return new RecoveryShare(
          file.text("cloud"),
          ByteString.copyFrom(file.bytes("recovery-key")),
          file.number("share"),
          file.number("of"),
          file.number("needed"),
          file.bytes("secret"));
    }
  }

  /** Overwrites the secret. */
  void wipe() {
    java.util.Arrays.fill(secret, (byte) 0);
  }

  @Override
  public String toString() {
    return "share " + index + " of " + count;
  }
}

package govcloud.replication.keys;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import govcloud.protobuf.replica.v1.KeyGrant;
import govcloud.replication.statement.ReplicaHash;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;

/** The epochs in a folder, numbered through: a file each, with its secrets and their grant. */
final class EpochFiles {
  private static final String TITLE = "govcloud epoch secrets";
  private static final String PREFIX = "epoch-";

  private final Path folder;

  EpochFiles(Path folder) {
    this.folder = folder;
  }

  int newest() throws KeyException {
    return SecretFiles.last(folder, PREFIX, ".key");
  }

  /** The keys of an epoch; the caller closes them. */
  EpochKeys read(int number) throws KeyException {
    byte[] text = SecretFiles.readSecret(file(number));
    try {
      return keys(text);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  /** The keys that are written so; the caller closes them. */
  static EpochKeys keys(byte[] text) throws KeyException {
    try (KeyFile file = KeyFile.parse(TITLE, text)) {
      byte[] epochSecret = file.bytes("epoch-secret");
      byte[] indexSecret = file.bytes("index-secret");
      KeyGrant grant = KeyGrant.parseFrom(file.bytes("grant"));
      EpochKeys keys = new EpochKeys(grant, epochSecret, indexSecret);
      Arrays.fill(epochSecret, (byte) 0);
      Arrays.fill(indexSecret, (byte) 0);
      return keys;
    } catch (InvalidProtocolBufferException e) {
      throw new KeyException(KeyDefect.KEY_FILE_DAMAGED, "an epoch's grant", e);
    }
  }

  /**
   * New secrets of an epoch as they are written; the caller wipes them.
   *
   * @param index the secret that all epochs of the cloud share
   */
  static byte[] make(PublicRecovery recovery, int number, byte[] index, SecureRandom random) {
    byte[] epochSecret = new byte[RecoveryKey.LENGTH];
    random.nextBytes(epochSecret);
    byte[] both = Arrays.copyOf(epochSecret, 2 * RecoveryKey.LENGTH);
    System.arraycopy(index, 0, both, RecoveryKey.LENGTH, RecoveryKey.LENGTH);
    byte[] name = new byte[ReplicaHash.SHORT];
    random.nextBytes(name);
    KeyGrant grant = recovery.key().seal(recovery.cloud(), number, ByteString.copyFrom(name), both);
    Arrays.fill(both, (byte) 0);
    try {
      return text(grant, epochSecret, index);
    } finally {
      Arrays.fill(epochSecret, (byte) 0);
    }
  }

  /** An epoch as it is written; the caller wipes it. */
  static byte[] text(KeyGrant grant, byte[] epochSecret, byte[] index) {
    try (KeyFile file = new KeyFile(TITLE)) {
      return file.bytes("grant", grant.toByteArray())
          .bytes("epoch-secret", epochSecret)
          .bytes("index-secret", index)
          .toBytes();
    }
  }

  /**
   * Adds an epoch, whole or not at all.
   *
   * @param text which is wiped
   * @throws KeyException with {@code KEY_FILE_EXISTS} when there is another one of this number
   */
  void add(int number, byte[] text) throws KeyException {
    try {
      SecretFiles.keep(file(number), text);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  private Path file(int number) {
    return folder.resolve(PREFIX + number + ".key");
  }
}

package govcloud.replication.keys;

import com.google.protobuf.ByteString;
import govcloud.protobuf.replica.v1.KeyGrant;
import govcloud.replication.statement.ReplicaHash;
import govcloud.replication.statement.SigningKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The recovery key: HPKE (RFC 9180, base mode) with X25519, HKDF-SHA-256 and AES-256-GCM. Everybody
 * may seal to its public half; the private half exists only while a recovery joins shares.
 *
 * @param publicKey 32 bytes
 */
public record RecoveryKey(ByteString publicKey) {
  /** Bytes of the private and of the public half. */
  public static final int LENGTH = 32;

  /** Names the key; also checks what shares were joined to. */
  public ByteString id() {
    return ReplicaHash.keyId(publicKey);
  }

  /** The public half that belongs to a private one. */
  public static RecoveryKey of(byte[] privateKey) {
    return new RecoveryKey(ByteString.copyFrom(SealedBox.publicKey(privateKey)));
  }

  /**
   * The key by which whoever joined the shares vouches for a new signing key of the cloud, when the
   * one before was lost with its site.
   */
  static SigningKey signer(byte[] privateKey, String cloud) {
    byte[] context = cloud.getBytes(StandardCharsets.UTF_8);
    byte[] seed =
        Derivation.derive(
            privateKey, new byte[0], Derivation.info("govcloud recovery signer v1", context));
    try {
      return new SigningKey(cloud, seed);
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  /** A new private key; the caller splits it into shares and wipes it. */
  public static byte[] generate(java.security.SecureRandom random) {
    byte[] privateKey = new byte[LENGTH];
    random.nextBytes(privateKey);
    return privateKey;
  }

  /**
   * Seals the secrets of an epoch.
   *
   * @param epochKey names the secrets; 16 bytes
   * @param secrets 64 bytes
   */
  KeyGrant seal(String cloud, int epoch, ByteString epochKey, byte[] secrets) {
    ByteString sealed =
        ByteString.copyFrom(
            SealedBox.seal(publicKey.toByteArray(), info(cloud, epoch, epochKey), secrets));
    return KeyGrant.newBuilder()
        .setEpochKey(epochKey)
        .setEpoch(epoch)
        .setRecoveryKey(id())
        .setSealed(sealed.substring(SealedBox.ENCAPSULATED))
        .setEncapsulated(sealed.substring(0, SealedBox.ENCAPSULATED))
        .build();
  }

  /**
   * Opens a grant.
   *
   * @param privateKey joined from shares; the caller wipes it
   * @throws KeyException when the grant is not sealed to this key, or not for this cloud
   */
  public static EpochKeys open(byte[] privateKey, String cloud, KeyGrant grant)
      throws KeyException {
    byte[] secrets =
        SealedBox.open(
                privateKey,
                info(cloud, grant.getEpoch(), grant.getEpochKey()),
                grant.getEncapsulated().concat(grant.getSealed()).toByteArray())
            .orElseThrow(() -> notOpened(privateKey, grant));
    try {
      return new EpochKeys(
          grant, Arrays.copyOf(secrets, LENGTH), Arrays.copyOfRange(secrets, LENGTH, 2 * LENGTH));
    } finally {
      Arrays.fill(secrets, (byte) 0);
    }
  }

  private static KeyException notOpened(byte[] privateKey, KeyGrant grant) {
    return new KeyException(
        KeyDefect.KEY_GRANT_NOT_OPENED,
        "epoch "
            + grant.getEpoch()
            + ": sealed to recovery key "
            + ReplicaHash.hex(grant.getRecoveryKey())
            + " (expected: "
            + ReplicaHash.hex(of(privateKey).id())
            + ")");
  }

  private static byte[] info(String cloud, int epoch, ByteString epochKey) {
    byte[] name = cloud.getBytes(StandardCharsets.UTF_8);
    return Derivation.info(
        "govcloud grant v1",
        ByteBuffer.allocate(2 + name.length + 4 + epochKey.size())
            .putShort((short) name.length)
            .put(name)
            .putInt(epoch)
            .put(epochKey.toByteArray())
            .array());
  }
}

package govcloud.replication.keys;

import com.google.protobuf.ByteString;
import govcloud.protobuf.replica.v1.KeyGrant;
import govcloud.replication.statement.ReplicaHash;
import govcloud.replication.statement.SigningKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;

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
    return new RecoveryKey(
        ByteString.copyFrom(hpke().serializePublicKey(pair(privateKey).getPublic())));
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
    try {
      AsymmetricKeyParameter recipient = hpke().deserializePublicKey(publicKey.toByteArray());
      byte[][] sealed =
          hpke()
              .seal(
                  recipient, info(cloud, epoch, epochKey), new byte[0], secrets, null, null, null);
      return KeyGrant.newBuilder()
          .setEpochKey(epochKey)
          .setEpoch(epoch)
          .setRecoveryKey(id())
          .setSealed(ByteString.copyFrom(sealed[0]))
          .setEncapsulated(ByteString.copyFrom(sealed[1]))
          .build();
    } catch (InvalidCipherTextException e) {
      throw new IllegalStateException("HPKE: cannot seal", e);
    }
  }

  /**
   * Opens a grant.
   *
   * @param privateKey joined from shares; the caller wipes it
   * @throws KeyException when the grant is not sealed to this key, or not for this cloud
   */
  public static EpochKeys open(byte[] privateKey, String cloud, KeyGrant grant)
      throws KeyException {
    byte[] secrets = null;
    try {
      secrets =
          hpke()
              .open(
                  grant.getEncapsulated().toByteArray(),
                  pair(privateKey),
                  info(cloud, grant.getEpoch(), grant.getEpochKey()),
                  new byte[0],
                  grant.getSealed().toByteArray(),
                  null,
                  null,
                  null);
      return new EpochKeys(
          grant, Arrays.copyOf(secrets, LENGTH), Arrays.copyOfRange(secrets, LENGTH, 2 * LENGTH));
    } catch (InvalidCipherTextException | IllegalArgumentException e) {
      throw new KeyException(
          KeyDefect.KEY_GRANT_NOT_OPENED,
          "epoch "
              + grant.getEpoch()
              + ": sealed to recovery key "
              + ReplicaHash.hex(grant.getRecoveryKey())
              + " (expected: "
              + ReplicaHash.hex(of(privateKey).id())
              + ")",
          e);
    } finally {
      if (secrets != null) {
        Arrays.fill(secrets, (byte) 0);
      }
    }
  }

  private static HPKE hpke() {
    return new HPKE(
        HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
  }

  private static AsymmetricCipherKeyPair pair(byte[] privateKey) {
    return hpke().deserializePrivateKey(privateKey, null);
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

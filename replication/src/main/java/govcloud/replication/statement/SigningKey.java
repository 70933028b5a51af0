package govcloud.replication.statement;

import com.google.protobuf.ByteString;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** The private key with which a cloud signs. It never leaves the cloud. */
public final class SigningKey implements Signer {
  private final String cloud;
  private final Ed25519PrivateKeyParameters key;
  private final ByteString publicKey;
  private final ByteString id;

  /**
   * A key from its seed.
   *
   * @param cloud who signs
   * @param seed 32 bytes; copied
   */
  public SigningKey(String cloud, byte[] seed) {
    if (seed.length != Ed25519.SECRET_KEY_SIZE) {
      throw new IllegalArgumentException("seed: " + seed.length + " bytes (expected: 32)");
    }
    this.cloud = cloud;
    this.key = new Ed25519PrivateKeyParameters(seed, 0);
    this.publicKey = ByteString.copyFrom(key.generatePublicKey().getEncoded());
    this.id = ReplicaHash.keyId(publicKey);
  }

  @Override
  public SigningKey current() {
    return this;
  }

  /** Who signs. */
  public String cloud() {
    return cloud;
  }

  /** Names the key in what it signed; 16 bytes. */
  public ByteString id() {
    return id;
  }

  /** The public half, 32 bytes. */
  public ByteString publicKey() {
    return publicKey;
  }

  /** The signature, 64 bytes. */
  public byte[] sign(byte[] message) {
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    key.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
    return signature;
  }
}

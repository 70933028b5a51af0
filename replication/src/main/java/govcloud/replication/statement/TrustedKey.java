package govcloud.replication.statement;

import com.google.protobuf.ByteString;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A public key that is known to be a cloud's.
 *
 * @param cloud whose
 * @param publicKey Ed25519, 32 bytes
 * @param siteEpoch counts from 1; one more with each recovery from the loss of the site
 * @param lostSite where the files of the site before end; only of the first key of a later epoch
 */
public record TrustedKey(
    String cloud, ByteString publicKey, int siteEpoch, Optional<SiteEnd> lostSite) {

  /** A key of a cloud that never lost its site. */
  public TrustedKey(String cloud, ByteString publicKey) {
    this(cloud, publicKey, 1, Optional.empty());
  }

  /** Refuses a key of another size. */
  public TrustedKey {
    if (publicKey.size() != Ed25519.PUBLIC_KEY_SIZE) {
      throw new IllegalArgumentException(
          "public key: " + publicKey.size() + " bytes (expected: 32)");
    }
  }

  /** The public half of a key. */
  public static TrustedKey of(SigningKey key) {
    return new TrustedKey(key.cloud(), key.publicKey());
  }

  /** Names the key; 16 bytes. */
  public ByteString id() {
    return ReplicaHash.keyId(publicKey);
  }

  /** Whether this key made the signature. */
  public boolean made(byte[] signature, byte[] message) {
    return signature.length == Ed25519.SIGNATURE_SIZE
        && Ed25519.verify(signature, 0, publicKey.toByteArray(), 0, message, 0, message.length);
  }
}

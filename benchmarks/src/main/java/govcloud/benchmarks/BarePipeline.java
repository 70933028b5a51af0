package govcloud.benchmarks;

import com.github.luben.zstd.Zstd;
import govcloud.replication.statement.ReplicaHash;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** What sealing costs at least: zstd, AES-GCM in chunks and SHA-256, and nothing else. */
final class BarePipeline {
  /** Of zstd, as segments have it. */
  static final int LEVEL = 3;

  private static final int CHUNK = 64 << 10;

  private BarePipeline() {}

  /**
   * Seals bytes in this thread and throws the result away.
   *
   * @param number of these bytes: no two have the same nonces
   */
  static void run(byte[] raw, int number) {
    try {
      byte[] compressed = Zstd.compress(raw, LEVEL);
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
      MessageDigest digest = ReplicaHash.sha256();
      SecretKeySpec secret = new SecretKeySpec(new byte[32], "AES");
      for (int at = 0, chunk = 0; at < compressed.length; at += CHUNK, chunk++) {
        byte[] nonce = ByteBuffer.allocate(12).putInt(number).putInt(chunk).array();
        cipher.init(Cipher.ENCRYPT_MODE, secret, new GCMParameterSpec(128, nonce));
        digest.update(cipher.doFinal(compressed, at, Math.min(CHUNK, compressed.length - at)));
      }
      if (digest.digest().length != ReplicaHash.LENGTH) {
        throw new IllegalStateException("digest");
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}

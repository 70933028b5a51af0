package govcloud.replication.keys;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The public half of a drill key, before the cloud has granted anything to it.
 *
 * @param key to which epochs are sealed; X25519, 32 bytes
 * @param signer of reports of drills; Ed25519, 32 bytes
 */
public record DrillHalf(ByteString key, ByteString signer) {
  private static final String SECRET = "govcloud drill key";

  /** Refuses what cannot be one. */
  public DrillHalf {
    if (key.size() != RecoveryKey.LENGTH || signer.size() != RecoveryKey.LENGTH) {
      throw new IllegalArgumentException(
          "drill key: " + key.size() + " and " + signer.size() + " bytes (expected: 32 each)");
    }
  }

  /**
   * Makes a drill key.
   *
   * @param file where the private half goes, mode 0600: to whoever runs drills, and not to the
   *     sibling
   * @param cloud whose drills they are
   * @throws KeyException when the file is there already
   */
  public static DrillHalf make(Path file, String cloud, SecureRandom random) throws KeyException {
    byte[] privateKey = RecoveryKey.generate(random);
    try (KeyFile text = new KeyFile(SECRET)) {
      byte[] bytes = text.text("cloud", cloud).bytes("private-key", privateKey).toBytes();
      SecretFiles.write(file, bytes);
      Arrays.fill(bytes, (byte) 0);
      return new DrillHalf(
          RecoveryKey.of(privateKey).publicKey(),
          DrillSecrets.signer(privateKey, cloud).publicKey());
    } finally {
      Arrays.fill(privateKey, (byte) 0);
    }
  }

  /** The private half as written; the caller wipes it. */
  static byte[] readSecret(Path file) throws KeyException {
    byte[] text = SecretFiles.readSecret(file);
    try (KeyFile secret = KeyFile.parse(SECRET, text)) {
      return secret.bytes("private-key");
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }
}

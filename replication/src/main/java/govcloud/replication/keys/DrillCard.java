package govcloud.replication.keys;

import com.google.protobuf.ByteString;
import govcloud.replication.statement.ReplicaHash;
import govcloud.replication.statement.SigningKey;
import govcloud.replication.statement.TrustedKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * What everybody may know of a cloud's drill key, vouched for by a signing key of the cloud.
 *
 * @param cloud whose replica is opened in drills
 * @param recoveryKey name of the recovery key to which that replica is sealed; 16 bytes
 * @param key the public half, to which epochs are granted
 * @param signer public half of the key that signs reports of drills; Ed25519, 32 bytes
 * @param signature of the cloud over all this, 64 bytes
 */
public record DrillCard(
    String cloud,
    ByteString recoveryKey,
    RecoveryKey key,
    ByteString signer,
    ByteString signature) {
  /** Name of its file, in a folder of grants and beside a report. */
  public static final String FILE = "drill.pub";

  private static final String TITLE = "govcloud drill key, public half";

  /** The card of a drill key, vouched for. */
  static DrillCard of(PublicRecovery recovery, DrillHalf half, SigningKey signing) {
    RecoveryKey key = new RecoveryKey(half.key());
    byte[] message = message(recovery.cloud(), recovery.key().id(), key, half.signer());
    ByteString signature = ByteString.copyFrom(signing.sign(message));
    return new DrillCard(recovery.cloud(), recovery.key().id(), key, half.signer(), signature);
  }

  private static byte[] message(
      String cloud, ByteString recoveryKey, RecoveryKey key, ByteString signer) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    said.writeBytes(recoveryKey.toByteArray());
    said.writeBytes(key.publicKey().toByteArray());
    said.writeBytes(signer.toByteArray());
    said.writeBytes(cloud.getBytes(StandardCharsets.UTF_8));
    return Derivation.info("govcloud drill key v1", said.toByteArray());
  }

  /** Whether one of these keys of the cloud vouches for the drill key. */
  public boolean isVouchedFor(List<TrustedKey> signingKeys) {
    byte[] message = message(cloud, recoveryKey, key, signer);
    return signingKeys.stream()
        .anyMatch(
            signing ->
                signing.cloud().equals(cloud) && signing.made(signature.toByteArray(), message));
  }

  /**
   * Whether a report was signed by whoever has the private half.
   *
   * @param signed as {@link DrillSecrets#sign} gave it
   */
  public boolean signed(byte[] report, byte[] signed) {
    return new TrustedKey(cloud, signer).made(signed, reportMessage(report));
  }

  /** What is signed cannot be taken for the report of a recovery. */
  static byte[] reportMessage(byte[] report) {
    return Derivation.info(
        "govcloud drill report v1", ReplicaHash.of(ByteString.copyFrom(report)).toByteArray());
  }

  /** The card as a file. */
  public byte[] toFile() {
    return new KeyFile(TITLE)
        .text("cloud", cloud)
        .bytes("recovery-key", recoveryKey.toByteArray())
        .bytes("public-key", key.publicKey().toByteArray())
        .bytes("signer", signer.toByteArray())
        .bytes("signature", signature.toByteArray())
        .toBytes();
  }

  /**
   * The card in a folder.
   *
   * @throws KeyException when there is none, or it is damaged
   */
  public static DrillCard read(Path folder) throws KeyException {
    KeyFile file = KeyFile.parse(TITLE, SecretFiles.read(folder.resolve(FILE)));
    return new DrillCard(
        file.text("cloud"),
        ByteString.copyFrom(file.bytes("recovery-key")),
        new RecoveryKey(ByteString.copyFrom(file.bytes("public-key"))),
        ByteString.copyFrom(file.bytes("signer")),
        ByteString.copyFrom(file.bytes("signature")));
  }
}

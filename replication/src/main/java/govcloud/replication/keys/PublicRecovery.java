package govcloud.replication.keys;

import com.google.protobuf.ByteString;
import govcloud.replication.statement.ReplicaHash;
import govcloud.replication.statement.TrustedKey;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What everybody may know of the recovery key.
 *
 * @param cloud whose
 * @param key the public half
 * @param signer public half of the key by which whoever joined the shares vouches for a new signing
 *     key of the cloud; Ed25519, 32 bytes
 * @param needed how many shares give the private half
 * @param shareChecks for each share, by which a wrong one is told
 */
public record PublicRecovery(
    String cloud, RecoveryKey key, ByteString signer, int needed, List<ByteString> shareChecks) {
  private static final String TITLE = "govcloud recovery key, public half";
  private static final int CHECK = 16;

  /** Keeps the list. */
  public PublicRecovery {
    shareChecks = List.copyOf(shareChecks);
  }

  /**
   * What is known of a private recovery key.
   *
   * @param privateKey the caller's to wipe
   */
  static PublicRecovery of(
      String cloud, byte[] privateKey, int needed, List<ByteString> shareChecks) {
    return new PublicRecovery(
        cloud,
        RecoveryKey.of(privateKey),
        RecoveryKey.signer(privateKey, cloud).publicKey(),
        needed,
        shareChecks);
  }

  /**
   * Whether a report was signed by whoever joined the shares of this key.
   *
   * @param signature as {@link RecoverySecrets#sign} gave it
   */
  public boolean signed(byte[] report, byte[] signature) {
    return new TrustedKey(cloud, signer).made(signature, reportMessage(report));
  }

  /** What is signed cannot be taken for a key statement, which the same key signs. */
  static byte[] reportMessage(byte[] report) {
    return ByteString.copyFromUtf8("govcloud recovery report v1\0")
        .concat(ReplicaHash.of(ByteString.copyFrom(report)))
        .toByteArray();
  }

  byte[] toFile() {
    return write(new KeyFile(TITLE).text("cloud", cloud)).toBytes();
  }

  /** Writes all but the cloud into a file. */
  KeyFile write(KeyFile file) {
    ByteArrayOutputStream checks = new ByteArrayOutputStream();
    shareChecks.forEach(check -> checks.writeBytes(check.toByteArray()));
    return file.bytes("recovery-key", key.id().toByteArray())
        .bytes("public-key", key.publicKey().toByteArray())
        .bytes("recovery-signer", signer.toByteArray())
        .text("needed", String.valueOf(needed))
        .bytes("share-checks", checks.toByteArray());
  }

  static PublicRecovery parse(byte[] text) throws KeyException {
    return read(KeyFile.parse(TITLE, text));
  }

  /** Reads it from a file that names the cloud. */
  static PublicRecovery read(KeyFile file) throws KeyException {
    byte[] checks = file.bytes("share-checks");
    List<ByteString> list = new ArrayList<>();
    for (int i = 0; i + CHECK <= checks.length; i += CHECK) {
      list.add(ByteString.copyFrom(checks, i, CHECK));
    }
    RecoveryKey key = new RecoveryKey(ByteString.copyFrom(file.bytes("public-key")));
    return new PublicRecovery(
        file.text("cloud"),
        key,
        ByteString.copyFrom(file.bytes("recovery-signer")),
        file.number("needed"),
        list);
  }

  /**
   * Refuses a share that is not one of this key.
   *
   * @throws KeyException with {@code KEY_SHARE_FOREIGN} or {@code KEY_SHARE_WRONG}
   */
  void check(RecoveryShare share) throws KeyException {
    if (!share.recoveryKey().equals(key.id())) {
      throw new KeyException(
          KeyDefect.KEY_SHARE_FOREIGN,
          share + " of " + share.cloud() + " (expected: a share of " + cloud + ")");
    }
    boolean known = share.index() >= 1 && share.index() <= shareChecks.size();
    if (!known || !shareChecks.get(share.index() - 1).equals(share.check())) {
      throw new KeyException(
          KeyDefect.KEY_SHARE_WRONG, share + " (expected: as made by keys init)");
    }
  }
}

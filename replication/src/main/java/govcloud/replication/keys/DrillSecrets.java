package govcloud.replication.keys;

import com.google.protobuf.ByteString;
import govcloud.protobuf.replica.v1.KeyGrant;
import govcloud.replication.statement.ReplicaHash;
import govcloud.replication.statement.SigningKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * A drill key with what was granted to it: opens the epochs that the cloud granted, so that a drill
 * needs no shares. It can vouch for nothing: no new signing key, no failover.
 */
public final class DrillSecrets implements ReplicaSecrets {
  private final DrillCard card;
  private final byte[] privateKey;
  private final Map<ByteString, KeyGrant> grants;

  private DrillSecrets(DrillCard card, byte[] privateKey, Map<ByteString, KeyGrant> grants) {
    this.card = card;
    this.privateKey = privateKey;
    this.grants = Map.copyOf(grants);
  }

  /**
   * Reads a drill key.
   *
   * @param file the private half
   * @param folder the cloud's grants
   * @throws KeyException when the one does not belong to the other
   */
  public static DrillSecrets read(Path file, Path folder) throws KeyException {
    DrillCard card = DrillCard.read(folder);
    byte[] privateKey = DrillHalf.readSecret(file);
    if (!RecoveryKey.of(privateKey).equals(card.key())) {
      throw new KeyException(
          KeyDefect.KEY_GRANT_NOT_OPENED,
          file
              + ": drill key "
              + ReplicaHash.hex(RecoveryKey.of(privateKey).id())
              + " (expected: "
              + ReplicaHash.hex(card.key().id())
              + ", to which "
              + folder
              + " grants)");
    }
    return new DrillSecrets(card, privateKey, DrillGrants.all(folder));
  }

  /** What everybody may know of the key. */
  public DrillCard card() {
    return card;
  }

  @Override
  public String cloud() {
    return card.cloud();
  }

  @Override
  public ByteString recoveryKey() {
    return card.recoveryKey();
  }

  @Override
  public EpochKeys open(KeyGrant grant) throws KeyException {
    KeyGrant granted = grants.get(grant.getEpochKey());
    if (granted == null) {
      throw new KeyException(
          KeyDefect.KEY_GRANT_NOT_OPENED,
          "epoch " + grant.getEpoch() + ": not granted to the drill key (expected: granted)");
    }
    try (EpochKeys keys = RecoveryKey.open(privateKey, card.cloud(), granted)) {
      byte[] epochSecret = keys.epochSecret();
      byte[] indexSecret = keys.indexSecret();
      EpochKeys opened = new EpochKeys(grant, epochSecret, indexSecret);
      Arrays.fill(epochSecret, (byte) 0);
      Arrays.fill(indexSecret, (byte) 0);
      return opened;
    }
  }

  static SigningKey signer(byte[] privateKey, String cloud) {
    byte[] context = cloud.getBytes(StandardCharsets.UTF_8);
    byte[] seed =
        Derivation.derive(
            privateKey, new byte[0], Derivation.info("govcloud drill signer v1", context));
    try {
      return new SigningKey(cloud, seed);
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  @Override
  public byte[] sign(byte[] report) {
    return signer(privateKey, card.cloud()).sign(DrillCard.reportMessage(report));
  }

  @Override
  public void close() {
    Arrays.fill(privateKey, (byte) 0);
  }
}

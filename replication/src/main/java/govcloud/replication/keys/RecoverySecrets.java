package govcloud.replication.keys;

import com.google.protobuf.ByteString;
import govcloud.protobuf.replica.v1.KeyGrant;
import govcloud.replication.statement.SigningKey;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The private recovery key, joined from shares after a cloud was lost: opens every epoch that the
 * cloud ever had. Lives in memory only, and is overwritten when it is closed.
 */
public final class RecoverySecrets implements ReplicaSecrets {
  private final PublicRecovery recovery;
  private final byte[] privateKey;

  private RecoverySecrets(PublicRecovery recovery, byte[] privateKey) {
    this.recovery = recovery;
    this.privateKey = privateKey;
  }

  /**
   * Joins share files; wrong ones do no harm where enough good ones are given.
   *
   * @param recovery what the lost cloud's card says of its recovery key
   * @throws KeyException with {@code KEY_SHARES_TOO_FEW}, naming what is wrong with the others
   */
  public static RecoverySecrets join(PublicRecovery recovery, List<Path> files)
      throws KeyException {
    return new RecoverySecrets(recovery, KeyCeremony.join(recovery, files));
  }

  @Override
  public String cloud() {
    return recovery.cloud();
  }

  @Override
  public ByteString recoveryKey() {
    return recovery.key().id();
  }

  @Override
  public EpochKeys open(KeyGrant grant) throws KeyException {
    return RecoveryKey.open(privateKey, recovery.cloud(), grant);
  }

  /** Vouches for a new signing key of the cloud. */
  SigningKey signer() {
    return RecoveryKey.signer(privateKey, recovery.cloud());
  }

  /**
   * Signs what a recovery found out. Only whoever joined the shares can; whoever has the cloud's
   * card can check it with {@link PublicRecovery#signed}.
   *
   * @return 64 bytes
   */
  @Override
  public byte[] sign(byte[] report) {
    return signer().sign(PublicRecovery.reportMessage(report));
  }

  @Override
  public void close() {
    Arrays.fill(privateKey, (byte) 0);
  }
}

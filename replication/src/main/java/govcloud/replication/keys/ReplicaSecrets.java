package govcloud.replication.keys;

import com.google.protobuf.ByteString;
import govcloud.protobuf.replica.v1.KeyGrant;

/**
 * What opens a replica: the recovery key, joined from shares, or a drill key with what the cloud
 * granted to it. Lives in memory only, and is overwritten when it is closed.
 */
public sealed interface ReplicaSecrets extends AutoCloseable permits RecoverySecrets, DrillSecrets {

  /** The cloud whose replica is opened. */
  String cloud();

  /** Name of the recovery key to which the replica is sealed, 16 bytes. */
  ByteString recoveryKey();

  /**
   * The keys of an epoch; whoever asks closes them. For several threads.
   *
   * @throws KeyException when these secrets do not open it
   */
  EpochKeys open(KeyGrant grant) throws KeyException;

  /**
   * Signs what was found out.
   *
   * @return 64 bytes
   */
  byte[] sign(byte[] report);

  @Override
  void close();
}

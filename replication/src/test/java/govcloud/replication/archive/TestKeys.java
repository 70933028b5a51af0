package govcloud.replication.archive;

import com.google.protobuf.ByteString;
import govcloud.protobuf.replica.v1.KeyGrant;
import govcloud.replication.keys.EpochKeys;
import govcloud.replication.statement.SigningKey;
import govcloud.replication.statement.TrustedKey;
import govcloud.replication.statement.TrustedKeys;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Keys that are the same in every run. */
public final class TestKeys {
  public static final SigningKey HOME = new SigningKey("harbour", filled(1));
  public static final SigningKey SIBLING = new SigningKey("mountain", filled(2));
  public static final SigningKey OTHER = new SigningKey("desert", filled(3));
  public static final SigningKey UNKNOWN = new SigningKey("harbour", filled(4));

  public static final ReplicaTrust TRUST =
      new ReplicaTrust(
          "harbour",
          "mountain",
          new TrustedKeys(
              List.of(TrustedKey.of(HOME), TrustedKey.of(SIBLING), TrustedKey.of(OTHER))),
          Set.of(grant(1).getRecoveryKey()));

  private TestKeys() {}

  /** An epoch's keys; the sealed form is made up, since nothing here opens it. */
  public static EpochKeys epoch(int number) {
    return new EpochKeys(grant(number), filled(10 + number), filled(9));
  }

  static KeyGrant grant(int number) {
    return KeyGrant.newBuilder()
        .setEpochKey(ByteString.copyFrom(filled(20 + number), 0, 16))
        .setEpoch(number)
        .setRecoveryKey(ByteString.copyFrom(filled(7), 0, 16))
        .setEncapsulated(ByteString.copyFrom(filled(30 + number)))
        .setSealed(ByteString.copyFrom(Arrays.copyOf(filled(40 + number), 80)))
        .build();
  }

  public static byte[] filled(int with) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) with);
    return bytes;
  }
}

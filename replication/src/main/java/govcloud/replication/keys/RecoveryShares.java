package govcloud.replication.keys;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.threshold.ShamirSecretSplitter;
import org.bouncycastle.crypto.threshold.ShamirSplitSecret;
import org.bouncycastle.crypto.threshold.ShamirSplitSecretShare;

/** Splits the recovery key into shares, Shamir over GF(256), and joins them again. */
final class RecoveryShares {
  private RecoveryShares() {}

  /** Shares of a private key, which stays as it is and is the caller's to wipe. */
  static List<RecoveryShare> split(
      String cloud, byte[] privateKey, int needed, int count, SecureRandom random) {
    ByteString recoveryKey = RecoveryKey.of(privateKey).id();
    ShamirSplitSecretShare[] parts =
        splitter(random).resplit(privateKey, needed, count).getSecretShares();
    List<RecoveryShare> shares = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      shares.add(new RecoveryShare(cloud, recoveryKey, i + 1, count, needed, encoded(parts[i])));
    }
    return shares;
  }

  /**
   * Joins shares that were found good.
   *
   * @return the private key; the caller wipes it
   * @throws KeyException when what comes out is not the recovery key
   */
  static byte[] join(PublicRecovery recovery, List<RecoveryShare> good) throws KeyException {
    byte[] privateKey = join(good.stream().limit(recovery.needed()).toList());
    if (!RecoveryKey.of(privateKey).id().equals(recovery.key().id())) {
      Arrays.fill(privateKey, (byte) 0);
      throw new KeyException(
          KeyDefect.KEY_SHARE_WRONG, "the shares together do not give the recovery key");
    }
    return privateKey;
  }

  /** What exactly these shares give: the private key only if all are good and enough. */
  static byte[] join(List<RecoveryShare> shares) {
    ShamirSplitSecretShare[] parts =
        shares.stream()
            .map(share -> new ShamirSplitSecretShare(share.secret(), share.index()))
            .toArray(ShamirSplitSecretShare[]::new);
    try {
      return ShamirSplitSecret.getInstance(ShamirSecretSplitter.Algorithm.AES, parts).getSecret();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ShamirSecretSplitter splitter(SecureRandom random) {
    return ShamirSecretSplitter.getInstance(
        ShamirSecretSplitter.Algorithm.AES, RecoveryKey.LENGTH, random);
  }

  private static byte[] encoded(ShamirSplitSecretShare share) {
    try {
      return share.getEncoded();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

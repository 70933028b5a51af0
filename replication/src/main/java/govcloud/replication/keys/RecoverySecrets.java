package govcloud.replication.keys;

import com.google.protobuf.ByteString;
import govcloud.protobuf.replica.v1.KeyGrant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The private recovery key, joined from shares after a cloud was lost: opens every epoch that the
 * cloud ever had. Lives in memory only, and is overwritten when it is closed.
 */
public final class RecoverySecrets implements AutoCloseable {
  private final String cloud;
  private final ByteString recoveryKey;
  private final byte[] privateKey;

  private RecoverySecrets(String cloud, ByteString recoveryKey, byte[] privateKey) {
    this.cloud = cloud;
    this.recoveryKey = recoveryKey;
    this.privateKey = privateKey;
  }

  /**
   * Joins share files. Nothing but the shares is needed: they name the cloud, the recovery key and
   * how many of them give it.
   *
   * @throws KeyException when one cannot be read ({@code KEY_FILE_DAMAGED} and others), is of
   *     another key ({@code KEY_SHARE_FOREIGN}) or is not as it was made ({@code KEY_SHARE_WRONG}),
   *     or when there are too few ({@code KEY_SHARES_TOO_FEW})
   */
  public static RecoverySecrets join(List<Path> files) throws KeyException {
    Map<Integer, RecoveryShare> shares = new TreeMap<>();
    try {
      RecoveryShare first = null;
      for (Path file : files) {
        RecoveryShare share = read(file);
        first = first == null ? share : first;
        if (!share.recoveryKey().equals(first.recoveryKey())) {
          share.wipe();
          throw new KeyException(
              KeyDefect.KEY_SHARE_FOREIGN,
              file + ": " + share + " of " + share.cloud() + " (expected: a share like the first)");
        }
        shares.put(share.index(), share);
      }
      if (first == null || shares.size() < first.needed()) {
        throw new KeyException(
            KeyDefect.KEY_SHARES_TOO_FEW,
            shares.size()
                + " different shares (expected: "
                + (first == null ? "at least 2" : first.needed())
                + ")");
      }
      return new RecoverySecrets(
          first.cloud(), first.recoveryKey(), join(first, List.copyOf(shares.values())));
    } finally {
      shares.values().forEach(RecoveryShare::wipe);
    }
  }

  private static RecoveryShare read(Path file) throws KeyException {
    byte[] text = SecretFiles.read(file);
    try {
      return RecoveryShare.parse(text);
    } catch (KeyException e) {
      throw new KeyException(e.defect(), file + ": " + e.getMessage(), e);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  /** Tries every choice of shares: with one more than needed, a wrong one does no harm. */
  private static byte[] join(RecoveryShare first, List<RecoveryShare> shares) throws KeyException {
    List<List<RecoveryShare>> choices = new ArrayList<>();
    choose(shares, 0, first.needed(), List.of(), choices);
    for (List<RecoveryShare> choice : choices) {
      byte[] key = RecoveryShares.join(choice);
      if (RecoveryKey.of(key).id().equals(first.recoveryKey())) {
        return key;
      }
      Arrays.fill(key, (byte) 0);
    }
    throw new KeyException(
        KeyDefect.KEY_SHARE_WRONG,
        shares.stream().map(RecoveryShare::toString).toList()
            + ": together they do not give the recovery key (expected: as made by keys init; add"
            + " another share)");
  }

  private static void choose(
      List<RecoveryShare> from,
      int start,
      int wanted,
      List<RecoveryShare> chosen,
      List<List<RecoveryShare>> choices) {
    if (wanted == 0) {
      choices.add(chosen);
      return;
    }
    for (int i = start; i <= from.size() - wanted; i++) {
      List<RecoveryShare> more = new ArrayList<>(chosen);
      more.add(from.get(i));
      choose(from, i + 1, wanted - 1, more, choices);
    }
  }

  /** The cloud whose recovery key this is. */
  public String cloud() {
    return cloud;
  }

  /** Name of the recovery key, 16 bytes. */
  public ByteString recoveryKey() {
    return recoveryKey;
  }

  /**
   * The keys of an epoch; whoever asks closes them. For several threads.
   *
   * @throws KeyException when the grant is not sealed to this key
   */
  public EpochKeys open(KeyGrant grant) throws KeyException {
    return RecoveryKey.open(privateKey, cloud, grant);
  }

  @Override
  public void close() {
    Arrays.fill(privateKey, (byte) 0);
  }
}

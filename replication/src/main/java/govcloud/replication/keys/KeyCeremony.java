package govcloud.replication.keys;

import com.google.protobuf.ByteString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes a cloud's keys, and looks at shares. The private recovery key lives only in its memory. */
public final class KeyCeremony {
  /** Most shares of a recovery key. */
  public static final int MOST_SHARES = 32;

  private KeyCeremony() {}

  /**
   * Makes everything: recovery key, shares, signing key, first epoch.
   *
   * @param cloud name of the cloud
   * @param shareFolder where the share files go; none may be there yet
   * @return the share files
   * @throws KeyException when a file is there already or cannot be written
   */
  public static List<Path> init(
      KeyFolder keys, String cloud, Path shareFolder, int needed, int count, SecureRandom random)
      throws KeyException {
    if (needed < 2 || needed > count || count > MOST_SHARES) {
      throw new IllegalArgumentException(
          "shares: " + needed + " of " + count + " (expected: 2 <= needed <= count <= 32)");
    }
    List<Path> files = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      files.add(shareFolder.resolve("recovery-share-" + i + "-of-" + count + ".txt"));
    }
    refuseExisting(keys, files);
    byte[] privateKey = RecoveryKey.generate(random);
    List<RecoveryShare> shares = List.of();
    try {
      shares = RecoveryShares.split(cloud, privateKey, needed, count, random);
      List<ByteString> checks = shares.stream().map(RecoveryShare::check).toList();
      SecretFiles.folder(shareFolder);
      for (int i = 0; i < count; i++) {
        byte[] text = shares.get(i).toFile();
        SecretFiles.write(files.get(i), text);
        Arrays.fill(text, (byte) 0);
      }
      keys.create(PublicRecovery.of(cloud, privateKey, needed, checks), random);
    } finally {
      Arrays.fill(privateKey, (byte) 0);
      shares.forEach(RecoveryShare::wipe);
    }
    return files;
  }

  private static void refuseExisting(KeyFolder keys, List<Path> files) throws KeyException {
    if (keys.exists()) {
      throw new KeyException(
          KeyDefect.KEY_FILE_EXISTS, keys.folder() + " has keys (expected: an empty folder)");
    }
    for (Path file : files) {
      if (Files.exists(file)) {
        throw new KeyException(
            KeyDefect.KEY_FILE_EXISTS, file + " (expected: a folder without shares)");
      }
    }
  }

  /** Looks at share files: which are good, and do they give the key. */
  public static ShareCheck check(PublicRecovery recovery, List<Path> files) {
    List<ShareCheck.File> found = new ArrayList<>();
    Map<Integer, RecoveryShare> good = new TreeMap<>();
    for (Path file : files) {
      found.add(look(recovery, file, good));
    }
    boolean joined = false;
    if (good.size() >= recovery.needed()) {
      try {
        Arrays.fill(RecoveryShares.join(recovery, List.copyOf(good.values())), (byte) 0);
        joined = true;
      } catch (KeyException e) {
        joined = false;
      }
    }
    good.values().forEach(RecoveryShare::wipe);
    return new ShareCheck(found, good.size(), recovery.needed(), joined);
  }

  private static ShareCheck.File look(
      PublicRecovery recovery, Path file, Map<Integer, RecoveryShare> good) {
    byte[] text = {};
    int index = 0;
    try {
      text = SecretFiles.read(file);
      RecoveryShare share = RecoveryShare.parse(text);
      index = share.index();
      recovery.check(share);
      good.put(index, share);
      return new ShareCheck.File(file, index, null, share + " is good");
    } catch (KeyException e) {
      return new ShareCheck.File(file, index, e.defect(), e.getMessage());
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  /**
   * Joins shares to the private recovery key: only during a recovery.
   *
   * @return 32 bytes; the caller wipes them
   * @throws KeyException when fewer good shares are given than needed
   */
  public static byte[] join(PublicRecovery recovery, List<Path> files) throws KeyException {
    Map<Integer, RecoveryShare> good = new TreeMap<>();
    List<ShareCheck.File> bad =
        files.stream()
            .map(file -> look(recovery, file, good))
            .filter(file -> file.defect() != null)
            .toList();
    try {
      if (good.size() < recovery.needed()) {
        StringBuilder others = new StringBuilder();
        bad.forEach(
            file ->
                others
                    .append("; ")
                    .append(file.path().getFileName())
                    .append(": ")
                    .append(file.defect())
                    .append(": ")
                    .append(file.detail()));
        throw new KeyException(
            KeyDefect.KEY_SHARES_TOO_FEW,
            good.size() + " good (expected: " + recovery.needed() + ")" + others);
      }
      return RecoveryShares.join(recovery, List.copyOf(good.values()));
    } finally {
      good.values().forEach(RecoveryShare::wipe);
    }
  }
}

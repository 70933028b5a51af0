package govcloud.replication.keys;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import govcloud.protobuf.replica.v1.KeyGrant;
import govcloud.replication.statement.SigningKey;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The epochs of a cloud, sealed to its drill key: a folder beside the cloud's keys, without any
 * secret in it. Nothing of it is in the replica, which only the recovery key opens for ever; who
 * deletes this folder takes every epoch away from the drill key.
 */
public final class DrillGrants {
  private static final String SUFFIX = ".grant";

  private final KeyFolder keys;
  private final Path folder;

  /** The grants of a cloud. */
  public DrillGrants(KeyFolder keys) {
    this.keys = keys;
    this.folder = keys.folder().resolve("drill");
  }

  /** Where they are. */
  public Path folder() {
    return folder;
  }

  /** Whether there is a drill key. */
  public boolean exists() {
    return Files.exists(folder.resolve(DrillCard.FILE));
  }

  /**
   * Grants a drill key every epoch so far, and takes them away from the one before. Later epochs
   * are granted as they begin.
   *
   * @param signing the key of the cloud that counts, which vouches for the drill key
   */
  public DrillCard grant(DrillHalf half, SigningKey signing) throws KeyException {
    DrillCard card = DrillCard.of(keys.recovery(), half, signing);
    if (Files.exists(folder) && !(exists() && DrillCard.read(folder).key().equals(card.key()))) {
      revoke();
    }
    SecretFiles.folder(folder);
    SecretFiles.replacePublic(folder.resolve(DrillCard.FILE), card.toFile());
    complete();
    return card;
  }

  /**
   * Takes every epoch away from the drill key, which then opens nothing any more; its card last, so
   * that none of its grants is taken for another key's where this is cut short.
   */
  private void revoke() throws KeyException {
    try (DirectoryStream<Path> grants = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path grant : grants) {
        Files.delete(grant);
      }
      Files.deleteIfExists(folder.resolve(DrillCard.FILE));
    } catch (IOException e) {
      throw new KeyException(KeyDefect.KEY_FILE_UNUSABLE, folder + " (" + e.getMessage() + ")", e);
    }
  }

  /** The drill key to which epochs are granted; empty: there is none. */
  public Optional<DrillCard> card() throws KeyException {
    return exists() ? Optional.of(DrillCard.read(folder)) : Optional.empty();
  }

  /** Whether all that lies here is granted to that drill key, as far as one can see. */
  public boolean areOf(DrillCard card) throws KeyException {
    return all(folder).values().stream()
        .allMatch(grant -> grant.getRecoveryKey().equals(card.key().id()));
  }

  /** Grants the epochs that are not granted to the drill key yet. Several may do so at once. */
  public void complete() throws KeyException {
    RecoveryKey drill = DrillCard.read(folder).key();
    for (KeyGrant grant : keys.grants()) {
      Path file = folder.resolve("epoch-" + grant.getEpoch() + SUFFIX);
      if (!Files.exists(file) || !read(file).getRecoveryKey().equals(drill.id())) {
        try (EpochKeys epoch = keys.epoch(grant)) {
          SecretFiles.replacePublic(file, seal(drill, epoch).toByteArray());
        }
      }
    }
  }

  private static KeyGrant read(Path file) throws KeyException {
    try {
      return KeyGrant.parseFrom(SecretFiles.read(file));
    } catch (InvalidProtocolBufferException e) {
      throw new KeyException(KeyDefect.KEY_FILE_DAMAGED, file + " (expected: a grant)", e);
    }
  }

  private KeyGrant seal(RecoveryKey drill, EpochKeys epoch) throws KeyException {
    byte[] first = epoch.epochSecret();
    byte[] second = epoch.indexSecret();
    byte[] both = Arrays.copyOf(first, 2 * RecoveryKey.LENGTH);
    System.arraycopy(second, 0, both, RecoveryKey.LENGTH, RecoveryKey.LENGTH);
    try {
      KeyGrant grant = epoch.grant();
      return drill.seal(keys.recovery().cloud(), grant.getEpoch(), grant.getEpochKey(), both);
    } finally {
      List.of(first, second, both).forEach(bytes -> Arrays.fill(bytes, (byte) 0));
    }
  }

  /** The grants in a folder, by the name of the epoch's keys. */
  static Map<ByteString, KeyGrant> all(Path folder) throws KeyException {
    Map<ByteString, KeyGrant> grants = new HashMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        KeyGrant grant = read(file);
        grants.put(grant.getEpochKey(), grant);
      }
    } catch (IOException e) {
      throw new KeyException(KeyDefect.KEY_FILE_UNUSABLE, folder + " (" + e.getMessage() + ")", e);
    }
    return grants;
  }
}

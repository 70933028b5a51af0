package govcloud.replication.keys;

import com.google.protobuf.ByteString;
import govcloud.replication.statement.ReplicaHash;
import govcloud.replication.statement.SigningKey;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keys that may become a cloud's next ones. Whoever makes one keeps its private half on the disk
 * under a name of its own, has it decided elsewhere which of them counts, and only then is that one
 * among the keys: two nodes that do the same work make one key, and a crash at any moment leaves
 * one that can be completed, or that nobody uses.
 */
public final class NextKeys {
  private static final Pattern NAME =
      Pattern.compile("(signing|epoch)-([1-9][0-9]{0,4})-[0-9a-f]+\\.key");

  private final KeyFolder keys;
  private final Path folder;

  /** Keys that are followed by others. */
  public enum Kind {
    /** Named by its public half. */
    SIGNING,
    /** Named as its grant is. */
    EPOCH;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Of the cloud that has these keys. */
  public NextKeys(KeyFolder keys) {
    this.keys = keys;
    this.folder = keys.folder().resolve("next");
  }

  /**
   * Makes one that nobody uses yet.
   *
   * @param number that it may get
   * @return its name
   */
  public ByteString make(Kind kind, int number, SecureRandom random) throws KeyException {
    SecretFiles.folder(folder);
    byte[] text =
        switch (kind) {
          case SIGNING -> signing(random);
          case EPOCH -> epoch(number, random);
        };
    try {
      ByteString name = name(kind, text);
      SecretFiles.write(file(kind, number, name), text);
      return name;
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  private byte[] signing(SecureRandom random) throws KeyException {
    byte[] seed = new byte[RecoveryKey.LENGTH];
    random.nextBytes(seed);
    try {
      return SigningFiles.text(new SigningKey(keys.recovery().cloud(), seed), seed);
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  /** All epochs share the secret of the first, which nobody can have put among the keys. */
  private byte[] epoch(int number, SecureRandom random) throws KeyException {
    byte[] index;
    try (EpochKeys first = keys.firstEpoch()) {
      index = first.indexSecret();
    }
    try {
      return EpochFiles.make(keys.recovery(), number, index, random);
    } finally {
      Arrays.fill(index, (byte) 0);
    }
  }

  private static ByteString name(Kind kind, byte[] text) throws KeyException {
    if (kind == Kind.SIGNING) {
      return SigningFiles.key(text).publicKey();
    }
    try (EpochKeys epoch = EpochFiles.keys(text)) {
      return epoch.grant().getEpochKey();
    }
  }

  /**
   * Puts the one that counts among the keys, if it is not there yet, and destroys the others up to
   * its number.
   *
   * @throws KeyException with {@code KEY_FILE_MISSING} when it was made elsewhere, and {@code
   *     KEY_FILE_EXISTS} when another key of its number is there, whole or half written; then
   *     nothing is destroyed
   */
  public void use(Kind kind, int number, ByteString name) throws KeyException {
    try {
      if (newest(kind) < number) {
        add(kind, number, read(file(kind, number, name)));
      }
    } catch (KeyException e) {
      // Another node may have done so meanwhile.
      if (newest(kind) < number) {
        throw e;
      }
    }
    if (!isThere(kind, number, name)) {
      throw new KeyException(
          KeyDefect.KEY_FILE_EXISTS,
          kind.word() + "-" + number + ": another key (expected: " + ReplicaHash.hex(name) + ")");
    }
    destroyUpTo(kind, number);
  }

  private boolean isThere(Kind kind, int number, ByteString name) throws KeyException {
    if (kind == Kind.SIGNING) {
      return keys.signing(number).publicKey().equals(name);
    }
    try (EpochKeys epoch = keys.epoch(number)) {
      return epoch.grant().getEpochKey().equals(name);
    }
  }

  private static byte[] read(Path file) throws KeyException {
    if (!Files.exists(file)) {
      throw new KeyException(
          KeyDefect.KEY_FILE_MISSING,
          file + " (expected: one keys folder for all nodes, with what one of them has made)");
    }
    return SecretFiles.readSecret(file);
  }

  private void add(Kind kind, int number, byte[] text) throws KeyException {
    try {
      switch (kind) {
        case SIGNING -> keys.addSigning(number, text);
        case EPOCH -> new EpochFiles(keys.folder()).add(number, text);
      }
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  private int newest(Kind kind) throws KeyException {
    return switch (kind) {
      case SIGNING -> keys.newestSigning();
      case EPOCH -> keys.newestEpoch();
    };
  }

  /** Destroys one that does not count; one that is not there is as good as destroyed. */
  public void destroy(Kind kind, int number, ByteString name) throws KeyException {
    SecretFiles.destroy(file(kind, number, name));
  }

  private void destroyUpTo(Kind kind, int number) throws KeyException {
    try (DirectoryStream<Path> made = Files.newDirectoryStream(folder)) {
      for (Path file : made) {
        Matcher found = NAME.matcher(file.getFileName().toString());
        if (found.matches()
            && found.group(1).equals(kind.word())
            && Integer.parseInt(found.group(2)) <= number) {
          SecretFiles.destroy(file);
        }
      }
    } catch (NoSuchFileException e) {
      // Nobody has ever made one here.
    } catch (IOException e) {
      throw new KeyException(KeyDefect.KEY_FILE_UNUSABLE, folder + " (" + e.getMessage() + ")", e);
    }
  }

  private Path file(Kind kind, int number, ByteString name) {
    return folder.resolve(kind.word() + "-" + number + "-" + ReplicaHash.hex(name) + ".key");
  }
}

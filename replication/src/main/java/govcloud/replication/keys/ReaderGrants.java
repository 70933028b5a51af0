package govcloud.replication.keys;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Who may read what a cloud has received from its sibling: files beside the cloud's keys, which all
 * nodes share. Nobody may unless a grant is there, and each has an end.
 */
public final class ReaderGrants {
  private static final String SUFFIX = ".grant";

  private final KeyFolder keys;

  /** Of the cloud that has these keys. */
  public ReaderGrants(KeyFolder keys) {
    this.keys = keys;
  }

  private Path folder() {
    return keys.folder().resolve("readers");
  }

  private Path file(String name) {
    return folder().resolve(name + SUFFIX);
  }

  /**
   * Lets somebody read. The reader gets a folder with a key of its own, the grant, and the cards of
   * both clouds; whoever has the folder is the reader.
   *
   * @param cloud whose replica; a sibling that is trusted
   * @param name of the reader
   * @param into the folder, which is made
   * @throws KeyException when the name reads already, the folder has a key, or there is no such
   *     sibling
   */
  public ReaderGrant grant(
      String cloud, String name, Path into, Instant now, Instant until, SecureRandom random)
      throws KeyException {
    CloudCard lost = keys.sibling(cloud);
    if (Files.exists(file(name)) && !ReaderGrant.read(file(name)).isOver(now)) {
      throw new KeyException(
          KeyDefect.KEY_FILE_EXISTS, name + " reads already (expected: another name, or --end)");
    }
    KeyFolder reader = new KeyFolder(into);
    SecretFiles.folder(into);
    LinkIdentity.create(reader, name, random);
    ReaderGrant grant = new ReaderGrant(cloud, name, reader.link().certificate(), until);
    SecretFiles.writePublic(into.resolve(ReaderGrant.FILE), grant.toFile());
    CardFolder.keep(into, lost);
    CardFolder.keep(into, keys.card());
    SecretFiles.folder(folder());
    SecretFiles.replacePublic(file(name), grant.toFile());
    return grant;
  }

  /**
   * Lets somebody read no longer.
   *
   * @throws KeyException with {@code KEY_FILE_MISSING} when the name has no grant
   */
  public void end(String name) throws KeyException {
    ReaderGrant.read(file(name));
    try {
      Files.deleteIfExists(file(name));
    } catch (IOException e) {
      throw unusable(file(name), e);
    }
  }

  /** All grants, by name, also those that are over. */
  public List<ReaderGrant> list() throws KeyException {
    List<ReaderGrant> grants = new ArrayList<>();
    if (Files.isDirectory(folder())) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder(), "*" + SUFFIX)) {
        for (Path file : files) {
          grants.add(ReaderGrant.read(file));
        }
      } catch (IOException e) {
        throw unusable(folder(), e);
      }
    }
    grants.sort(Comparator.comparing(ReaderGrant::name));
    return grants;
  }

  private static KeyException unusable(Path path, IOException cause) {
    return new KeyException(
        KeyDefect.KEY_FILE_UNUSABLE, path + " (" + cause.getMessage() + ")", cause);
  }
}

package govcloud.replication.keys;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Cards of clouds beside a replica, so that whoever finds it knows whose signatures to expect. They
 * prove nothing by themselves: fingerprints are compared by people.
 */
public final class CardFolder {
  private static final String SUFFIX = ".card";

  private CardFolder() {}

  /**
   * Keeps a card, whole or not at all, in place of the one of the same cloud. Several may do so at
   * the same time.
   *
   * @throws KeyException when it cannot be written
   */
  public static void keep(Path folder, CloudCard card) throws KeyException {
    Path file = folder.resolve(card.cloud() + SUFFIX);
    byte[] text = card.toFile();
    try {
      if (Files.exists(file) && Arrays.equals(SecretFiles.read(file), text)) {
        return;
      }
      Files.createDirectories(folder);
      Path next = Files.createTempFile(folder, card.cloud(), ".next");
      Files.write(next, text);
      Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-r--r--"));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new KeyException(KeyDefect.KEY_FILE_UNUSABLE, file + " (" + e.getMessage() + ")", e);
    }
  }

  /**
   * The cards in a folder, by the name of their cloud.
   *
   * @return none where there is no folder
   * @throws KeyException when a file that should be a card is not one
   */
  public static List<CloudCard> read(Path folder) throws KeyException {
    List<CloudCard> cards = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
        for (Path file : files) {
          cards.add(CloudCard.parse(SecretFiles.read(file)));
        }
      } catch (IOException e) {
        throw new KeyException(
            KeyDefect.KEY_FILE_UNUSABLE, folder + " (" + e.getMessage() + ")", e);
      }
    }
    cards.sort(Comparator.comparing(CloudCard::cloud));
    return cards;
  }
}

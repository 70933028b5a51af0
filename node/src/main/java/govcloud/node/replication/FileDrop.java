package govcloud.node.replication;

import govcloud.replication.link.DropFolder;
import govcloud.replication.link.FileDropBlobLink;
import govcloud.replication.link.FileDropBlobReceiver;
import govcloud.replication.link.FileDropLink;
import govcloud.replication.link.FileDropReceiver;
import govcloud.replication.link.FileSystemDropFolder;
import govcloud.replication.shipping.BlobLink;
import govcloud.replication.shipping.SiblingLink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * The two folders that gateways empty and fill, open. Each holds files and answers of both clouds.
 *
 * @param outbox what this cloud sends
 * @param inbox what the sibling sends
 */
record FileDrop(FileDropSettings settings, DropFolder outbox, DropFolder inbox) {

  /**
   * Opens the folders, and makes them where they are not there.
   *
   * @throws IllegalArgumentException when one cannot be written, beginning with the setting's name
   */
  static FileDrop open(FileDropSettings settings) {
    return new FileDrop(
        settings, folder("outbox", settings.outbox()), folder("inbox", settings.inbox()));
  }

  private static DropFolder folder(String key, Optional<Path> folder) {
    try {
      return FileSystemDropFolder.open(folder.orElseThrow());
    } catch (IOException e) {
      throw HomeArchive.wrong("file-drop." + key, e.toString(), "a folder that can be written", e);
    }
  }

  /** The way to the sibling, and of its answers. */
  SiblingLink link(String own, String sibling, Clock clock) {
    return new FileDropLink(
        outbox,
        inbox,
        own,
        sibling,
        settings.window(),
        settings.patience(),
        clock,
        System::nanoTime);
  }

  /** The way of attachments to the sibling, and of what it says that it has. */
  BlobLink blobLink(String own, String sibling, Clock clock) {
    return new FileDropBlobLink(
        outbox, inbox, own, sibling, settings.patience(), clock, System::nanoTime);
  }

  /**
   * Takes in the attachments that the sibling drops.
   *
   * @param interval how often the sibling is told again of all that are here
   */
  FileDropBlobReceiver blobReceiver(
      String sibling,
      String own,
      FileDropBlobReceiver.Intake intake,
      Duration interval,
      Clock clock) {
    return new FileDropBlobReceiver(
        inbox, outbox, sibling, own, intake, interval, clock, System::nanoTime);
  }

  /** Takes in what the sibling drops. */
  FileDropReceiver receiver(
      String sibling, String own, FileDropReceiver.Intake intake, Clock clock) {
    return new FileDropReceiver(
        inbox, outbox, sibling, own, intake, settings.patience(), clock, System::nanoTime);
  }
}

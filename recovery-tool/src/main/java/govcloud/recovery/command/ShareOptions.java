package govcloud.recovery.command;

import govcloud.recovery.RecoveryException;
import govcloud.recovery.replica.Replica;
import govcloud.replication.keys.KeyDefect;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.RecoverySecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The shares that officers brought. */
final class ShareOptions {
  @Option(
      names = "--share",
      arity = "1..*",
      paramLabel = "FILE",
      description = "Share files of the lost cloud's recovery key.")
  private List<Path> shares = List.of();

  @Option(
      names = "--shares",
      paramLabel = "FOLDER",
      description = "A folder with share files (*.txt).")
  private Path folder;

  /** All files; none where none was named. */
  List<Path> files() throws KeyException {
    List<Path> files = new ArrayList<>(shares);
    if (folder != null) {
      try (Stream<Path> found = Files.list(folder)) {
        found.filter(file -> file.toString().endsWith(".txt")).sorted().forEach(files::add);
      } catch (IOException e) {
        throw new KeyException(
            KeyDefect.KEY_FILE_MISSING, folder + " (expected: a folder with share files)", e);
      }
    }
    return files;
  }

  /** The files, of which there must be some. */
  List<Path> required() throws KeyException {
    List<Path> files = files();
    if (files.isEmpty()) {
      throw RecoveryTask.usage("shares: none (expected: --share FILE... or --shares FOLDER)");
    }
    return files;
  }

  /** The key that the shares give; the caller closes it. */
  RecoverySecrets join(ArchiveOptions.Opened archive) throws KeyException {
    return RecoverySecrets.join(archive.cards().lost().recovery(), required());
  }

  /** The replica with the keys that the shares give; its secrets are closed by the caller. */
  Replica open(ArchiveOptions.Opened archive) throws KeyException, RecoveryException {
    return ArchiveOptions.replica(archive, join(archive));
  }
}

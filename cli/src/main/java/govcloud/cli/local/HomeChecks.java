package govcloud.cli.local;

import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.command.OwnerFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;

/** What must hold before a cloud is started in a folder; each failure is one sentence. */
final class HomeChecks {
  private static final long LEAST_SPACE = 1L << 30;
  private static final String COMMAND_LINE = "command-line.";

  private final CloudHome home;

  HomeChecks(CloudHome home) {
    this.home = home;
  }

  /** Makes the folder and the token. */
  void prepare(SecureRandom random) {
    try {
      Files.createDirectories(home.folder());
      Path probe = Files.createTempFile(home.folder(), "probe", "");
      Files.delete(probe);
      long free = Files.getFileStore(home.folder()).getUsableSpace();
      if (free < LEAST_SPACE) {
        throw new CommandFailure(
            ExitCode.FAILED,
            "DISK_FULL",
            String.format(
                Locale.ROOT,
                "%s has %,d MiB left (expected: >= %,d MiB); free some space or choose another"
                    + " folder with --home.",
                home.folder(),
                free >> 20,
                LEAST_SPACE >> 20));
      }
      makeToken(random);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "HOME_NOT_WRITABLE",
          "Cannot write in "
              + home.folder()
              + " ("
              + e.getClass().getSimpleName()
              + "); choose another folder with --home.");
    }
  }

  /** The key of the command line's account begins with the account's name. */
  private void makeToken(SecureRandom random) throws IOException {
    String before = Files.exists(home.token()) ? Files.readString(home.token()).strip() : "";
    if (before.startsWith(COMMAND_LINE)) {
      return;
    }
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    String key =
        before.isEmpty() ? Base64.getUrlEncoder().withoutPadding().encodeToString(secret) : before;
    OwnerFile.write(home.token(), COMMAND_LINE + key + "\n");
  }

  /** Whether a supervisor lives in the folder. */
  boolean isRunning() {
    if (!Files.exists(home.lock())) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(home.lock(), StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    } catch (IOException e) {
      return false;
    }
  }

  /** The refusal of a second cloud in one folder. */
  CommandFailure alreadyRunning() {
    return new CommandFailure(
        ExitCode.CONFLICT,
        "ALREADY_RUNNING",
        "A cloud already runs in "
            + home.folder()
            + "; see `govcloud status`, stop it with `govcloud down`, or choose another folder"
            + " with --home.");
  }
}

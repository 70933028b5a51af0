package govcloud.cli.account;

import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.command.OwnerFile;
import govcloud.cli.local.CloudHome;
import java.io.IOException;
import java.nio.file.Files;

/**
 * The session that {@code login} has begun and {@code logout} ends; readable by its owner alone.
 */
final class SessionFile {
  private SessionFile() {}

  static void write(CloudHome home, String token) {
    OwnerFile.write(home.session(), token + "\n");
  }

  static boolean isThere(CloudHome home) {
    return Files.exists(home.session());
  }

  static void delete(CloudHome home) {
    try {
      Files.deleteIfExists(home.session());
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED, "HOME_NOT_WRITABLE", "Cannot delete " + home.session() + ".");
    }
  }
}

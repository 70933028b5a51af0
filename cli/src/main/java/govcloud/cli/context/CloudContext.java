package govcloud.cli.context;

import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.local.CloudHome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A named connection to a cloud.
 *
 * @param name its own
 * @param urls addresses of nodes, at least one
 * @param tenant the department that {@code .} stands for; empty: none
 * @param folder where its authority and its session lie; its owner alone may enter
 */
public record CloudContext(String name, List<URI> urls, String tenant, Path folder) {

  public CloudContext {
    urls = List.copyOf(urls);
  }

  /** Its folder as a home, in which no cloud of this machine lives. */
  public CloudHome home() {
    return new CloudHome(folder);
  }

  /** The authority whose certificates the cloud shows; none: those that this machine takes. */
  public Optional<Path> authority() {
    return Optional.of(authorityFile()).filter(Files::exists);
  }

  Path authorityFile() {
    return folder.resolve("authority.pem");
  }

  /** Whether {@code login} has begun a session here that {@code logout} has not ended. */
  public boolean isSignedIn() {
    return Files.exists(home().session());
  }

  /**
   * Refuses a session that others than its owner could have read or written.
   *
   * @throws CommandFailure with {@code CONTEXT_SESSION_EXPOSED}
   */
  public void requireSecret() {
    Path session = home().session();
    try {
      Set<PosixFilePermission> modes = Files.getPosixFilePermissions(session);
      if (modes.stream().anyMatch(mode -> !mode.name().startsWith("OWNER"))) {
        throw new CommandFailure(
            ExitCode.AUTHENTICATION,
            "CONTEXT_SESSION_EXPOSED",
            session
                + ": mode "
                + PosixFilePermissions.toString(modes)
                + " (expected: rw-------); delete it and sign in again.");
      }
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.AUTHENTICATION,
          "TOKEN_MISSING",
          "Nobody is signed in here; `govcloud login ACCOUNT --context " + name + "`.");
    }
  }
}

package govcloud.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that hold secrets, and who may read them. */
final class SecretFile {
  /** Where systemd puts what it hands to a service (LoadCredential). */
  private static final String CREDENTIALS = "CREDENTIALS_DIRECTORY";

  private SecretFile() {}

  /**
   * Refuses a file that others than its owner can use.
   *
   * @throws PkiException {@code TLS_KEY_EXPOSED}, or when the file is not there
   */
  static void require(Path file) throws PkiException {
    require(file, System.getenv(CREDENTIALS));
  }

  /**
   * The same beside the credentials of a service: systemd gives them by an access list, whose mask
   * looks like a right of the group to read.
   *
   * @param credentials their folder; null: none
   */
  static void require(Path file, String credentials) throws PkiException {
    boolean handed =
        credentials != null
            && file.toAbsolutePath().normalize().startsWith(Path.of(credentials).toAbsolutePath());
    try {
      Set<PosixFilePermission> modes = Files.getPosixFilePermissions(file);
      for (PosixFilePermission mode : modes) {
        boolean own = mode.name().startsWith("OWNER");
        if (!own && !(handed && mode == PosixFilePermission.GROUP_READ)) {
          throw new PkiException(
              PkiDefect.TLS_KEY_EXPOSED,
              file
                  + ": mode "
                  + PosixFilePermissions.toString(modes)
                  + " (expected: rw-------; chmod 600 mends it)");
        }
      }
    } catch (IOException e) {
      throw PemFile.unusable(file, e);
    }
  }
}

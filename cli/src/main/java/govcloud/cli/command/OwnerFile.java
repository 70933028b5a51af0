package govcloud.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Files with secrets: mode 0600 from their first byte on. */
public final class OwnerFile {
  private OwnerFile() {}

  /** Replaces a file by JSON that people can read. */
  public static void write(ObjectMapper json, Path file, JsonNode tree) {
    try {
      write(file, json.writerWithDefaultPrettyPrinter().writeValueAsString(tree) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree can always be written", e);
    }
  }

  /**
   * Replaces a file as a whole.
   *
   * @throws CommandFailure when the folder cannot be written
   */
  public static void write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path next = file.resolveSibling(file.getFileName() + ".next");
      Files.deleteIfExists(next);
      Files.createFile(
          next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(next, text, StandardCharsets.UTF_8);
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "HOME_NOT_WRITABLE",
          "Cannot write " + file + " (" + e.getMessage() + ").");
    }
  }
}

package govcloud.replication.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * That a site accepts nothing, because it is to be moved: a file beside the cloud's keys, which all
 * nodes share, so that a restart and every node know it. Unlike {@link GivenUpSite} it proves
 * nothing, and people can take it back.
 */
public final class SiteDrain {
  private final Path file;

  /** Of the site that has these keys. */
  public SiteDrain(KeyFolder keys) {
    this.file = keys.folder().resolve("drained");
  }

  /**
   * Begins it; one that has begun stays as it is.
   *
   * @return since when it is so
   * @throws KeyException with {@code KEY_FILE_UNUSABLE} when it cannot be kept
   */
  public Instant begin(Instant now) throws KeyException {
    Optional<Instant> since = since();
    if (since.isEmpty()) {
      SecretFiles.replacePublic(file, now.toString().getBytes(StandardCharsets.US_ASCII));
    }
    return since.orElse(now);
  }

  /**
   * Ends it: the site is not moved.
   *
   * @throws KeyException with {@code KEY_FILE_UNUSABLE} when the file cannot be deleted
   */
  public void end() throws KeyException {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new KeyException(KeyDefect.KEY_FILE_UNUSABLE, file + " (" + e.getMessage() + ")", e);
    }
  }

  /**
   * Since when the site accepts nothing; empty: it accepts.
   *
   * @throws KeyException when the file cannot be read
   */
  public Optional<Instant> since() throws KeyException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String text = new String(SecretFiles.read(file), StandardCharsets.US_ASCII).strip();
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      throw new KeyException(
          KeyDefect.KEY_FILE_DAMAGED, file + ": " + text + " (expected: a moment)", e);
    }
  }
}

package govcloud.replication.keys;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * By which operation each later key of a cloud was made: a public file beside the keys, such as
 * {@code approvals/signing-2}. It proves nothing by itself; the log has what people signed.
 */
public final class KeyApprovals {
  private static final String OPERATION = "[a-z0-9][a-z0-9-]{0,62}";

  private final Path folder;

  /** Of the cloud that has these keys. */
  public KeyApprovals(KeyFolder keys) {
    this.folder = keys.folder().resolve("approvals");
  }

  /**
   * Notes it, in place of what was noted of this key before.
   *
   * @param key its kind and number, such as {@code signing-2}
   */
  public void note(String key, String operation) throws KeyException {
    SecretFiles.folder(folder);
    SecretFiles.replacePublic(
        folder.resolve(key), (operation + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Notes it where nothing is noted of this key yet.
   *
   * @param key its kind and number, such as {@code signing-2}
   * @return the operation that is noted now: this one, or the one that came first
   */
  public String claim(String key, String operation) throws KeyException {
    SecretFiles.folder(folder);
    try {
      SecretFiles.writePublic(
          folder.resolve(key), (operation + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (KeyException e) {
      if (e.defect() != KeyDefect.KEY_FILE_EXISTS) {
        throw e;
      }
    }
    return operation(key).orElse(operation);
  }

  /** The operation of a key; empty where none is noted. */
  public Optional<String> operation(String key) throws KeyException {
    Path file = folder.resolve(key);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String text = new String(SecretFiles.read(file), StandardCharsets.UTF_8).strip();
    if (!text.matches(OPERATION)) {
      throw new KeyException(
          KeyDefect.KEY_FILE_DAMAGED, file + ": " + text + " (expected: " + OPERATION + ")");
    }
    return Optional.of(text);
  }
}

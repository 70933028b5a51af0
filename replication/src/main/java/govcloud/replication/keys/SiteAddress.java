package govcloud.replication.keys;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where people find a cloud after it was recovered or moved, as officers say it: a file beside the
 * cards, so that every node tells it. It proves nothing, may be changed, and is told by a site only
 * once that site was given up.
 */
public final class SiteAddress {
  private static final int LONGEST = 200;

  /** Nothing behind host and port: paths are the same at every site. */
  private static final Pattern FORM =
      Pattern.compile(
          "https://[A-Za-z0-9.-]+(:[0-9]{1,5})?|https://\\[[0-9A-Fa-f:.]+](:[0-9]{1,5})?");

  private final Path file;

  private SiteAddress(Path file) {
    this.file = file;
  }

  /**
   * Where people find the cloud that has these keys, now that this site of it was given up, as
   * officers said here.
   */
  public static SiteAddress own(KeyFolder keys) {
    return new SiteAddress(keys.folder().resolve("given-up.address"));
  }

  /** The same as its sibling told it last, for as long as nobody has said it here. */
  public static SiteAddress learned(KeyFolder keys) {
    return new SiteAddress(keys.folder().resolve("given-up.address.learned"));
  }

  /** Where people find a sibling of the cloud that has these keys. */
  public static SiteAddress of(KeyFolder keys, String sibling) {
    return among(keys.folder().resolve("siblings"), sibling);
  }

  /** The same, in the folder of the siblings' cards. */
  static SiteAddress among(Path siblings, String sibling) {
    return new SiteAddress(siblings.resolve(sibling + ".address"));
  }

  /** A text, if it is an address: {@code https://HOST} or {@code https://HOST:PORT}. */
  public static Optional<String> parse(String text) {
    return text.length() <= LONGEST && FORM.matcher(text).matches()
        ? Optional.of(text)
        : Optional.empty();
  }

  /**
   * The address; empty: nobody has said it.
   *
   * @throws KeyException when the file cannot be read, or holds something else
   */
  public Optional<String> known() throws KeyException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String text = new String(SecretFiles.read(file), StandardCharsets.US_ASCII).strip();
    Optional<String> address = parse(text);
    if (address.isEmpty()) {
      throw new KeyException(
          KeyDefect.KEY_FILE_DAMAGED, file + ": " + text + " (expected: https://HOST)");
    }
    return address;
  }

  /**
   * Keeps an address in place of the one before.
   *
   * @throws KeyException with {@code KEY_FILE_UNUSABLE} when it cannot be kept
   */
  public void keep(String address) throws KeyException {
    SecretFiles.replacePublic(file, (address + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Says nothing any more: the cloud is at another site since.
   *
   * @throws KeyException with {@code KEY_FILE_UNUSABLE} when the file cannot be removed
   */
  public void forget() throws KeyException {
    SecretFiles.delete(file);
  }
}

package govcloud.replication.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * What people have decided with the files beside a cloud's keys, where no node sees who it was: a
 * line for each, in a file beside the keys, from which the nodes bring it into the audit trail as
 * soon as that can be written.
 */
public final class KeyDeeds {
  /** That a line is none. */
  public static final String UNREADABLE = "unreadable";

  private final Path file;
  private final Path recorded;

  /**
   * One of them.
   *
   * @param number 1, 2, 3 ...
   * @param at when
   * @param action such as {@code site-drain}
   * @param object what it is about
   * @param user of the machine, who did it
   */
  public record Deed(long number, Instant at, String action, String object, String user) {}

  /** Of the cloud that has these keys. */
  public KeyDeeds(KeyFolder keys) {
    this.file = keys.folder().resolve("deeds");
    this.recorded = keys.folder().resolve("deeds.recorded");
  }

  /**
   * Adds one; when this returns it survives a power cut.
   *
   * @throws KeyException with {@code KEY_FILE_UNUSABLE}
   */
  public void add(Instant at, String action, String object, String user) throws KeyException {
    String line = String.join(" ", at.toString(), action, word(object), word(user)) + "\n";
    ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  private static String word(String text) {
    return text.replaceAll("\\s+", "_");
  }

  /** Those that are not in the audit trail yet, in order. */
  public List<Deed> unrecorded() throws KeyException {
    if (!Files.exists(file)) {
      return List.of();
    }
    List<Deed> deeds = new ArrayList<>();
    try {
      List<String> lines = Files.readAllLines(file);
      for (int i = (int) lastRecorded(); i < lines.size(); i++) {
        deeds.add(deed(i + 1, lines.get(i)));
      }
    } catch (IOException e) {
      throw unusable(file, e);
    }
    return deeds;
  }

  private static Deed deed(long number, String line) {
    String[] words = line.split(" ", -1);
    try {
      if (words.length == 4) {
        return new Deed(number, Instant.parse(words[0]), words[1], words[2], words[3]);
      }
    } catch (DateTimeParseException e) {
      // told below: what somebody has changed here is to be seen, and holds up nothing
    }
    return new Deed(number, Instant.EPOCH, UNREADABLE, line, "");
  }

  private long lastRecorded() throws KeyException {
    if (!Files.exists(recorded)) {
      return 0;
    }
    String text = new String(SecretFiles.read(recorded), StandardCharsets.US_ASCII).strip();
    if (!text.matches("[0-9]{1,9}")) {
      throw new KeyException(
          KeyDefect.KEY_FILE_DAMAGED, recorded + ": " + text + " (expected: a number)");
    }
    return Long.parseLong(text);
  }

  /** This one and those before are in the audit trail. */
  public void recorded(Deed deed) throws KeyException {
    SecretFiles.replacePublic(recorded, (deed.number() + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static KeyException unusable(Path file, IOException cause) {
    return new KeyException(
        KeyDefect.KEY_FILE_UNUSABLE, file + " (" + cause.getMessage() + ")", cause);
  }
}

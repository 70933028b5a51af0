package govcloud.node.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nulabinc.zxcvbn.StandardDictionaries;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Passwords that others have used: the most common ones, as the library zxcvbn lists them, and the
 * breached ones of a file, which is asked and never sent anywhere.
 */
final class PasswordLists {

  private static final int SHORTEST = 6;
  private static final int HEX = 40;
  private static final int LONGEST_LINE = 80;

  private final Optional<Path> breached;

  /**
   * The lists.
   *
   * @param breached lines of a SHA-1 in capital hexadecimal digits, a colon and a number, in
   *     ascending order, as Have I Been Pwned gives them
   */
  PasswordLists(Optional<Path> breached) {
    this.breached = breached;
  }

  /** Read when the first password is chosen, and not at each start. */
  private static final class Common {
    static final Set<String> WORDS = read();

    private static Set<String> read() {
      try {
        return StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies().stream()
            .filter(one -> one.length() >= SHORTEST)
            .collect(Collectors.toUnmodifiableSet());
      } catch (IOException e) {
        throw new UncheckedIOException("the list of common passwords", e);
      }
    }
  }

  /** Whether it is common, as it is or without the digits and signs around a common one. */
  boolean isCommon(String lower) {
    var core = lower.replaceAll("^[^\\p{L}]+|[^\\p{L}]+$", "");
    return Common.WORDS.contains(lower) || Common.WORDS.contains(core) || isRepeated(lower);
  }

  private boolean isRepeated(String lower) {
    for (int length = 1; length <= lower.length() / 2; length++) {
      if (lower.length() % length == 0
          && lower.substring(0, length).repeat(lower.length() / length).equals(lower)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the file has it. Blocks for some twenty reads.
   *
   * @throws UncheckedIOException when the file cannot be read: then no password is good
   */
  boolean isBreached(String password) {
    return breached.map(file -> has(file, sha1(password))).orElse(false);
  }

  private static boolean has(Path file, String hash) {
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      long low = 0;
      long high = in.length();
      while (low < high) {
        long middle = (low + high) >>> 1;
        long start = lineAfter(in, middle, low);
        if (start >= high) {
          high = middle;
          continue;
        }
        in.seek(start);
        var line = line(in);
        int order = line.substring(0, Math.min(HEX, line.length())).compareTo(hash);
        if (order == 0) {
          return true;
        } else if (order < 0) {
          low = in.getFilePointer();
        } else {
          high = middle;
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  /** Where the first line begins that does not begin before {@code from}. */
  private static long lineAfter(RandomAccessFile in, long from, long low) throws IOException {
    if (from == low) {
      return low;
    }
    in.seek(from - 1);
    line(in);
    return in.getFilePointer();
  }

  private static String line(RandomAccessFile in) throws IOException {
    var at = in.getFilePointer();
    var bytes = new byte[LONGEST_LINE];
    int read = Math.max(0, in.read(bytes));
    int end = 0;
    while (end < read && bytes[end] != '\n') {
      end++;
    }
    in.seek(Math.min(in.length(), at + end + 1));
    return new String(bytes, 0, end, US_ASCII).toUpperCase(Locale.ROOT);
  }

  private static String sha1(String password) {
    try {
      return HexFormat.of()
          .withUpperCase()
          .formatHex(MessageDigest.getInstance("SHA-1").digest(password.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-1: every JDK has it", e);
    }
  }
}

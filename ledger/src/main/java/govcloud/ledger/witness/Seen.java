package govcloud.ledger.witness;

import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a witness has of a log: {@code size N}, a newline, and the newest state that it cosigned.
 *
 * @param size entries in its copy
 * @param state a checkpoint of at most as many entries; none: it has cosigned nothing yet
 */
public record Seen(long size, Optional<byte[]> state) {
  private static final String HEAD = "size ";
  private static final int LONGEST_HEAD = 24;

  /** As it is answered. */
  public byte[] toBytes() {
    byte[] head = (HEAD + size + "\n").getBytes(StandardCharsets.US_ASCII);
    byte[] rest = state.orElse(new byte[0]);
    byte[] bytes = Arrays.copyOf(head, head.length + rest.length);
    System.arraycopy(rest, 0, bytes, head.length, rest.length);
    return bytes;
  }

  /** Reads one; the state is not verified. */
  public static Seen parse(byte[] bytes) throws LedgerException {
    int end = 0;
    while (end < Math.min(bytes.length, LONGEST_HEAD) && bytes[end] != '\n') {
      end++;
    }
    String head = new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
    if (end == bytes.length || !head.matches(HEAD + "(0|[1-9][0-9]{0,17})")) {
      throw new LedgerException(
          LedgerDefect.LEDGER_MALFORMED, "seen", "(expected: size N, a newline, a state)");
    }
    byte[] state = Arrays.copyOfRange(bytes, end + 1, bytes.length);
    return new Seen(
        Long.parseLong(head.substring(HEAD.length())),
        state.length == 0 ? Optional.empty() : Optional.of(state));
  }
}

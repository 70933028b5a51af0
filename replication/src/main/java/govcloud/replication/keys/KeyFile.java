package govcloud.replication.keys;

import govcloud.replication.statement.ReplicaHash;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A small text file for keys and shares: a title, lines of {@code name: value}, and a checksum over
 * all of it, so that a mistake in copying is noticed. Values are bytes, so that secrets can be
 * wiped.
 */
final class KeyFile implements AutoCloseable {
  private static final String CHECKSUM = "checksum";
  private static final int CHECKSUM_BYTES = 8;

  private final String title;
  private final Map<String, byte[]> values = new LinkedHashMap<>();

  KeyFile(String title) {
    this.title = title;
  }

  /** Adds a line of text. */
  KeyFile text(String name, String value) {
    values.put(name, value.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Adds a line of hexadecimal bytes. */
  KeyFile bytes(String name, byte[] value) {
    byte[] hex = new byte[value.length * 2];
    for (int i = 0; i < value.length; i++) {
      hex[2 * i] = (byte) HexFormat.of().toHighHexDigit(value[i]);
      hex[2 * i + 1] = (byte) HexFormat.of().toLowHexDigit(value[i]);
    }
    values.put(name, hex);
    return this;
  }

  /** A line of text. */
  String text(String name) throws KeyException {
    return new String(value(name), StandardCharsets.UTF_8);
  }

  /** A line that holds a number. */
  int number(String name) throws KeyException {
    try {
      return Integer.parseInt(text(name));
    } catch (NumberFormatException e) {
      throw damaged(name + ": " + text(name) + " (expected: a number)");
    }
  }

  /** A line of hexadecimal bytes; the caller wipes it. */
  byte[] bytes(String name) throws KeyException {
    byte[] hex = value(name);
    byte[] bytes = new byte[hex.length / 2];
    for (int i = 0; i < bytes.length; i++) {
      if (!HexFormat.isHexDigit(hex[2 * i]) || !HexFormat.isHexDigit(hex[2 * i + 1])) {
        throw damaged(name + ": not hexadecimal");
      }
      bytes[i] =
          (byte) (HexFormat.fromHexDigit(hex[2 * i]) << 4 | HexFormat.fromHexDigit(hex[2 * i + 1]));
    }
    return bytes;
  }

  /** The file; the caller wipes it. */
  byte[] toBytes() {
    byte[] body = body();
    String sum = HexFormat.of().formatHex(checksum(body));
    byte[] end = (CHECKSUM + ": " + sum + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] file = Arrays.copyOf(body, body.length + end.length);
    System.arraycopy(end, 0, file, body.length, end.length);
    Arrays.fill(body, (byte) 0);
    return file;
  }

  /** Reads a file back; ends of lines and blanks around them do not matter. */
  static KeyFile parse(String title, byte[] file) throws KeyException {
    KeyFile read = new KeyFile(title);
    int at = 0;
    boolean titled = false;
    while (at < file.length) {
      int end = at;
      while (end < file.length && file[end] != '\n') {
        end++;
      }
      int from = at;
      int to = end;
      while (to > from && file[to - 1] <= ' ') {
        to--;
      }
      at = end + 1;
      if (to > from) {
        titled = read.line(file, from, to, titled);
      }
    }
    return read.checked();
  }

  private boolean line(byte[] file, int from, int to, boolean titled) throws KeyException {
    if (!titled) {
      String found = new String(file, from, to - from, StandardCharsets.UTF_8);
      if (!found.equals(title)) {
        throw damaged("title: " + (found.length() > 60 ? "a long text" : found));
      }
      return true;
    }
    int colon = from;
    while (colon < to && file[colon] != ':') {
      colon++;
    }
    if (colon + 2 > to) {
      throw damaged("a line without a name");
    }
    String name = new String(file, from, colon - from, StandardCharsets.UTF_8);
    values.put(name, Arrays.copyOfRange(file, colon + 2, to));
    return true;
  }

  private KeyFile checked() throws KeyException {
    byte[] sum = values.remove(CHECKSUM);
    byte[] body = body();
    String expected = HexFormat.of().formatHex(checksum(body));
    Arrays.fill(body, (byte) 0);
    if (sum == null || !expected.equals(new String(sum, StandardCharsets.UTF_8))) {
      throw damaged("the checksum does not fit the text");
    }
    return this;
  }

  private byte[] body() {
    WipedOutput body = new WipedOutput();
    body.writeBytes((title + "\n").getBytes(StandardCharsets.UTF_8));
    values.forEach(
        (name, value) -> {
          body.writeBytes((name + ": ").getBytes(StandardCharsets.UTF_8));
          body.writeBytes(value);
          body.write('\n');
        });
    byte[] bytes = body.toByteArray();
    body.wipe();
    return bytes;
  }

  private static byte[] checksum(byte[] body) {
    return Arrays.copyOf(ReplicaHash.sha256().digest(body), CHECKSUM_BYTES);
  }

  private byte[] value(String name) throws KeyException {
    byte[] value = values.get(name);
    if (value == null) {
      throw damaged(name + ": missing");
    }
    return value;
  }

  private KeyException damaged(String detail) {
    return new KeyException(
        KeyDefect.KEY_FILE_DAMAGED, detail + " (expected: a file \"" + title + "\")");
  }

  @Override
  public void close() {
    values.values().forEach(value -> Arrays.fill(value, (byte) 0));
  }

  private static final class WipedOutput extends ByteArrayOutputStream {
    private WipedOutput() {
      super(4096);
    }

    private void wipe() {
      Arrays.fill(buf, (byte) 0);
    }
  }
}

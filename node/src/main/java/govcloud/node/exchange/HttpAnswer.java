package govcloud.node.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * An answer of HTTP/1.1 (RFC 9112) that ends its connection.
 *
 * @param status three digits
 * @param type the media type, in lower case and without parameters; empty: none is told
 */
record HttpAnswer(int status, String type, ByteString body) {

  private static final int LONGEST_LINE = 8_192;
  private static final int MOST_HEADERS = 100;
  private static final int PIECE = 8_192;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9][0-9])\\b.*");
  private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,7})[ \\t]*(;.*)?");

  /** An answer has more bytes than it may. */
  static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    private TooLargeException(int largest) {
      super("answer: too large (expected: <= " + largest + " bytes)");
    }
  }

  /** The status alone; nothing else is read. */
  static int status(InputStream in) throws IOException {
    var status = STATUS.matcher(line(in));
    if (!status.matches()) {
      throw new IOException("answer: no status of HTTP/1.1 (expected: one)");
    }
    return Integer.parseInt(status.group(1));
  }

  /**
   * A whole answer.
   *
   * @param largest bytes that its body may have
   * @throws TooLargeException when it has more
   * @throws IOException when it is cut off, or none of HTTP/1.1
   */
  static HttpAnswer read(InputStream in, int largest) throws IOException {
    var status = status(in);
    var headers = headers(in);
    var type = headers.getOrDefault("content-type", "").split(";", 2)[0].strip();
    var body = new ByteArrayOutputStream();
    if (headers.containsKey("transfer-encoding")) {
      if (!headers.get("transfer-encoding").equalsIgnoreCase("chunked")
          || headers.containsKey("content-length")) {
        throw new IOException("answer: two lengths or unknown encoding (expected: chunked)");
      }
      chunks(in, body, largest);
    } else if (headers.containsKey("content-length")) {
      copy(in, body, length(headers.get("content-length"), largest), largest);
    } else {
      toTheEnd(in, body, largest);
    }
    return new HttpAnswer(
        status, type.toLowerCase(Locale.ROOT), ByteString.copyFrom(body.toByteArray()));
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (var line = line(in); !line.isEmpty(); line = line(in)) {
      var colon = line.indexOf(':');
      if (colon < 1 || headers.size() == MOST_HEADERS) {
        throw new IOException("answer: no header, or too many (expected: name: value)");
      }
      var name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      var value = line.substring(colon + 1).strip();
      if (headers.put(name, value) != null && name.equals("content-length")) {
        throw new IOException("answer: two lengths (expected: one)");
      }
    }
    return headers;
  }

  private static int length(String text, int largest) throws IOException {
    if (!text.matches("[0-9]{1,18}")) {
      throw new IOException("answer: no length (expected: digits)");
    }
    var length = Long.parseLong(text);
    if (length > largest) {
      throw new TooLargeException(largest);
    }
    return (int) length;
  }

  private static void chunks(InputStream in, ByteArrayOutputStream body, int largest)
      throws IOException {
    while (true) {
      var size = CHUNK.matcher(line(in));
      if (!size.matches()) {
        throw new IOException("answer: no chunk (expected: its size)");
      }
      var length = Integer.parseInt(size.group(1), 16);
      if (length == 0) {
        return;
      }
      copy(in, body, length, largest);
      if (!line(in).isEmpty()) {
        throw new IOException("answer: chunk longer than it says (expected: its size)");
      }
    }
  }

  private static void copy(InputStream in, ByteArrayOutputStream body, int length, int largest)
      throws IOException {
    if (body.size() + length > largest) {
      throw new TooLargeException(largest);
    }
    var bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("answer: cut off (expected: all of it)");
    }
    body.write(bytes);
  }

  private static void toTheEnd(InputStream in, ByteArrayOutputStream body, int largest)
      throws IOException {
    var piece = new byte[PIECE];
    for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
      if (body.size() + read > largest) {
        throw new TooLargeException(largest);
      }
      body.write(piece, 0, read);
    }
  }

  /** A line without its end. */
  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int read = in.read(); read != '\n'; read = in.read()) {
      if (read < 0 || line.size() == LONGEST_LINE) {
        throw new IOException("answer: cut off, or a line without end (expected: lines)");
      }
      line.write(read);
    }
    var text = line.toString(ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}

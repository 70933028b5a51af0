package govcloud.cli.event;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Server-sent events, read one by one. */
final class EventStream implements AutoCloseable {
  private static final int LARGEST = 4 << 20;
  private static final String END = "event: end";

  private final BufferedReader lines;

  EventStream(InputStream input) {
    this.lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
  }

  /**
   * One event.
   *
   * @param id the cursor, or an empty text
   * @param data all data lines
   */
  record Event(String id, String data) {}

  /**
   * The next event with data, or null at the end of the stream. An event {@code end} is the end
   * too: who has it may have no more, and is told so when coming back.
   */
  Event next() throws IOException {
    String id = "";
    StringBuilder data = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty()) {
        if (data.length() > 0) {
          return new Event(id, data.substring(0, data.length() - 1));
        }
      } else if (line.equals(END)) {
        return null;
      } else if (line.startsWith("id:")) {
        id = line.substring(3).strip();
      } else if (line.startsWith("data:")) {
        data.append(line.startsWith("data: ") ? line.substring(6) : line.substring(5)).append('\n');
        if (data.length() > LARGEST) {
          throw new IOException("an event is larger than " + LARGEST + " characters");
        }
      }
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}

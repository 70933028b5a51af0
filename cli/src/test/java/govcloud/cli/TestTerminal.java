package govcloud.cli;

import govcloud.cli.output.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

/** Runs commands and keeps what they write. */
public final class TestTerminal {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Terminal terminal;

  public TestTerminal() {
    this(false, "", Map.of());
  }

  public TestTerminal(boolean interactive, String input, Map<String, String> variables) {
    terminal =
        new Terminal(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            interactive,
            variables);
  }

  public Terminal terminal() {
    return terminal;
  }

  /** The exit code of a command line. */
  public int run(String... arguments) {
    return Govcloud.run(terminal, Clock.systemUTC(), arguments);
  }

  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}

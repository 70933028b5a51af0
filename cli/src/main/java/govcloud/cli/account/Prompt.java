package govcloud.cli.account;

import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.output.Terminal;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Asks for secrets: without echo on a console, else the next line of the input. */
final class Prompt {
  private final Terminal terminal;
  private final BufferedReader lines;

  Prompt(Terminal terminal) {
    this.terminal = terminal;
    this.lines = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
  }

  /** The answer to a question; never an argument, which other people's programs can see. */
  String secret(String question) {
    Console console = terminal.interactive() ? System.console() : null;
    if (console != null) {
      char[] answer = console.readPassword("%s: ", question);
      return required(answer == null ? null : new String(answer), question);
    }
    if (terminal.interactive()) {
      terminal.err().print(question + ": ");
      terminal.err().flush();
    }
    try {
      return required(lines.readLine(), question);
    } catch (IOException e) {
      return required(null, question);
    }
  }

  private static String required(String answer, String question) {
    if (answer == null || answer.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE, "INPUT_MISSING", question + ": nothing (expected: a line of input)");
    }
    return answer;
  }
}

package govcloud.cli.command;

import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.output.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Asks before something that is hard to undo. */
public final class Confirmation {
  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  /**
   * Goes on only after a yes.
   *
   * @throws CommandFailure when the answer is no, or nobody can be asked
   */
  public void ask(Terminal terminal, String question) {
    if (yes) {
      return;
    }
    if (!terminal.interactive()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "CONFIRMATION_NEEDED",
          question + " Nobody can be asked here; say --yes.");
    }
    terminal.err().print(question + " [y/N] ");
    terminal.err().flush();
    if (!answer(terminal).startsWith("y")) {
      throw new CommandFailure(ExitCode.FAILED, "NOT_CONFIRMED", "Nothing was changed.");
    }
  }

  private static String answer(Terminal terminal) {
    try {
      String line =
          new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8))
              .readLine();
      return line == null ? "" : line.strip().toLowerCase(Locale.ROOT);
    } catch (IOException e) {
      return "";
    }
  }
}

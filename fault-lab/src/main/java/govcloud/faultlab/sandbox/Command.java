package govcloud.faultlab.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs the tools of the operating system. */
public final class Command {

  private Command() {}

  /**
   * Runs a command to its end.
   *
   * @return what it printed
   * @throws SandboxException with what it said when it fails
   */
  public static String run(String... words) {
    return run("", words);
  }

  /** Runs a command that reads {@code input}. */
  public static String run(String input, String[] words) {
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      try (var in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String printed =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int code = process.waitFor();
      if (code != 0) {
        throw new SandboxException(String.join(" ", words) + ": exit " + code + ": " + printed);
      }
      return printed;
    } catch (IOException e) {
      throw new UncheckedIOException(List.of(words).toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SandboxException(String.join(" ", words) + ": interrupted");
    }
  }
}

package govcloud.cli;

import govcloud.cli.output.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** Starts the command; the only place that touches the process itself. */
public final class Main {
  private Main() {}

  /** Runs one command line and gives its exit code. */
  @FunctionalInterface
  public interface Program {
    /** Runs it. */
    int run(Terminal terminal, Clock clock, String... arguments);
  }

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] arguments) {
    run(Govcloud::run, arguments);
  }

  /** Runs a program with the streams of this process, and ends the process with its exit code. */
  public static void run(Program program, String... arguments) {
    PrintStream out = utf8(FileDescriptor.out);
    PrintStream err = utf8(FileDescriptor.err);
    boolean interactive = "1".equals(System.getenv("GOVCLOUD_TTY"));
    Terminal terminal = new Terminal(System.in, out, err, interactive, System.getenv());
    int code = program.run(terminal, Clock.systemUTC(), arguments);
    out.flush();
    err.flush();
    System.exit(code);
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }
}

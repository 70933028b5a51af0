package govcloud.faultlab;

import govcloud.faultlab.checker.Report;
import govcloud.faultlab.sandbox.Sandbox;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/** The program inside the sandbox: tries, judges, prints, and takes everything down by ending. */
public final class TrialMain {

  /** A promise was broken. */
  static final int EXIT_RED = 3;

  /** The run proves nothing. */
  static final int EXIT_VOID = 4;

  private static final int EXIT_FAILED = 1;

  private TrialMain() {}

  /** Arguments as {@link TrialSettings#arguments} gives them. */
  @SuppressWarnings("SystemOut") // what people see of a run
  public static void main(String[] arguments) {
    int code = EXIT_FAILED;
    try {
      Sandbox.enter();
      TrialSettings settings = TrialSettings.of(List.of(arguments), null, 0);
      Report report =
          new Trial(settings, Clock.systemUTC(), new SecureRandom(), System.out::println).run();
      Files.writeString(settings.folder().resolve("report.txt"), report.table());
      Files.writeString(settings.folder().resolve(Sums.FAULTS), report.faults());
      System.out.print(report.table());
      code =
          switch (report.verdict()) {
            case GREEN -> 0;
            case RED -> EXIT_RED;
            case VOID -> EXIT_VOID;
          };
    } catch (Exception e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      System.err.print("fault-lab: the trial broke off: " + trace);
    } finally {
      // The end of process 1 is the end of all others, of their networks, mounts and loop devices.
      Runtime.getRuntime().halt(code);
    }
  }
}

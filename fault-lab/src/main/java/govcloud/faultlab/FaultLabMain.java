package govcloud.faultlab;

import govcloud.faultlab.cloud.Installation;
import govcloud.faultlab.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** {@code fault-lab/run}: tries a cloud under faults. Exit code 0: everything held. */
public final class FaultLabMain {

  private static final int EXIT_USAGE = 2;

  private FaultLabMain() {}

  /** See {@code --help}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.exit(run(List.of(arguments)));
  }

  @SuppressWarnings("SystemOut") // what people see of a run
  private static int run(List<String> arguments) throws IOException, InterruptedException {
    if (arguments.contains("--help")) {
      System.out.print(TrialSettings.USAGE);
      return 0;
    }
    Optional<String> obstacle = Sandbox.obstacle();
    if (obstacle.isPresent()) {
      System.err.println("fault-lab: " + obstacle.get());
      return EXIT_USAGE;
    }
    long now = Clock.systemUTC().millis();
    Path folder = Installation.find().root().resolve("fault-lab/target/runs/" + now);
    try {
      TrialSettings settings = TrialSettings.of(arguments, folder, now % 1_000_000);
      System.out.println("seed " + settings.seed() + ", folder " + settings.folder());
      return run(settings, ProcessBuilder.Redirect.INHERIT);
    } catch (IllegalArgumentException e) {
      System.err.print("fault-lab: " + e.getMessage() + "\n" + TrialSettings.USAGE);
      return EXIT_USAGE;
    }
  }

  /** Runs one trial in a sandbox of its own; what it leaves is in its folder. */
  static int run(TrialSettings settings, ProcessBuilder.Redirect output)
      throws IOException, InterruptedException {
    Files.createDirectories(settings.folder());
    return Sandbox.run(
        TrialMain.class.getName(),
        List.of(
            "-Xmx384m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djava.util.concurrent.ForkJoinPool.common.parallelism=6",
            "-Dfile.encoding=UTF-8"),
        settings.arguments(),
        output);
  }
}

package govcloud.faultlab;

import govcloud.faultlab.cloud.Installation;
import govcloud.faultlab.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code fault-lab/run}: tries a cloud under faults. Exit code 0: everything held. */
public final class FaultLabMain {

  private static final int EXIT_USAGE = 2;

  /** In less a trial would be hardly more than the start of a cloud. */
  private static final Duration LEAST = Duration.ofMinutes(3);

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
      return series(settings);
    } catch (IllegalArgumentException e) {
      System.err.print("fault-lab: " + e.getMessage() + "\n" + TrialSettings.USAGE);
      return EXIT_USAGE;
    }
  }

  /**
   * Runs trials one after the other, each with a cloud of its own and the next seed, until the time
   * is over, a promise is broken or a trial does not come to a verdict.
   */
  @SuppressWarnings("SystemOut")
  private static int series(TrialSettings settings) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Sums sums = new Sums();
    int worst = TrialMain.EXIT_VOID;
    for (int number = 0; ; number++) {
      Duration left = settings.time().minusNanos(System.nanoTime() - begin);
      if (number > 0 && (settings.isOneTrial() || left.compareTo(LEAST) < 0)) {
        break;
      }
      TrialSettings one = settings.trial(number, left);
      System.out.println("seed " + one.seed() + ", folder " + one.folder());
      int code = run(one, ProcessBuilder.Redirect.INHERIT);
      sums.add(verdict(code), one.folder());
      Files.writeString(settings.folder().resolve("sums.txt"), sums.table());
      worst = code == TrialMain.EXIT_VOID ? worst : code;
      if (code != 0 && code != TrialMain.EXIT_VOID) {
        break;
      }
    }
    System.out.print(sums.table());
    return worst;
  }

  private static String verdict(int code) {
    return switch (code) {
      case 0 -> "GREEN";
      case TrialMain.EXIT_RED -> "RED";
      case TrialMain.EXIT_VOID -> "VOID";
      default -> "NONE";
    };
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

package govcloud.recovery.command;

import picocli.CommandLine.Option;

/** How much of the machine is used. */
final class ThreadsOption {
  private static final int MOST = 64;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Slices that are worked on at the same time. Default: one for each core.")
  private Integer threads;

  int threads() {
    int wanted =
        threads == null ? Math.min(MOST, Runtime.getRuntime().availableProcessors()) : threads;
    if (wanted < 1 || wanted > MOST) {
      throw RecoveryTask.usage("threads: " + wanted + " (expected: 1 to " + MOST + ")");
    }
    return wanted;
  }
}

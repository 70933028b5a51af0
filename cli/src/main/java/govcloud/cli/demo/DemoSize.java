package govcloud.cli.demo;

import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import picocli.CommandLine.Option;

/** How much demo data is loaded. */
public final class DemoSize {
  @Option(
      names = "--cases",
      paramLabel = "N",
      description =
          "Demo cases of each app, 0 to "
              + DemoGenerator.CASES
              + ": fewer are there sooner, and `govcloud demo` adds the others. Default: all.")
  private Integer cases;

  /** Refuses a number of which there is no demo. */
  public void check() {
    if (cases != null && (cases < 0 || cases > DemoGenerator.CASES)) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "USAGE",
          "--cases: " + cases + " (expected: 0 to " + DemoGenerator.CASES + ")");
    }
  }

  /** As much of a plan as is wanted. */
  DemoPlan of(DemoPlan plan) {
    return cases == null ? plan : plan.withCases(cases);
  }
}

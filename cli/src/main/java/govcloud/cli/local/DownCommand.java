package govcloud.cli.local;

import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.Govcloud;
import govcloud.cli.command.HomeOption;
import govcloud.cli.command.Json;
import govcloud.cli.command.OutputOption;
import govcloud.cli.command.Waiting;
import govcloud.cli.output.Format;
import govcloud.cli.output.Output;
import govcloud.cli.output.ProgressBar;
import govcloud.cli.output.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops the cloud on this machine. */
@Command(
    name = "down",
    description = "Stop the cloud on this machine and its sibling; their data stays.",
    footer = {"govcloud down", "govcloud down --home /tmp/other"})
public final class DownCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Spec private CommandSpec spec;
  @Mixin private HomeOption homeOption;
  @Mixin private OutputOption output;

  @Override
  public Integer call() {
    Govcloud root = (Govcloud) spec.root().userObject();
    Terminal terminal = root.terminal();
    CloudHome home = homeOption.home(terminal.variables());
    boolean stopped = stop(root, home, "Stopping");
    // The sibling in this home; a sibling elsewhere has a home of its own.
    stopped |= stop(root, home.sibling(), "Stopping its sibling");
    say(terminal, home, stopped);
    return ExitCode.OK.number();
  }

  private static boolean stop(Govcloud root, CloudHome home, String label) {
    Optional<ProcessHandle> supervisor = supervisor(home, new HomeChecks(home));
    if (supervisor.isPresent()) {
      try (ProgressBar bar = new ProgressBar(root.terminal(), root.clock(), label, "")) {
        stop(supervisor.get(), root, bar);
      }
    }
    return new Orphans(home).end() > 0 || supervisor.isPresent();
  }

  private void say(Terminal terminal, CloudHome home, boolean stopped) {
    if (output.format() == Format.table) {
      terminal.say(
          stopped
              ? "Stopped. The data stays in " + home.folder() + "."
              : "No cloud runs in " + home.folder() + ".");
    } else {
      new Output(terminal, output.format(), Json.mapper())
          .one(Json.mapper().createObjectNode().put("stopped", stopped), List.of());
    }
  }

  /** The supervisor's process; its lock proves that the id still belongs to it. */
  private static Optional<ProcessHandle> supervisor(CloudHome home, HomeChecks checks) {
    if (!checks.isRunning()) {
      return Optional.empty();
    }
    long pid = CloudHome.read(Json.mapper(), home.progress()).path("pid").asLong();
    return pid > 0 ? ProcessHandle.of(pid) : Optional.empty();
  }

  private static void stop(ProcessHandle supervisor, Govcloud root, ProgressBar bar) {
    supervisor.destroy();
    Instant began = root.clock().instant();
    while (supervisor.isAlive()) {
      Duration spent = Duration.between(began, root.clock().instant());
      if (spent.compareTo(PATIENCE) > 0) {
        throw new CommandFailure(
            ExitCode.TIMEOUT,
            "STILL_STOPPING",
            "The supervisor (process "
                + supervisor.pid()
                + ") still stops the nodes; run `govcloud down` again.");
      }
      bar.update(spent.toMillis() / 15_000.0, 0, "nodes, then Cassandra");
      Waiting.pause(Duration.ofMillis(100));
    }
    bar.update(1, 0, "");
  }
}

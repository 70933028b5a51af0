package govcloud.cli.command;

import govcloud.cli.ExitCode;
import govcloud.cli.Govcloud;
import govcloud.cli.output.Terminal;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that talks to a cloud. */
public abstract class ApiCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions options;
  @Mixin private OutputOption output;

  /** Does it. */
  protected abstract ExitCode run(Connection connection);

  /** Whether it can do nothing without a token. */
  protected boolean needsToken() {
    return true;
  }

  /** Whether it is about the cloud of this machine, so that another has to be named for it. */
  protected boolean concernsHome() {
    return false;
  }

  @Override
  public final Integer call() {
    if (concernsHome()) {
      options.requireNamed(terminal());
    }
    return run(options.open(terminal(), clock(), output.format(), needsToken())).number();
  }

  /** The outside of the command. */
  protected final Terminal terminal() {
    return root().terminal();
  }

  /** The clock of this run. */
  protected final Clock clock() {
    return root().clock();
  }

  /** Options of the connection. */
  protected final ConnectionOptions options() {
    return options;
  }

  /** The command's own description. */
  protected final CommandSpec spec() {
    return spec;
  }

  private Govcloud root() {
    return (Govcloud) spec.root().userObject();
  }
}

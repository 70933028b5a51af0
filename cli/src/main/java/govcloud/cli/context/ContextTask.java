package govcloud.cli.context;

import govcloud.cli.ExitCode;
import govcloud.cli.Govcloud;
import govcloud.cli.command.HomeOption;
import govcloud.cli.command.Json;
import govcloud.cli.command.OutputOption;
import govcloud.cli.output.Output;
import govcloud.cli.output.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command about the named connections; it asks no cloud. */
abstract class ContextTask implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private HomeOption home;
  @Mixin private OutputOption output;

  /** Does it. */
  abstract void run(Contexts contexts);

  @Override
  public final Integer call() {
    run(new Contexts(home.home(terminal().variables())));
    return ExitCode.OK.number();
  }

  final Terminal terminal() {
    return ((Govcloud) spec.root().userObject()).terminal();
  }

  final Output output() {
    return new Output(terminal(), output.format(), Json.mapper());
  }
}

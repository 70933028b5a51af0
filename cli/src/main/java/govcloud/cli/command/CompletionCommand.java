package govcloud.cli.command;

import govcloud.cli.ExitCode;
import govcloud.cli.Govcloud;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes the completion script for bash and zsh. */
@Command(
    name = "completion",
    description = "Write the completion script for bash and zsh.",
    footer = {"source <(govcloud completion)"})
public final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Govcloud root = (Govcloud) spec.root().userObject();
    root.terminal().out().print(AutoComplete.bash("govcloud", spec.root().commandLine()));
    root.terminal().out().flush();
    return ExitCode.OK.number();
  }
}

package govcloud.cli.context;

import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** Puts the department of a connection where a command line says {@code .} for one. */
public final class ContextTenant {
  /** What stands for it. */
  private static final String HERE = ".";

  private static final String LABEL = "TENANT";

  private ContextTenant() {}

  /**
   * Changes the arguments of a command that was parsed.
   *
   * @throws CommandFailure {@code CONTEXT_TENANT_MISSING} when the connection has none
   */
  public static void fill(CommandSpec command, Optional<CloudContext> context) {
    for (ArgSpec argument : command.args()) {
      if (argument.paramLabel().equals(LABEL) && HERE.equals(argument.<Object>getValue())) {
        argument.setValue(tenant(context));
      }
    }
  }

  private static String tenant(Optional<CloudContext> context) {
    return context
        .map(CloudContext::tenant)
        .filter(tenant -> !tenant.isEmpty())
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.USAGE,
                    "CONTEXT_TENANT_MISSING",
                    "`.` is the department of a context, and "
                        + context.map(CloudContext::name).orElse(Contexts.LOCAL)
                        + " has none."));
  }
}

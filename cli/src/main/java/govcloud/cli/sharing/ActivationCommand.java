package govcloud.cli.sharing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.ExitCode;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.ChangeOptions;
import govcloud.cli.command.Connection;
import govcloud.cli.command.Group;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Emergency agreements: put into effect by two people, ended, looked back at. */
@Command(
    name = "activation",
    description = {
      "Put an emergency agreement into effect, by two people of the department that asks; it gives",
      "data only while it is active."
    },
    footer = {
      "govcloud agreement activation request education education/contacts \\",
      "    --reason 疫情协查 --incident 2026-17",
      "govcloud agreement activation activate education education/contacts --activation 1"
    },
    subcommands = {
      ActivationCommand.RequestActivation.class,
      ActivationCommand.Activate.class,
      ActivationCommand.End.class,
      ActivationCommand.Review.class
    })
final class ActivationCommand extends Group {

  /** A step of an activation. */
  abstract static class Step extends ApiCommand {
    @Mixin private PartyArguments party;
    @Mixin private ChangeOptions change;

    final ExitCode post(Connection connection, String action, ObjectNode body) {
      return change.make(connection, "POST", party.path() + "/activation/" + action, body);
    }
  }

  /** The first person. */
  @Command(
      name = "request",
      description = "Ask for it; another person has 24 hours to put it into effect.",
      footer = {
        "govcloud agreement activation request education education/contacts \\",
        "    --reason 疫情协查 --incident 2026-17"
      })
  static final class RequestActivation extends Step {
    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
    private String reason;

    @Option(
        names = "--incident",
        required = true,
        paramLabel = "NAME",
        description = "What the emergency is called where it is managed.")
    private String incident;

    @Override
    protected ExitCode run(Connection connection) {
      return post(
          connection, "request", connection.body().put("reason", reason).put("incident", incident));
    }
  }

  /** The second person. */
  @Command(
      name = "activate",
      description = "Put into effect what another person asked for, in person.",
      footer = {
        "govcloud agreement activation activate education education/contacts --activation 1"
      })
  static final class Activate extends Step {
    @Option(
        names = "--activation",
        required = true,
        paramLabel = "NUMBER",
        description = "The one whose reason you have read; agreement show tells it.")
    private int activation;

    @Override
    protected ExitCode run(Connection connection) {
      return post(connection, "activate", connection.body().put("activation", activation));
    }
  }

  /** Either party. */
  @Command(
      name = "end",
      description = "End it early, or give up what was asked for, as one of the parties.",
      footer = {"govcloud agreement activation end health education/contacts --reason 疫情结束"})
  static final class End extends Step {
    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
    private String reason;

    @Override
    protected ExitCode run(Connection connection) {
      return post(connection, "end", connection.body().put("reason", reason));
    }
  }

  /** The consumer. */
  @Command(
      name = "review",
      description = "Say what looking back at it found; before that there is no next one.",
      footer = {
        "govcloud agreement activation review education education/contacts \\",
        "    --review '12 people, all of them contacts'"
      })
  static final class Review extends Step {
    @Option(
        names = "--review",
        required = true,
        paramLabel = "TEXT",
        description = "What was found.")
    private String review;

    @Override
    protected ExitCode run(Connection connection) {
      return post(connection, "review", connection.body().put("review", review));
    }
  }
}

package govcloud.cli.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.approval.ApprovalCommand;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.ChangeOptions;
import govcloud.cli.command.Connection;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks two officers for a cloud's next key, which a node then makes. */
@Command(
    name = "rotate",
    description = {
      "Ask for a new epoch, or for a new signing key that the one before vouches for. An operator",
      "and a security administrator then sign it on the page that is shown, each with a passkey,",
      "and a node makes the key. Nodes refuse a key that came in any other way."
    },
    footer = {
      "govcloud keys rotate --epoch",
      "govcloud keys rotate --signing",
      "govcloud approval show keys-4be1"
    })
final class RotateKey extends ApiCommand {
  @ArgGroup(multiplicity = "1")
  private What what;

  @Mixin private ChangeOptions change;

  /** One of both. */
  static final class What {
    @Option(
        names = "--epoch",
        required = true,
        description = "New secrets for cuts and attachments, and for segments after a restart.")
    private boolean epoch;

    @Option(
        names = "--signing",
        required = true,
        description = "A new signing key; the nodes tell the sibling of it.")
    private boolean signing;
  }

  @Override
  protected boolean concernsHome() {
    return true;
  }

  @Override
  protected ExitCode run(Connection connection) {
    boolean isEpoch = what.epoch && !what.signing;
    ObjectNode body = connection.body().put("key", isEpoch ? "epoch" : "signing");
    String path = ApiRequest.path("v1", "replication", "key-rotations");
    return ApprovalCommand.ask(connection, change, "POST", path, body);
  }
}

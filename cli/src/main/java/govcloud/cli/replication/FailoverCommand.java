package govcloud.cli.replication;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.approval.ApprovalCommand;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.ChangeOptions;
import govcloud.cli.command.Connection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks two people to sign that the sibling's lost site is given up. */
@Command(
    name = "failover",
    description = {
      "Ask for the failover of the sibling, whose site is lost, to a keyspace that is rebuilt from",
      "what was received. Two people of this cloud then sign it on the page that is shown, each with",
      "a passkey, and `recover failover --approval` takes what they signed. Nothing changes here."
    },
    footer = {
      "govcloud replication failover --keyspace govcloud_g2",
      "govcloud approval show failover-4be1 -o json > approval.json",
      "govcloud approval verify approval.json"
    })
final class FailoverCommand extends ApiCommand {
  @Option(
      names = "--keyspace",
      required = true,
      paramLabel = "NAME",
      description = "In which the cloud is rebuilt.")
  private String keyspace;

  @Option(
      names = "--cut",
      paramLabel = "N",
      description = "The cut to which it is rebuilt. Default: everything that was received.")
  private Long cut;

  @Mixin private ChangeOptions change;

  @Override
  protected ExitCode run(Connection connection) {
    ObjectNode body = connection.body().put("keyspace", keyspace);
    if (cut != null) {
      body.put("cut", cut.longValue());
    }
    String path = ApiRequest.path("v1", "replication", "failovers");
    return ApprovalCommand.ask(connection, change, "POST", path, body);
  }
}

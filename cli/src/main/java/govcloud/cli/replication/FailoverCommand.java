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

/** Asks two people to sign that the sibling's site is given up for another one. */
@Command(
    name = "failover",
    description = {
      "Ask for the failover of the sibling, whose site is lost, to a keyspace that is rebuilt from",
      "what was received, or for its planned move. Two people of this cloud then sign it on the page",
      "that is shown, each with a passkey, and `recover failover --approval`, or `recover switch-over",
      "--approval`, takes what they signed. Nothing changes here."
    },
    footer = {
      "govcloud replication failover --keyspace govcloud_g2",
      "govcloud replication failover --keyspace govcloud_g3 --planned",
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

  @Option(
      names = "--planned",
      description = "Its site works and is moved: what `recover switch-over` and `failback` take.")
  private boolean planned;

  @Mixin private ChangeOptions change;

  @Override
  protected ExitCode run(Connection connection) {
    ObjectNode body = connection.body().put("keyspace", keyspace);
    if (cut != null) {
      body.put("cut", cut.longValue());
    }
    if (planned) {
      body.put("planned", true);
    }
    String path = ApiRequest.path("v1", "replication", "failovers");
    return ApprovalCommand.ask(connection, change, "POST", path, body);
  }
}

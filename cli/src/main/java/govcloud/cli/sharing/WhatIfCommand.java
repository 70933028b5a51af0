package govcloud.cli.sharing;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.Connection;
import govcloud.cli.output.Column;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What another policy would have said to recorded calls. */
@Command(
    name = "what-if",
    description = {
      "Ask another policy about the recorded calls of the last 30 days under an agreement: how many",
      "verdicts change, and examples of them. Nothing is changed."
    },
    footer = {
      "govcloud agreement what-if police transport/inspection \\",
      "    --policy 'role == \"window-clerk\"'"
    })
final class WhatIfCommand extends ApiCommand {
  @Mixin private PartyArguments party;

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "CEL",
      description = "The proposed policy.")
  private String policy;

  @Override
  protected ExitCode run(Connection connection) {
    var body = connection.body().put("policy", policy);
    JsonNode answer = connection.send(ApiRequest.post(party.path() + "/what-if", body)).body();
    connection
        .output()
        .list(
            answer.path("examples"),
            List.of(
                Column.of("EXCHANGE", "exchange"),
                Column.time("AT", "at"),
                Column.of("WAS", "was"),
                Column.of("WOULD BE", "would_be"),
                Column.of("INPUT", "input"),
                Column.of("ERROR", "error")));
    connection
        .terminal()
        .say(
            "Of %s recorded calls the policy was asked of %s: %s denied ones would pass, %s would be"
                    .formatted(
                        answer.path("looked_through"),
                        answer.path("asked"),
                        answer.path("now_permitted"),
                        answer.path("now_denied"))
                + " denied that passed; %s end in an error.".formatted(answer.path("failed")));
    return ExitCode.OK;
  }
}

package govcloud.cli.replication;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.api.Pages;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.Connection;
import govcloud.cli.output.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists what is left on a site that was given up. */
@Command(
    name = "orphans",
    description = {
      "List what this site accepted and its cloud does not have, if the site was given up.",
      "Look at each in its case here, compare with the site that counts, and submit there what is",
      "still wanted; -o json has the content. Ends with 0 when there is nothing, with 11 otherwise."
    },
    footer = {
      "govcloud replication orphans",
      "govcloud replication orphans --tenant harbour --limit 1000",
      "govcloud replication orphans -o json > orphans.json"
    })
public final class OrphansCommand extends ApiCommand {
  private static final int LARGEST_PAGE = 200;

  @Option(names = "--tenant", paramLabel = "TENANT", description = "Of this department alone.")
  private String tenant;

  @Option(
      names = "--limit",
      defaultValue = "1000",
      paramLabel = "N",
      description = "At most so many. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Override
  protected ExitCode run(Connection connection) {
    int page = Math.max(1, Math.min(limit, LARGEST_PAGE));
    ApiRequest list =
        ApiRequest.get(ApiRequest.path("v1", "replication", "orphans"))
            .with("page_size", String.valueOf(page));
    if (tenant != null) {
      list = list.with("tenant", tenant);
    }
    List<JsonNode> orphans =
        StreamSupport.stream(Pages.of(connection.api(), list).spliterator(), false)
            .limit(limit)
            .toList();
    connection.output().list(orphans, COLUMNS);
    if (orphans.size() == limit) {
      connection.terminal().say("There may be more: --limit " + limit + " was reached.");
    }
    return orphans.isEmpty() ? ExitCode.OK : ExitCode.FINDINGS;
  }

  private static final List<Column> COLUMNS =
      List.of(
          Column.of("TENANT", "tenant"),
          Column.of("ENTITY", "entity"),
          Column.of("SEQUENCE", "sequence"),
          Column.time("ACCEPTED", "at"),
          Column.of("PERSON", "person"),
          new Column("EVENTS", OrphansCommand::events));

  private static String events(JsonNode orphan) {
    List<String> types = new ArrayList<>();
    orphan
        .path("events")
        .forEach(event -> types.add(event.path("type").asText().replaceFirst("^govcloud\\.", "")));
    return String.join(" ", types);
  }
}

package govcloud.cli.sharing;

import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.api.Pages;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.ChangeOptions;
import govcloud.cli.command.Connection;
import govcloud.cli.command.Group;
import govcloud.cli.command.JsonArgument;
import govcloud.cli.output.Column;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Data resources: searched, shown, published, withdrawn. */
@Command(
    name = "resource",
    description = "Data that departments offer to others.",
    footer = {"govcloud resource search 交通违法", "govcloud resource show police violations"},
    subcommands = {
      ResourceCommand.Search.class,
      ResourceCommand.Show.class,
      ResourceCommand.Schema.class,
      ResourceCommand.Mock.class,
      CheckRecordsCommand.class,
      ResourceCommand.Publish.class,
      ResourceCommand.Withdraw.class
    })
public final class ResourceCommand extends Group {

  /** Searches resources. */
  @Command(
      name = "search",
      description = "Search resources by words in Chinese or English; without words all.",
      footer = {"govcloud resource search 交通违法", "govcloud resource search --owner police"})
  public static final class Search extends ApiCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", description = "All of them must be there.")
    private List<String> words;

    @Option(
        names = "--owner",
        paramLabel = "TENANT",
        description = "Only this department's, whatever they say, those too that are withdrawn.")
    private String owner;

    @Override
    protected ExitCode run(Connection connection) {
      ApiRequest list =
          ApiRequest.get("/v1/sharing/resources")
              .with("q", words == null ? null : String.join(" ", words))
              .with("owner", owner)
              .with("page_size", "1000");
      connection
          .output()
          .list(
              Pages.of(connection.api(), list),
              List.of(
                  Column.of("OWNER", "owner"),
                  Column.of("RESOURCE", "resource"),
                  Column.local("TITLE", "title"),
                  Column.of("SHARING", "sharing"),
                  Column.of("VERSION", "resource_version"),
                  Column.of("STATUS", "status"),
                  Column.time("UPDATED", "updated_at")));
      return ExitCode.OK;
    }
  }

  /** A question about one resource. */
  abstract static class One extends ApiCommand {
    @Parameters(index = "0", paramLabel = "TENANT", description = "The department that has it.")
    private String owner;

    @Parameters(index = "1", paramLabel = "RESOURCE", description = "The resource.")
    private String resource;

    @Option(
        names = "--resource-version",
        paramLabel = "NUMBER",
        description = "This version. Default: the newest.")
    private Integer version;

    final ApiRequest get(String... more) {
      String path = ApiRequest.path("v1", "sharing", "resources", owner, resource);
      return ApiRequest.get(more.length == 0 ? path : path + "/" + String.join("/", more))
          .with("resource_version", version == null ? null : version.toString());
    }
  }

  /** Shows a resource. */
  @Command(
      name = "show",
      description = "Show one version of a resource; -o json shows its items.",
      footer = {"govcloud resource show police violations -o json"})
  public static final class Show extends One {
    @Override
    protected ExitCode run(Connection connection) {
      connection
          .output()
          .one(
              connection.send(get()).body(),
              List.of(
                  Column.of("owner", "content.owner"),
                  Column.of("resource", "content.id"),
                  Column.local("title", "content.title"),
                  Column.local("summary", "content.summary"),
                  Column.local("provider", "owner_name"),
                  Column.of("provider code", "owner_code"),
                  Column.of("code", "content.catalogue.code"),
                  Column.of("category", "content.category"),
                  Column.of("format", "content.catalogue.format"),
                  Column.of("sharing", "content.sharing"),
                  Column.of("condition", "content.sharing_basis"),
                  Column.of("modes", "content.modes"),
                  Column.of("open to the public", "content.catalogue.opening"),
                  Column.of("updates", "content.updates"),
                  Column.of("related", "content.catalogue.related"),
                  Column.of("quality in %", "content.catalogue.quality"),
                  Column.of("availability in 1/1000", "content.catalogue.availability"),
                  Column.of("answers within ms", "content.catalogue.answer_millis"),
                  Column.of("contact", "content.catalogue.contact"),
                  Column.of("schema", "schema"),
                  Column.of("mock", "mock"),
                  Column.of("version", "resource_version"),
                  Column.of("address", "address"),
                  Column.of("status", "status"),
                  Column.of("reason", "reason"),
                  Column.time("published", "published_at")));
      return ExitCode.OK;
    }
  }

  /** Shows the JSON Schema of records. */
  @Command(
      name = "schema",
      description = "Show the JSON Schema of a resource's records.",
      footer = {"govcloud resource schema police violations -o json"})
  public static final class Schema extends One {
    @Override
    protected ExitCode run(Connection connection) {
      connection
          .output()
          .one(
              connection.send(get("schema")).body(),
              List.of(Column.of("schema", "$id"), Column.of("properties", "properties")));
      return ExitCode.OK;
    }
  }

  /** Shows made-up records. */
  @Command(
      name = "mock",
      description = "Show made-up records of a resource, of nobody.",
      footer = {"govcloud resource mock police violations --count 3 -o json"})
  public static final class Mock extends One {
    @Option(names = "--seed", paramLabel = "NUMBER", description = "The same gives the same.")
    private String seed;

    @Option(names = "--count", paramLabel = "NUMBER", description = "How many. Default: 10.")
    private String count;

    @Override
    protected ExitCode run(Connection connection) {
      ApiRequest mock = get("mock").with("seed", seed).with("count", count);
      connection
          .output()
          .one(
              connection.send(mock).body(),
              List.of(Column.of("version", "resource_version"), Column.of("records", "items")));
      return ExitCode.OK;
    }
  }

  /** Publishes a resource. */
  @Command(
      name = "publish",
      description = "Publish a resource of a department, or its next version.",
      footer = {"govcloud resource publish police violations --content @violations.json"})
  public static final class Publish extends ApiCommand {
    @Parameters(index = "0", paramLabel = "TENANT", description = "The department.")
    private String tenant;

    @Parameters(index = "1", paramLabel = "RESOURCE", description = "Its identifier from now on.")
    private String resource;

    @Option(
        names = "--content",
        required = true,
        paramLabel = "JSON",
        description = "What it is as a JSON object, or @FILE.")
    private String content;

    @Mixin private ChangeOptions change;

    @Override
    protected ExitCode run(Connection connection) {
      return change.make(
          connection,
          "PUT",
          ApiRequest.path("v1", "tenants", tenant, "resources", resource),
          JsonArgument.read(connection.json(), "content", content));
    }
  }

  /** Withdraws a resource. */
  @Command(
      name = "withdraw",
      description = "Offer a resource no more.",
      footer = {"govcloud resource withdraw police violations --reason 'register has moved'"})
  public static final class Withdraw extends ApiCommand {
    @Parameters(index = "0", paramLabel = "TENANT", description = "The department.")
    private String tenant;

    @Parameters(index = "1", paramLabel = "RESOURCE", description = "The resource.")
    private String resource;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
    private String reason;

    @Mixin private ChangeOptions change;

    @Override
    protected ExitCode run(Connection connection) {
      return change.make(
          connection,
          "POST",
          ApiRequest.path("v1", "tenants", tenant, "resources", resource) + "/withdraw",
          connection.body().put("reason", reason));
    }
  }
}

package govcloud.cli.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.api.FileTransfer;
import govcloud.cli.api.Pages;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.ChangeOptions;
import govcloud.cli.command.Connection;
import govcloud.cli.command.Group;
import govcloud.cli.output.Column;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Data of other departments. */
@Command(
    name = "exchange",
    description = "Ask other departments under agreements; who asked for data of somebody.",
    footer = {
      "govcloud exchange ask fines --tenant roads --case permits/c-1 --subject 99999919900101123X",
      "govcloud exchange batch deaths-monthly --tenant social-security --to deaths.jsonl",
      "govcloud exchange accesses 99999919900101123X",
      "govcloud exchange proof 17 --to 17.tlog-proof",
      "govcloud exchange copy /srv/ledger/exchange",
      "govcloud exchange status",
      "govcloud exchange clouds"
    },
    subcommands = {
      ExchangeCommand.Ask.class,
      WholeCommand.OfFile.class,
      WholeCommand.OfBatch.class,
      ExchangeCommand.Accesses.class,
      ExchangeCommand.Proof.class,
      RecordCommands.MaterialOf.class,
      RecordCommands.OpeningOf.class,
      DeferredCommand.class,
      UndeliveredCommand.class,
      SubscriptionCommand.class,
      UnfetchedCommand.class,
      CallbackCommand.class,
      CloudsCommand.class,
      CopyCommand.class,
      StatusCommand.class
    })
public final class ExchangeCommand extends Group {

  /** Asks another department. */
  @Command(
      name = "ask",
      description = {
        "Ask another department for data of a party to one's own case.",
        "The query is recorded before it is answered, and when it is refused."
      },
      footer = {
        "govcloud exchange ask fines --tenant roads --case permits/c-1 --subject 99999919900101123X",
        "govcloud exchange ask fines --tenant roads --case permits/c-1 \\",
        "    --subject 99999919900101123X --when-available"
      })
  public static final class Ask extends ApiCommand {
    @Mixin private ChangeOptions.Key key;

    @Parameters(paramLabel = "AGREEMENT", description = "Under which agreement.")
    private String agreement;

    @Option(
        names = "--tenant",
        paramLabel = "TENANT",
        required = true,
        description = "The department that asks.")
    private String tenant;

    @Option(
        names = "--case",
        paramLabel = "APP/CASE",
        required = true,
        description = "Because of which case; whoever asks handles it.")
    private String cited;

    @Option(
        names = "--subject",
        paramLabel = "NUMBER",
        required = true,
        description = "Document number of the person or company that it is about.")
    private String subject;

    @Option(names = "--field", paramLabel = "NAME", description = "Only this; repeatable.")
    private List<String> fields = new ArrayList<>();

    @Option(
        names = "--claim",
        paramLabel = "FIELD=VALUE",
        description = "What a value is said to be, for a yes or no; repeatable.")
    private Map<String, String> claims = new LinkedHashMap<>();

    @Option(
        names = "--when-available",
        description = "While the provider is away keep the query instead of refusing it.")
    private boolean whenAvailable;

    @Option(
        names = "--callback",
        description = "The same, and have posted to the department's address what became of it.")
    private boolean callback;

    @Override
    protected ExitCode run(Connection connection) {
      ObjectNode body = connection.body();
      if (whenAvailable || callback) {
        body.put("delivery", callback ? "callback" : "when-available");
      }
      Reason.put(body, cited, subject);
      if (!fields.isEmpty()) {
        fields.forEach(body.putArray("fields")::add);
      }
      if (!claims.isEmpty()) {
        claims.forEach(body.putObject("claims")::put);
      }
      String path = ApiRequest.path("v1", "tenants", tenant, "exchange", agreement, "queries");
      JsonNode answer = connection.send(ApiRequest.change("POST", path, key.get(), body)).body();
      if (answer.has("state")) {
        connection.output().one(answer, DeferredCommand.COLUMNS);
        connection
            .terminal()
            .say(
                "The provider is away; see later: govcloud exchange deferred show "
                    + tenant
                    + " "
                    + answer.path("id").asText());
        return ExitCode.OK;
      }
      return show(connection, answer);
    }

    /** Shows what was given. */
    static ExitCode show(Connection connection, JsonNode answer) {
      List<Column> columns = new ArrayList<>();
      if (answer.path("records").has(0)) {
        answer
            .path("records")
            .get(0)
            .fieldNames()
            .forEachRemaining(name -> columns.add(Column.of(name.toUpperCase(Locale.ROOT), name)));
      }
      connection.output().list(answer.path("records"), columns);
      connection.terminal().say(answer.at("/explanation/en").asText());
      if (answer.has("notice")) {
        connection.terminal().say(answer.at("/notice/en").asText());
      }
      connection
          .terminal()
          .say("Recorded as entry " + answer.at("/evidence/index").asText() + " of the ledger.");
      return ExitCode.OK;
    }
  }

  /** Shows who asked. */
  @Command(
      name = "accesses",
      description = {
        "List who asked for data of somebody, the newest first, also what was refused.",
        "For audit administrators; the search itself is written down."
      },
      footer = {
        "govcloud exchange accesses 99999919900101123X",
        "govcloud exchange accesses 99999919900101123X -o json"
      })
  public static final class Accesses extends ApiCommand {
    @Parameters(paramLabel = "NUMBER", description = "Document number of the person or company.")
    private String subject;

    @Override
    protected ExitCode run(Connection connection) {
      ApiRequest search =
          new ApiRequest(
              "POST",
              "/v1/exchange/accesses",
              Map.of("page_size", "1000"),
              Map.of(),
              Optional.of(connection.body().put("subject", subject)));
      connection
          .output()
          .list(
              Pages.of(connection.api(), search),
              List.of(
                  Column.time("AT", "at"),
                  Column.of("OUTCOME", "outcome"),
                  Column.of("OFFICE", "office"),
                  Column.of("ROLE", "role"),
                  Column.of("CASE", "case"),
                  Column.of("DATA", "name_en"),
                  Column.of("BASIS", "legal_basis"),
                  Column.of("WHY NOT", "code"),
                  Column.of("ENTRY", "index")));
      return ExitCode.OK;
    }
  }

  /** Fetches a proof. */
  @Command(
      name = "proof",
      description = "Fetch the proof that an entry is in the ledger, for `ledger verify`.",
      footer = {"govcloud exchange proof 17 --to 17.tlog-proof"})
  public static final class Proof extends ApiCommand {
    @Parameters(paramLabel = "INDEX", description = "Number of the entry, from 0.")
    private long index;

    @Option(
        names = "--to",
        paramLabel = "FILE",
        required = true,
        description = "Where it is written; not there yet.")
    private Path to;

    @Override
    protected ExitCode run(Connection connection) {
      ApiRequest request =
          ApiRequest.get(ApiRequest.path("v1", "ledger", "proofs", Long.toString(index)));
      FileTransfer.fetch(connection.api(), request, to, (share, bytes, note) -> {});
      connection.terminal().say("Done. " + to);
      return ExitCode.OK;
    }
  }
}

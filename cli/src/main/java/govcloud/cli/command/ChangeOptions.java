package govcloud.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiAnswer;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.output.Column;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a change is made. */
public final class ChangeOptions {
  private static final List<Column> RECEIPT =
      List.of(
          Column.of("id", "id"),
          Column.of("status", "status"),
          Column.of("version", "version"),
          Column.time("at", "at"));

  @Option(names = "--dry-run", description = "Check the change and store nothing.")
  private boolean dryRun;

  @Mixin private Key key;

  @Option(
      names = "--if-match",
      paramLabel = "VERSION",
      description = "Change only this version. Default: the present one.")
  private String version;

  @Option(
      names = "--zero-loss",
      description = "Wait until the sibling cloud has this change, whatever its disaster class.")
  private boolean zeroLoss;

  /** The option of whatever may be sent again; alone for what is neither tried out nor held. */
  public static final class Key {
    @Option(
        names = "--idempotency-key",
        paramLabel = "KEY",
        description =
            "Makes it safe to run the command again. Default: a new one, kept over retries.")
    private String value;

    /** A fresh key, or the one given. */
    public String get() {
      return value == null ? "cli-" + UUID.randomUUID() : value;
    }
  }

  /** A fresh key, or the one given. */
  public String key() {
    return key.get();
  }

  /** Sends the change of something that exists: its present version is looked up unless given. */
  public ApiAnswer change(Connection connection, String path, String action, JsonNode body) {
    String match = version == null ? present(connection, path) : "\"" + version + "\"";
    return send(
        connection,
        ApiRequest.change("POST", path + "/" + action, key(), body).withHeader("If-Match", match));
  }

  /** Sends the change of parts of something that exists, as {@link #change} does. */
  public ApiAnswer patch(Connection connection, String path, JsonNode body) {
    String match = version == null ? present(connection, path) : "\"" + version + "\"";
    return send(
        connection, ApiRequest.change("PATCH", path, key(), body).withHeader("If-Match", match));
  }

  private String present(Connection connection, String path) {
    ApiAnswer answer = connection.send(ApiRequest.get(path));
    return answer
        .etag()
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.FAILED,
                    "ETAG_MISSING",
                    "The answer for " + path + " lacks its ETag."));
  }

  /** Sends a change that needs no version. */
  public ApiAnswer send(Connection connection, ApiRequest request) {
    ApiRequest whole =
        zeroLoss ? request.withHeader(ApiRequest.DISASTER_CLASS, "zero_loss") : request;
    return connection.send(dryRun ? whole.with("dry_run", "true") : whole);
  }

  /** Sends a change that needs no version and shows its receipt. */
  public ExitCode make(Connection connection, String method, String path, JsonNode body) {
    return show(connection, send(connection, ApiRequest.change(method, path, key(), body)));
  }

  /** Shows the receipt of a change. */
  public ExitCode show(Connection connection, ApiAnswer answer) {
    connection.output().one(answer.body(), RECEIPT);
    if (dryRun) {
      connection.terminal().say("Dry run: nothing was stored.");
    } else if (answer.body().path("replayed").asBoolean()) {
      connection.terminal().say("This was done before under the same key; nothing changed.");
    }
    answer
        .replicated()
        .ifPresent(
            there ->
                connection
                    .terminal()
                    .say(
                        there
                            ? "The sibling cloud has it."
                            : "Stored in this cloud only: the sibling cloud does not have it."));
    return ExitCode.OK;
  }

  /** Whether nothing is to be stored. */
  public boolean isDryRun() {
    return dryRun;
  }
}

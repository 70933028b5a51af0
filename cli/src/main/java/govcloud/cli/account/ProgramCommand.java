package govcloud.cli.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.ChangeOptions;
import govcloud.cli.command.Connection;
import govcloud.cli.command.Group;
import govcloud.cli.command.OwnerFile;
import govcloud.cli.output.Column;
import govcloud.pki.request.ProgramKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What security administrators decide about programs. */
@Command(
    name = "program",
    description = "Accounts of programs, which sign their requests or show a key.",
    footer = {
      "govcloud program enrol feed --name 来件 --tenant transport --role clerk --key-file feed.key",
      "govcloud case list transport permits --token-file feed.key",
      "govcloud program key feed --key-file feed-2027.key"
    },
    subcommands = {ProgramCommand.Enrol.class, ProgramCommand.Key.class})
public final class ProgramCommand extends Group {

  /** How a program comes in, and for how long. */
  abstract static class WithKey extends ApiCommand {
    @Parameters(paramLabel = "ACCOUNT", description = "The account.")
    private String account;

    @Option(
        names = "--key-file",
        paramLabel = "FILE",
        description = {
          "Makes an Ed25519 key there, mode 0600, with which the program signs its requests; the",
          "cloud learns its public half alone. A file that is there is used. Default: a secret key,",
          "which is shown now and never again."
        })
    private Path keyFile;

    @Option(
        names = "--days",
        defaultValue = "365",
        paramLabel = "DAYS",
        description = "How long the key is good, at most 400. Default: ${DEFAULT-VALUE}.")
    private long days;

    @Mixin private ChangeOptions change;

    final ExitCode send(Connection connection, String method, String more, ObjectNode body) {
      body.put(
          "key_expires_at", connection.clock().instant().plus(Duration.ofDays(days)).toString());
      if (keyFile != null) {
        body.put("public_key", key().publicKey());
      }
      String path = ApiRequest.path("v1", "programs", account) + more;
      JsonNode answer =
          change.send(connection, ApiRequest.change(method, path, change.key(), body)).body();
      connection
          .output()
          .one(
              answer,
              List.of(
                  Column.of("id", "id"),
                  Column.of("status", "status"),
                  Column.of("key", "key"),
                  Column.of("signs with", "key_id")));
      return ExitCode.OK;
    }

    private ProgramKey key() {
      if (!Files.exists(keyFile)) {
        OwnerFile.write(keyFile, ProgramKey.generate(account, new SecureRandom()).text());
      }
      try {
        return ProgramKey.read(Files.readString(keyFile))
            .filter(key -> key.id().startsWith(account + "."))
            .orElseThrow(() -> unusable("not a key of " + account));
      } catch (IOException | IllegalArgumentException e) {
        throw unusable(e.getMessage());
      }
    }

    private CommandFailure unusable(String why) {
      return new CommandFailure(
          ExitCode.USAGE,
          "KEY_FILE_UNUSABLE",
          keyFile
              + ": "
              + why
              + " (expected: a name that is free, or the key of "
              + account
              + ").");
    }
  }

  /** Makes an account for a program. */
  @Command(
      name = "enrol",
      description = "Make an account for a program.",
      footer = {
        "govcloud program enrol feed --name 来件 --tenant transport --role clerk --key-file feed.key"
      })
  public static final class Enrol extends WithKey {
    @Mixin private HolderOptions holder;

    @Override
    protected ExitCode run(Connection connection) {
      return send(connection, "PUT", "", holder.in(connection.body()));
    }
  }

  /** Gives a program another key. */
  @Command(
      name = "key",
      description = "Give a program another key; the one before lets nobody in any more.",
      footer = {"govcloud program key feed --key-file feed-2027.key"})
  public static final class Key extends WithKey {
    @Override
    protected ExitCode run(Connection connection) {
      return send(connection, "POST", ApiRequest.path("key"), connection.body());
    }
  }
}

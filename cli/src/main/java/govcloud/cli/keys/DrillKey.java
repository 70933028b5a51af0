package govcloud.cli.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.approval.ApprovalCommand;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.ChangeOptions;
import govcloud.cli.command.Connection;
import govcloud.replication.keys.DrillHalf;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.statement.ReplicaHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes a drill key, and asks two officers that it may open what the cloud sent. */
@Command(
    name = "drill",
    description = {
      "Make a drill key: it opens what this cloud sent, for rehearsals, so that the shares of the",
      "recovery key stay closed. It can vouch for nothing. An operator and a security",
      "administrator sign for it on the page that is shown, each with a passkey; then every epoch",
      "so far, and each later one as it begins, is granted to it and taken from the drill key",
      "before. The grants lie beside the keys and are no part of the replica. The file belongs to",
      "whoever runs drills of this cloud, and never to its sibling."
    },
    footer = {"govcloud keys drill /etc/govcloud/drill.key", "govcloud approval show keys-4be1"})
final class DrillKey extends ApiCommand {
  /** After these it is certain that nobody is asked to sign. */
  private static final Set<ExitCode> REFUSED =
      EnumSet.of(
          ExitCode.USAGE,
          ExitCode.NOT_FOUND,
          ExitCode.AUTHENTICATION,
          ExitCode.FORBIDDEN,
          ExitCode.CONFLICT,
          ExitCode.RATE_LIMITED);

  @Parameters(paramLabel = "FILE", description = "For the private half; not there yet.")
  private Path file;

  @Mixin private ChangeOptions change;

  @Override
  protected boolean concernsHome() {
    return true;
  }

  @Override
  protected ExitCode run(Connection connection) {
    KeyFolder keys = new KeyFolder(connection.home().folder().resolve("keys"));
    DrillHalf half;
    try {
      half = DrillHalf.make(file, keys.recovery().cloud(), new SecureRandom());
    } catch (KeyException e) {
      throw KeyTask.failure(e);
    }
    try {
      ExitCode ended = ask(connection, half);
      if (change.isDryRun()) {
        forget();
      }
      return ended;
    } catch (CommandFailure failure) {
      if (REFUSED.contains(failure.exitCode())) {
        forget();
      } else {
        terminal().say(file + " is kept: officers may have been asked to sign for it.");
      }
      throw failure;
    }
  }

  private ExitCode ask(Connection connection, DrillHalf half) {
    ObjectNode body =
        connection
            .body()
            .put("key", ReplicaHash.hex(half.key()))
            .put("signer", ReplicaHash.hex(half.signer()));
    String path = ApiRequest.path("v1", "replication", "drill-keys");
    return ApprovalCommand.ask(connection, change, "POST", path, body);
  }

  /** Nobody was asked for this key, so nobody needs it. */
  private void forget() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      terminal().say(file + " is a key without grants (" + e + ").");
    }
  }
}

package govcloud.cli.exchange;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.api.FileTransfer;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.Connection;
import govcloud.ledger.LedgerException;
import govcloud.ledger.log.LedgerFiles;
import govcloud.ledger.note.Checkpoint;
import govcloud.ledger.note.SignedNote;
import govcloud.ledger.tree.TileName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Copies the ledger, so that it can be checked without the cloud. */
@Command(
    name = "copy",
    description = {
      "Copy the ledger into a folder, or bring a copy up to date, for `ledger fsck` and `prove`.",
      "trust.txt beside the folder is the key that the cloud names: compare it with the one that"
          + " you were given."
    },
    footer = {
      "govcloud exchange copy /srv/ledger/exchange",
      "govcloud ledger fsck /srv/ledger/exchange --policy /srv/ledger/exchange.trust.txt"
    })
final class CopyCommand extends ApiCommand {
  private static final String CHECKPOINT_NEXT = LedgerFiles.CHECKPOINT + ".next";

  @Parameters(paramLabel = "FOLDER", description = "The copy; made if it is not there.")
  private Path folder;

  @Override
  protected ExitCode run(Connection connection) {
    try {
      Files.createDirectories(folder);
      Path next = folder.resolve(CHECKPOINT_NEXT);
      Files.deleteIfExists(next);
      cosigned(connection);
      fetch(connection, LedgerFiles.CHECKPOINT, next);
      long size = size(next);
      for (int level = TileName.ENTRIES; level < 8; level++) {
        level(connection, level, size);
      }
      Files.move(next, folder.resolve(LedgerFiles.CHECKPOINT), REPLACE_EXISTING);
      Path trust = folder.resolveSibling(folder.getFileName() + ".trust.txt");
      if (!Files.exists(trust)) {
        fetch(connection, "policy", trust);
      }
      connection.terminal().say("Done. " + size + " entries in " + folder + ", key in " + trust);
      return ExitCode.OK;
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED, "FILE_NOT_FETCHED", "Cannot write " + folder + " (" + e + ").");
    }
  }

  private static long size(Path checkpoint) throws IOException {
    try {
      SignedNote note = SignedNote.parse(Files.readAllBytes(checkpoint), LedgerFiles.CHECKPOINT);
      return Checkpoint.parse(note.text(), LedgerFiles.CHECKPOINT).size();
    } catch (LedgerException e) {
      throw new CommandFailure(ExitCode.FAILED, e.defect().name(), e.getMessage());
    }
  }

  private void level(Connection connection, int level, long size) throws IOException {
    long full = TileName.count(level, size) / TileName.WIDTH;
    for (long index = 0; index < full; index++) {
      file(connection, TileName.full(level, index));
    }
    var edge = TileName.edge(level, size);
    if (edge.isPresent()) {
      file(connection, edge.get());
    }
  }

  /** A tile never changes: one that is there is right. */
  private void file(Connection connection, TileName name) throws IOException {
    Path target = folder.resolve(name.path());
    if (!Files.exists(target)) {
      Files.createDirectories(target.getParent());
      fetch(connection, name.path(), target);
    }
  }

  /** There is none before the sibling has cosigned a state, and none without a sibling. */
  private void cosigned(Connection connection) throws IOException {
    JsonNode status = connection.send(ApiRequest.get("/v1/ledger/status")).body();
    if (status.path("cosigned_at").isTextual()) {
      Path next = folder.resolve(LedgerFiles.COSIGNED + ".next");
      Files.deleteIfExists(next);
      fetch(connection, LedgerFiles.COSIGNED, next);
      Files.move(next, folder.resolve(LedgerFiles.COSIGNED), REPLACE_EXISTING);
    }
  }

  private static void fetch(Connection connection, String name, Path target) {
    FileTransfer.fetch(
        connection.api(), ApiRequest.get("/v1/ledger/" + name), target, (share, bytes, note) -> {});
  }
}

package govcloud.recovery.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.output.Column;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.salvage.Salvage;
import govcloud.recovery.salvage.SalvageSearch;
import govcloud.recovery.salvage.SavedArchive;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.ReplicaAnchor;
import govcloud.replication.archive.ReplicaReport;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.ReplicaVerifier;
import govcloud.replication.blob.BlobStore;
import govcloud.replication.keys.KeyException;
import govcloud.replication.store.FileSystemArchiveStore;
import govcloud.replication.store.FileSystemBlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Saves an archive up to its last whole cut, so that a cloud can go on from there. */
@Command(
    name = "salvage",
    description = {
      "Copy an archive whose end is damaged, up to the last cut that everything before proves, from",
      "wherever it is into a folder.",
      "The last resort, where no other copy of the damaged files is found: the cloud that is rebuilt",
      "from the copy goes on there, and what came later is given up. Needs no key. The damaged",
      "archive stays as it is. What is given up is written beside the copy, and shown; the failover",
      "needs an approval that names the cut."
    },
    footer = {
      "recover salvage --archive /srv/received --to /srv/received-saved",
      "recover salvage --archive s3://replica/harbour --credentials-file /media/reader \\",
      "    --cards /media/cards --to /srv/received-saved",
      "recover plan --archive /srv/received --shares /media/shares --cut 12"
    })
final class SalvageCommand extends RecoveryTask {
  private static final List<Column> COLUMNS =
      List.of(
          Column.of("cut", "cut"),
          Column.of("closed at", "closed_at"),
          Column.of("segments given up", "segments"),
          Column.of("records in them, as far as known", "records"),
          Column.of("departments touched", "tenant_count"),
          Column.of("of nobody known", "unreadable"));

  @Mixin private ArchiveOptions archive;

  @Option(
      names = "--to",
      paramLabel = "FOLDER",
      required = true,
      description = "Where the copy is made; a folder that is not there.")
  private Path to;

  @Override
  ExitCode run() throws RecoveryException, ArchiveStoreException, KeyException {
    ArchiveOptions.Opened opened = archive.open(terminal());
    if (Files.exists(to)) {
      throw usage("to: " + to + " (expected: a folder that is not there)");
    }
    ReplicaTrust trust = opened.cards().trust();
    Salvage salvage =
        SalvageSearch.of(opened.store(), trust, verify(opened.store(), opened.blobs(), trust));
    SavedArchive saved = new SavedArchive(opened.place(), opened.store(), trust, salvage);
    try {
      ObjectNode given = saved.write(to, opened.blobs(), opened.cards());
      requireSound(trust);
      given.put("tenant_count", given.path("tenants").size());
      output().one(given, COLUMNS);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED, "ARCHIVE_UNWRITABLE", "to: " + to + ": " + e + " (expected: a copy)");
    }
    terminal()
        .say(
            "Saved up to cut %d in %s. Everything later is given up by whoever goes on from it."
                .formatted(saved.cut(), to));
    return ExitCode.OK;
  }

  private static ReplicaReport verify(ArchiveStore store, BlobStore blobs, ReplicaTrust trust)
      throws ArchiveStoreException {
    return new ReplicaVerifier(store, blobs, trust).verify(ReplicaAnchor.NONE);
  }

  private void requireSound(ReplicaTrust trust) throws RecoveryException, ArchiveStoreException {
    ReplicaReport report =
        verify(FileSystemArchiveStore.readOnly(to), FileSystemBlobStore.readOnly(to), trust);
    if (!report.isSound()) {
      throw new RecoveryException(
          RecoveryException.Code.SALVAGE_IMPOSSIBLE,
          "%s: %s (expected: sound; see recover verify)".formatted(to, report.findings().get(0)));
    }
  }
}

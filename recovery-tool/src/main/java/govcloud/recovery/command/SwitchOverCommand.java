package govcloud.recovery.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.output.Column;
import govcloud.domain.operation.DangerousCommand;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.recovery.failover.FinalCut;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.replica.Replica;
import govcloud.recovery.report.ReportFiles;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.RecoverySecrets;
import govcloud.replication.statement.DamagedReplicaException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A failover of a site that works: only when nothing is lost. */
@Command(
    name = "switch-over",
    aliases = "failback",
    description = {
      "Move a cloud from a site that works to another one, and lose nothing; moving it back is the",
      "same command. Like `failover`, but only when the site that counts was drained, its final cut",
      "is countersigned, no record lies behind it, the signed report of `prove`, approved by two",
      "officers, shows that every record of it is at the new site, and two officers of the sibling",
      "have signed there that exactly this is done. Otherwise it changes nothing and says why:",
      "`govcloud keys drain --release` then lets the old site go on."
    },
    footer = {
      "recover switch-over --archive /srv/received --shares /media/shares --report /srv/report \\",
      "    --approval approval.json --keys /etc/govcloud/keys --home-archive /srv/archive \\",
      "    --card /srv/new-card",
      "recover failback --archive /srv/received --shares /media/shares --report /srv/report \\",
      "    --approval approval.json --keys /etc/govcloud/keys-3 --home-archive /srv/archive \\",
      "    --card /srv/new-card"
    })
final class SwitchOverCommand extends RecoveryTask {
  @Mixin private ArchiveOptions archive;
  @Mixin private ShareOptions shares;
  @Mixin private ApprovalOptions approval;
  @Mixin private NewSiteOptions site;

  @Option(
      names = "--report",
      paramLabel = "FOLDER",
      required = true,
      description = "The signed report that `prove` wrote about the new keyspace.")
  private Path report;

  @Override
  ExitCode run()
      throws RecoveryException, ArchiveStoreException, DamagedReplicaException, KeyException {
    approval.requireOne();
    ArchiveOptions.Opened opened = archive.open(terminal());
    requireAll(opened);
    try (RecoverySecrets secrets = shares.join(opened)) {
      Replica replica = ArchiveOptions.replica(opened, secrets);
      RecoveryPoint point = replica.point(OptionalLong.empty());
      FinalCut last = FinalCut.of(replica.store(), replica.trust(), point);
      JsonNode shown = signedReport(opened);
      long proved = last.requireProved(shown);
      ObjectNode approved = approved(opened, shown.path("keyspace").asText());
      ObjectNode result = site.make(this, opened, replica, secrets, point);
      ApprovalOptions.keep(
          this, "site-switch-over", approved, site.keys(), Optional.of(report), secrets);
      result.set("approved_by", approved.path("approved_by"));
      result.put("final_cut", last.cut().statement().getNumber());
      result.put("records", last.records()).put("records_proved", proved);
      result.put("records_lost", last.records() - proved);
      show(result);
      terminal()
          .say(
              "Nothing is lost: %,d of %,d records that %s accepted until %s are at the new site."
                  .formatted(
                      proved, last.records(), secrets.cloud(), last.cut().closedAt().toString()));
      return ExitCode.OK;
    }
  }

  /** The last cut of what was saved may be one after which the site was released. */
  private static void requireAll(ArchiveOptions.Opened opened) throws RecoveryException {
    Optional<JsonNode> given = opened.givenUp();
    if (given.isPresent()) {
      throw new RecoveryException(
          Code.SWITCH_OVER_BEHIND,
          "%s: gives up %d segments behind cut %d (expected: everything that the sibling took in)"
              .formatted(
                  opened.place(),
                  given.get().path("segments").asLong(),
                  given.get().path("cut").asLong()));
    }
  }

  /** Of the keyspace that was proved, and of everything that the sibling has. */
  private ObjectNode approved(ArchiveOptions.Opened opened, String keyspace)
      throws RecoveryException, KeyException {
    return approval.require(
        DangerousCommand.SWITCH_OVER,
        ApprovalOptions.of(opened.cards().lost(), keyspace, OptionalLong.empty()),
        opened.cards().sibling(),
        clock().instant());
  }

  private void show(ObjectNode result) {
    List<Column> columns = new ArrayList<>(NewSiteOptions.COLUMNS);
    columns.add(Column.of("approved by", "approved_by"));
    columns.add(Column.of("final cut", "final_cut"));
    columns.add(Column.of("records in it", "records"));
    columns.add(Column.of("records proved", "records_proved"));
    columns.add(Column.of("records lost", "records_lost"));
    output().one(result, columns);
  }

  private JsonNode signedReport(ArchiveOptions.Opened opened) throws RecoveryException {
    ReportFiles files = new ReportFiles(report);
    try {
      JsonNode read = files.read();
      if (!files.isSigned(opened.cards().lost().recovery()).orElse(false)) {
        throw new RecoveryException(
            Code.SWITCH_OVER_NOT_PROVED,
            "report: " + report + " (expected: signed by the holders of the shares)");
      }
      return read;
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.NOT_FOUND,
          "REPORT_MISSING",
          "report: " + report + " (expected: a folder with report.json; " + e + ")");
    }
  }
}

package govcloud.recovery.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.ExitCode;
import govcloud.cli.output.Column;
import govcloud.domain.operation.DangerousCommand;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.replica.Replica;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.RecoverySecrets;
import govcloud.replication.statement.DamagedReplicaException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Gives the rebuilt cloud its keys and its archive, and gives the old site up. */
@Command(
    name = "failover",
    description = {
      "Give a rebuilt cloud what it needs beside its data: new keys, and its archive.",
      "Its new signing key is vouched for by the recovery key, for which holders give their shares,",
      "and two officers of the sibling have signed there that exactly this is done. From the moment",
      "its sibling trusts the new card, nothing that the old site signs is taken in any more."
    },
    footer = {
      "recover failover --archive /srv/received --shares /media/shares --approval approval.json \\",
      "    --keys /etc/govcloud/keys --home-archive /srv/archive --card harbour.card",
      "govcloud keys trust harbour.card     (at the sibling)"
    })
final class FailoverCommand extends RecoveryTask {
  @Mixin private ArchiveOptions archive;
  @Mixin private ShareOptions shares;
  @Mixin private ApprovalOptions approval;
  @Mixin private NewSiteOptions site;

  @Option(
      names = "--keyspace",
      paramLabel = "NAME",
      defaultValue = "govcloud_g2",
      description = "In which the cloud was rebuilt. Default: ${DEFAULT-VALUE}.")
  private String keyspace;

  @Option(
      names = "--cut",
      paramLabel = "N",
      description = "The cut to which it was rebuilt. Default: everything that the sibling has.")
  private Long cut;

  @Option(
      names = "--report",
      paramLabel = "FOLDER",
      description = "The report that `prove` wrote: who approved the failover is kept with it too.")
  private Path report;

  @Override
  ExitCode run()
      throws RecoveryException, ArchiveStoreException, DamagedReplicaException, KeyException {
    ArchiveOptions.Opened opened = archive.open(terminal());
    ObjectNode approved =
        approval.require(
            DangerousCommand.FAIL_OVER,
            ApprovalOptions.of(opened.cards().lost(), keyspace, cut()),
            opened.cards().sibling(),
            clock().instant());
    try (RecoverySecrets secrets = shares.join(opened)) {
      Replica replica = ArchiveOptions.replica(opened, secrets);
      RecoveryPoint point = replica.point(OptionalLong.empty());
      requireNothingBehind(replica, point);
      requireCutOfGivenUp(opened).ifPresent(given -> approved.set("given_up", given));
      ObjectNode made = site.make(this, opened, replica, secrets, point);
      ApprovalOptions.keep(
          this, "site-failover", approved, site.keys(), Optional.ofNullable(report), secrets);
      made.set("approved_by", approved.path("approved_by"));
      List<Column> columns = new ArrayList<>(NewSiteOptions.COLUMNS);
      columns.add(Column.of("approved by", "approved_by"));
      output().one(made, columns);
      return ExitCode.OK;
    }
  }

  /**
   * What the sibling has taken in it has signed for, and never takes in otherwise: a cloud that
   * went on before the end of it would not be replicated again.
   */
  private void requireNothingBehind(Replica replica, RecoveryPoint all)
      throws RecoveryException, ArchiveStoreException, DamagedReplicaException {
    RecoveryPoint named = replica.point(cut());
    if (!named.lastSegments().equals(all.lastSegments())) {
      throw new RecoveryException(
          Code.FAILOVER_POINT_PAST,
          "cut: %s, but the sibling has more (expected: rebuilt to the latest point)"
              .formatted(named.name()));
    }
  }

  /** What is given up is approved only by whoever approves its cut. */
  private Optional<JsonNode> requireCutOfGivenUp(ArchiveOptions.Opened opened)
      throws RecoveryException {
    Optional<JsonNode> given = opened.givenUp();
    if (given.isPresent()) {
      long behind = given.get().path("cut").asLong();
      if (!cut().equals(OptionalLong.of(behind))) {
        throw new RecoveryException(
            Code.FAILOVER_GIVES_UP,
            "%s: gives up %d segments behind cut %d (expected: approved with --cut %d)"
                .formatted(opened.place(), given.get().path("segments").asLong(), behind, behind));
      }
    }
    return given;
  }

  private OptionalLong cut() {
    return cut == null ? OptionalLong.empty() : OptionalLong.of(cut);
  }
}

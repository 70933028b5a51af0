package govcloud.recovery.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.command.Json;
import govcloud.cli.command.JsonArgument;
import govcloud.domain.operation.DangerousCommand;
import govcloud.domain.operation.Failover;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.failover.FailoverApproval;
import govcloud.replication.keys.CloudCard;
import govcloud.replication.keys.KeyException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/** Who approved that the old site is given up: with passkeys, or in an emergency by name. */
final class ApprovalOptions {
  @Option(
      names = "--approval",
      paramLabel = "FILE",
      description = {
        "What two officers of the sibling signed there with their passkeys: `govcloud replication",
        "failover --keyspace NAME`, then `govcloud approval show OPERATION -o json`. Checked without",
        "any cloud: the people, the exact command, its age, and that the sibling vouches for them."
      })
  private Path approval;

  @Option(
      names = "--emergency",
      paramLabel = "REASON",
      description = {
        "Instead of an approval, where the sibling has no two officers with passkeys or cannot be",
        "asked: why. Names are then written down that nobody can verify, and all who look see it."
      })
  private String emergency;

  @Option(
      names = "--approved-by",
      paramLabel = "NAME",
      description = "In an emergency: an officer who approved it. To be given at least twice.")
  private List<String> approvedBy = List.of();

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

  /** The cut to which it was rebuilt, if that was named. */
  OptionalLong cut() {
    return cut == null ? OptionalLong.empty() : OptionalLong.of(cut);
  }

  /**
   * What was approved and by whom, to be kept.
   *
   * @throws RecoveryException with {@code FAILOVER_NOT_APPROVED}
   */
  ObjectNode require(CloudCard lost, CloudCard sibling, Instant now)
      throws RecoveryException, KeyException {
    Failover failover = failover(lost);
    ObjectNode record = Json.mapper().createObjectNode();
    record.put("cloud", failover.cloud()).put("site_epoch", failover.siteEpoch());
    record.put("subject", failover.subject()).put("at", now.toString());
    if ((approval == null) == (emergency == null)) {
      throw RecoveryTask.usage(
          "approval: "
              + (approval == null ? "none" : "and an emergency")
              + " (expected: --approval FILE, or --emergency REASON with two --approved-by)");
    }
    if (approval == null) {
      byName(record);
    } else {
      FailoverApproval signed =
          FailoverApproval.require(
              JsonArgument.read(Json.mapper(), "approval", "@" + approval), failover, sibling, now);
      signed.people().forEach(record.putArray("approved_by")::add);
      record.put("operation", signed.operation()).set("approval", signed.proof());
    }
    return record;
  }

  private Failover failover(CloudCard lost) throws KeyException {
    try {
      return new Failover(lost.cloud(), lost.siteEpoch() + 1, keyspace, cut());
    } catch (IllegalArgumentException e) {
      throw RecoveryTask.usage(e.getMessage());
    }
  }

  private void byName(ObjectNode record) {
    List<String> names = approvedBy.stream().map(String::strip).distinct().toList();
    if (emergency.isBlank() || names.size() < DangerousCommand.SIGNERS || names.contains("")) {
      throw RecoveryTask.usage(
          "emergency: \"%s\", approved by %s (expected: a reason, and two different names)"
              .formatted(emergency, names));
    }
    record.put("emergency", emergency);
    names.forEach(record.putArray("approved_by")::add);
  }
}

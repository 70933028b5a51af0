package govcloud.recovery.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Json;
import govcloud.cli.command.JsonArgument;
import govcloud.domain.operation.DangerousCommand;
import govcloud.domain.operation.Failover;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.failover.FailoverApproval;
import govcloud.recovery.report.ReportFiles;
import govcloud.replication.keys.CloudCard;
import govcloud.replication.keys.KeyDeeds;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.RecoverySecrets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/** Who approved that a site is given up: with passkeys, or in an emergency by name. */
final class ApprovalOptions {
  @Option(
      names = "--approval",
      paramLabel = "FILE",
      description = {
        "What two officers of the sibling signed there with their passkeys: `govcloud replication",
        "failover --keyspace NAME` (with --planned for a move), then `govcloud approval show OPERATION",
        "-o json`. Checked without any cloud: the people, the exact command, its age, and that the",
        "sibling vouches for them."
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

  /** Refuses a command line without an approval, before anything is asked of anybody. */
  void requireOne() throws RecoveryException {
    if ((approval == null) == (emergency == null)) {
      throw RecoveryTask.usage(
          "approval: "
              + (approval == null ? "none" : "and an emergency")
              + " (expected: --approval FILE, or --emergency REASON with two --approved-by)");
    }
  }

  /**
   * What was approved and by whom, to be kept.
   *
   * @param command whether the site is lost or moved
   * @throws RecoveryException with {@code FAILOVER_NOT_APPROVED}
   */
  ObjectNode require(DangerousCommand command, Failover failover, CloudCard sibling, Instant now)
      throws RecoveryException, KeyException {
    requireOne();
    ObjectNode record = Json.mapper().createObjectNode().put("command", command.kind());
    record.put("cloud", failover.cloud()).put("site_epoch", failover.siteEpoch());
    record.put("subject", failover.subject()).put("at", now.toString());
    if (approval == null) {
      byName(record);
    } else {
      JsonNode proof = JsonArgument.read(Json.mapper(), "approval", "@" + approval);
      FailoverApproval signed = FailoverApproval.require(proof, command, failover, sibling, now);
      signed.people().forEach(record.putArray("approved_by")::add);
      record.put("operation", signed.operation()).set("approval", signed.proof());
    }
    return record;
  }

  /** The failover of a cloud from the site that its card is of. */
  static Failover of(CloudCard old, String keyspace, OptionalLong cut) throws KeyException {
    try {
      return new Failover(old.cloud(), old.siteEpoch() + 1, keyspace, cut);
    } catch (IllegalArgumentException e) {
      throw RecoveryTask.usage(e.getMessage());
    }
  }

  /**
   * Keeps it beside the new keys, whose nodes bring it into the audit trail, and beside the report.
   *
   * @param deed as the audit trail names it
   */
  static void keep(
      RecoveryTask task,
      String deed,
      ObjectNode approved,
      KeyFolder keys,
      Optional<Path> report,
      RecoverySecrets secrets)
      throws KeyException {
    boolean isSigned = approved.has("operation");
    try {
      new ReportFiles(keys.folder()).writeFailover(approved, secrets);
      if (report.isPresent()) {
        new ReportFiles(report.get()).writeFailover(approved, secrets);
      }
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED, "REPORT_UNUSABLE", "Cannot write who approved (" + e + ").");
    }
    new KeyDeeds(keys)
        .add(
            task.clock().instant(),
            isSigned ? deed : deed + "-unsigned",
            approved.path("subject").asText()
                + (isSigned ? "/approval/" + approved.path("operation").asText() : ""),
            System.getProperty("user.name"));
    if (!isSigned) {
      task.terminal()
          .say(
              "Nobody signed this failover: only names and a reason are kept, and all can see it.");
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

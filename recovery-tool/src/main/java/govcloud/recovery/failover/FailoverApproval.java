package govcloud.recovery.failover;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.approval.SignedCommand;
import govcloud.domain.operation.CommandText;
import govcloud.domain.operation.DangerousCommand;
import govcloud.domain.operation.Failover;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.replication.keys.CloudCard;
import govcloud.replication.keys.KeyException;
import govcloud.replication.statement.ApprovalVouching;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * That two officers of the sibling signed exactly this failover, or planned move, with their
 * passkeys, and that the sibling vouches that those passkeys are theirs. Checked from the file and
 * the sibling's card alone.
 */
public final class FailoverApproval {
  /** By so much clocks of two sites may differ. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  private final JsonNode proof;
  private final SignedCommand signed;

  private FailoverApproval(JsonNode proof) {
    this.proof = proof;
    this.signed = new SignedCommand(proof);
  }

  /**
   * Checks one.
   *
   * @param proof as {@code govcloud approval show -o json} gave it at the sibling
   * @param command whether a site is lost or moved
   * @param failover the one that is to be done
   * @param sibling its card
   * @throws RecoveryException with {@code FAILOVER_NOT_APPROVED}, and what is not so
   */
  public static FailoverApproval require(
      JsonNode proof, DangerousCommand command, Failover failover, CloudCard sibling, Instant now)
      throws RecoveryException, KeyException {
    FailoverApproval approval = new FailoverApproval(proof);
    approval.requireCommand(command, failover, sibling.cloud(), now);
    approval.requireSigners();
    approval.requireVouched(sibling);
    return approval;
  }

  private void requireCommand(
      DangerousCommand command, Failover failover, String sibling, Instant now)
      throws RecoveryException {
    Map<String, String> facts;
    Instant asked;
    try {
      facts = CommandText.read(signed.command());
      asked = Instant.parse(facts.get("asked at"));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw refused(e.getMessage());
    }
    requireSame("cloud", facts.get("cloud"), sibling);
    requireSame("command", facts.get("command"), command.kind());
    requireSame("subject", facts.get("subject"), failover.subject());
    Instant until = asked.plus(DangerousCommand.PATIENCE);
    if (now.isAfter(until) || asked.isAfter(now.plus(SKEW))) {
      throw refused("asked at " + asked + " (expected: used until " + until + ", now " + now + ")");
    }
  }

  private void requireSigners() throws RecoveryException {
    for (SignedCommand.Signer signer : signed.signers()) {
      if (!signer.fault().isEmpty()) {
        throw refused("signature of " + signer.person() + ": " + signer.fault());
      }
    }
    if (!signed.isValid()) {
      throw refused(
          signed.signers().size()
              + " signatures (expected: "
              + SignedCommand.SIGNERS
              + " of different people)");
    }
  }

  private void requireVouched(CloudCard sibling) throws RecoveryException, KeyException {
    List<ApprovalVouching.Signed> people = new ArrayList<>();
    proof
        .path("signatures")
        .forEach(
            one ->
                people.add(
                    new ApprovalVouching.Signed(
                        one.path("person").asText(), one.path("public_key").asText())));
    String vouched = proof.path("result").asText();
    if (!ApprovalVouching.isSigned(sibling.signingKeys(), vouched, signed.command(), people)) {
      throw refused(
          "result: not signed by "
              + sibling.cloud()
              + " (expected: as `govcloud approval show` gives it there once both have signed)");
    }
  }

  private static void requireSame(String what, String found, String expected)
      throws RecoveryException {
    if (!found.equals(expected)) {
      throw refused(what + ": " + found + " (expected: " + expected + ")");
    }
  }

  private static RecoveryException refused(String why) {
    return new RecoveryException(Code.FAILOVER_NOT_APPROVED, "approval: " + why);
  }

  /** Who signed. */
  public List<String> people() {
    return signed.signers().stream().map(SignedCommand.Signer::person).toList();
  }

  /** Name of its operation at the sibling. */
  public String operation() {
    return CommandText.read(signed.command()).get("operation");
  }

  /** All of it, for whoever wants to verify it later. */
  public JsonNode proof() {
    return proof;
  }
}

package govcloud.node.audit;

import govcloud.domain.Actor;
import govcloud.domain.audit.AuditCommand;
import govcloud.domain.audit.AuditState;
import govcloud.domain.operation.DangerousCommand;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.http.Commands;
import govcloud.node.operation.ApprovalRequests;
import govcloud.node.operation.ApprovedWork;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;

/** Keeps the trail for longer when two auditors have signed it: nobody takes that back. */
final class AuditKeeping implements ApprovedWork {

  private static final String SUBJECT = "days/";

  private final Entities entities;
  private final ApprovalRequests requests;

  AuditKeeping(Entities entities, InstantSource clock) {
    this.entities = entities;
    this.requests = new ApprovalRequests(entities, clock);
  }

  /** Asks for it; completes with the operation, or fails with a problem. */
  CompletionStage<String> request(String operation, int days, Actor actor, boolean dryRun) {
    return requests.request(
        operation, DangerousCommand.KEEP_AUDIT, SUBJECT + days, this, actor, dryRun);
  }

  @Override
  public CompletionStage<?> check(String subject, Actor actor) {
    return keep(days(subject), actor, true);
  }

  @Override
  public CompletionStage<?> begin(String operation, String subject, Actor actor) {
    return keep(days(subject), actor, false)
        .thenCompose(
            kept ->
                ApprovalRequests.succeed(
                    entities, operation, "kept for " + days(subject) + " days"));
  }

  private static int days(String subject) {
    return Integer.parseInt(subject.substring(SUBJECT.length()));
  }

  private CompletionStage<Void> keep(int days, Actor actor, boolean dry) {
    return entities
        .<AuditState>ask(
            AuditStreams.RETENTION, Request.of(new AuditCommand.KeepFor(days), actor).dryRun(dry))
        .thenAccept(Commands::accepted);
  }
}

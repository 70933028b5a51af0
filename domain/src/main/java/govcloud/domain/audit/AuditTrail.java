package govcloud.domain.audit;

import govcloud.domain.Actor;
import govcloud.domain.Aggregate;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.identity.Roles;

/**
 * One stream of the audit trail. There is no command that takes anything out of it, and none that
 * shortens the time for which it is kept.
 */
public final class AuditTrail implements Aggregate<AuditCommand, AuditEvent, AuditState> {

  /** So many records are written at once at most. */
  public static final int MOST_RECORDS = 256;

  private static final int LONGEST_RETENTION = 36_500;

  @Override
  public String type() {
    return "audit";
  }

  @Override
  public String status(AuditState state) {
    return state.records() == 0 ? "empty" : "written";
  }

  @Override
  public AuditState initial() {
    return AuditState.EMPTY;
  }

  @Override
  public Decision<AuditEvent> decide(AuditState state, AuditCommand command, Context context) {
    if (command instanceof AuditCommand.Write c) {
      return write(c, context);
    } else if (command instanceof AuditCommand.KeepFor c) {
      return keep(state, c, context);
    }
    throw new IllegalStateException("no rule for " + command.getClass().getName());
  }

  private static Decision<AuditEvent> write(AuditCommand.Write c, Context context) {
    if (!context.actor().role().equals(Actor.PLATFORM)) {
      return Decision.refuse(
          AuditRefusal.AUDIT_PLATFORM_ONLY,
          "role: " + context.actor().role() + " (expected: " + Actor.PLATFORM + ")");
    }
    if (c.records().isEmpty() || c.records().size() > MOST_RECORDS) {
      return Decision.refuse(
          AuditRefusal.AUDIT_BATCH_INVALID,
          "records: " + c.records().size() + " (expected: 1 to " + MOST_RECORDS + ")");
    }
    return Decision.accept(new AuditEvent.Written(c.records(), context.now()));
  }

  private static Decision<AuditEvent> keep(
      AuditState state, AuditCommand.KeepFor c, Context context) {
    if (!context.actor().role().equals(Roles.AUDIT)) {
      return Decision.refuse(
          AuditRefusal.AUDIT_AUDITOR_ONLY,
          "role: " + context.actor().role() + " (expected: " + Roles.AUDIT + ")");
    }
    if (c.days() == state.retentionDays()) {
      return Decision.accept();
    }
    if (c.days() < state.retentionDays()) {
      return Decision.refuse(
          AuditRefusal.AUDIT_RETENTION_SHORTER,
          "retention: %d days (expected: >= %d)".formatted(c.days(), state.retentionDays()));
    }
    if (c.days() > LONGEST_RETENTION) {
      return Decision.refuse(
          AuditRefusal.AUDIT_RETENTION_INVALID,
          "retention: %d days (expected: <= %d)".formatted(c.days(), LONGEST_RETENTION));
    }
    return Decision.accept(new AuditEvent.RetentionRaised(c.days(), context.now()));
  }

  @Override
  public AuditState evolve(AuditState state, AuditEvent event) {
    return state.after(event);
  }
}

package govcloud.domain.contract;

import govcloud.domain.Actor;
import govcloud.domain.audit.AuditCommand;
import govcloud.domain.audit.AuditEvent;
import govcloud.domain.audit.AuditRecord;
import govcloud.domain.audit.AuditState;
import govcloud.domain.audit.AuditTrail;
import govcloud.domain.identity.Roles;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** A stream of an audit trail that an auditor looks after. */
public final class AuditFixture implements AggregateFixture<AuditCommand, AuditEvent, AuditState> {

  /** A clerk who has read a case. */
  public static final AuditRecord READ = record(AuditRecord.Outcome.ALLOWED, "getCase", "");

  /** A detector has found something. */
  public static final AuditRecord ALARM =
      record(AuditRecord.Outcome.ALARM, "bulk-reads", "AUDIT_BULK_READS");

  private static AuditRecord record(AuditRecord.Outcome outcome, String action, String code) {
    return new AuditRecord(
        AggregateWalk.BEGIN,
        "zhang-san",
        "clerk",
        "",
        action,
        "transport",
        "/v1/tenants/transport/apps/permits/cases/c-1",
        outcome,
        code,
        "192.0.2.7",
        "ab".repeat(16),
        1);
  }

  @Override
  public AuditTrail aggregate() {
    return new AuditTrail();
  }

  @Override
  public Class<AuditCommand> commandType() {
    return AuditCommand.class;
  }

  @Override
  public Class<AuditEvent> eventType() {
    return AuditEvent.class;
  }

  @Override
  public List<AuditCommand> commands() {
    return List.of(
        new AuditCommand.Write(List.of(READ)),
        new AuditCommand.Write(List.of(READ, ALARM)),
        new AuditCommand.Write(List.of()),
        new AuditCommand.Write(Collections.nCopies(AuditTrail.MOST_RECORDS + 1, READ)),
        new AuditCommand.KeepFor(AuditState.SHORTEST_RETENTION),
        new AuditCommand.KeepFor(1),
        new AuditCommand.KeepFor(400),
        new AuditCommand.KeepFor(Integer.MAX_VALUE));
  }

  @Override
  public List<Actor> actors() {
    return List.of(Actor.platform(), new Actor("wu", Roles.AUDIT), new Actor("li", Roles.SECURITY));
  }

  @Override
  public Set<Class<? extends AuditCommand>> idempotent() {
    return Set.of(AuditCommand.KeepFor.class);
  }

  @Override
  public Set<String> statuses() {
    return Set.of("empty", "written");
  }
}

package govcloud.node.audit;

import govcloud.domain.Actor;
import govcloud.domain.audit.AuditRecord;
import govcloud.domain.audit.AuditRecord.Outcome;
import govcloud.node.audit.AuditPolicy.Level;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Visit;
import govcloud.node.http.Witness;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what is written down about a request, and when. */
final class AuditWitness implements Witness {

  private static final Logger LOG = LoggerFactory.getLogger(AuditWitness.class);
  private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

  private final AuditPolicy policy;
  private final AuditSettings settings;
  private final AuditWriter writer;
  private final Detectors detectors;
  private final RefusedRequests refused;
  private final InstantSource clock;

  AuditWitness(
      AuditPolicy policy,
      AuditSettings settings,
      AuditWriter writer,
      Detectors detectors,
      RefusedRequests refused,
      InstantSource clock) {
    this.policy = policy;
    this.settings = settings;
    this.writer = writer;
    this.detectors = detectors;
    this.refused = refused;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Void> admit(Visit visit) {
    var level = policy.of(visit.operation());
    if (level == Level.DENIALS) {
      return DONE;
    }
    if (level == Level.COMMAND || settings.durableReads()) {
      return allowed(visit);
    }
    var trouble = writer.trouble();
    return trouble == null ? DONE : CompletableFuture.failedStage(trouble.asException());
  }

  /** Writes down an alarm that no request has raised. */
  void raise(Alarm alarm, String object) {
    writer.raise(alarm, object);
  }

  @Override
  public void answered(Visit visit, int status) {
    try {
      var outcome = outcome(visit, status);
      if (outcome.isPresent()) {
        note(visit, outcome.get());
      } else if (!visit.admitted() && status >= 400 && status < 500) {
        refused.add(turnedDown(visit));
      }
    } catch (RuntimeException e) {
      LOG.error("trace {}: no record in the audit trail", visit.traceId(), e);
    }
  }

  @Override
  public void ended(Visit visit, String code) {
    var reason = visit.code().isEmpty() ? code : visit.code();
    try {
      var record = record(visit, Outcome.DENIED, reason);
      writer.note(record);
      detectors.seen(record, policy.of(visit.operation()), false).forEach(writer::note);
    } catch (RuntimeException e) {
      LOG.error("trace {}: no record in the audit trail", visit.traceId(), e);
    }
  }

  /** None: nobody is denied anything, as with a request that was not understood. */
  private static Optional<Outcome> outcome(Visit visit, int status) {
    if (status == 401 || status == 403 || visit.code().startsWith("SIGN_IN_")) {
      return Optional.of(Outcome.DENIED);
    }
    if (!visit.admitted()) {
      return switch (visit.code()) {
        case "TENANT_FOREIGN" -> Optional.of(Outcome.DENIED);
        case "AUDIT_UNAVAILABLE" -> Optional.of(Outcome.FAILED);
        default -> Optional.empty();
      };
    }
    return Optional.of(status < 400 ? Outcome.ALLOWED : Outcome.FAILED);
  }

  private void note(Visit visit, Outcome outcome) {
    var level = policy.of(visit.operation());
    var record = record(visit, outcome, outcome == Outcome.ALLOWED ? "" : visit.code());
    var before = level == Level.COMMAND || (level == Level.ACCESS && settings.durableReads());
    if (outcome == Outcome.DENIED
        || (level != Level.DENIALS && !(before && outcome == Outcome.ALLOWED))) {
      writer.note(record);
    }
    var damaged = visit.code().equals(BorderCode.ENTITY_DAMAGED.name());
    detectors.seen(record, level, damaged).forEach(writer::note);
  }

  @Override
  public void unreadable(String source, String code, String what) {
    refused.add(
        new AuditRecord(
            clock.instant(),
            "",
            "",
            "",
            RefusedRequests.ACTION,
            "",
            what,
            Outcome.DENIED,
            code,
            source,
            "",
            1));
  }

  private AuditRecord turnedDown(Visit visit) {
    return new AuditRecord(
        clock.instant(),
        visit.actor().person(),
        visit.actor().role(),
        visit.actor().account(),
        RefusedRequests.ACTION,
        "",
        visit.path(),
        Outcome.DENIED,
        visit.code(),
        visit.source(),
        visit.traceId(),
        1);
  }

  private AuditRecord record(Visit visit, Outcome outcome, String code) {
    Actor actor = visit.actor();
    return new AuditRecord(
        clock.instant(),
        actor.person(),
        actor.role(),
        actor.account(),
        visit.operation(),
        visit.tenant(),
        visit.path(),
        outcome,
        code,
        visit.source(),
        visit.traceId(),
        1);
  }

  /** Completes when a record of what no request has done is written down. */
  CompletionStage<Void> write(AuditRecord record) {
    return writer.write(record);
  }

  /** Completes when it is written down that this was let through. */
  CompletionStage<Void> allowed(Visit visit) {
    return writer.write(record(visit, Outcome.ALLOWED, ""));
  }
}

package govcloud.node.audit;

import govcloud.node.eventsourcing.Entities;
import govcloud.node.feed.EntityHistory;
import govcloud.node.http.Commands;
import govcloud.node.http.Contract;
import govcloud.node.http.Door;
import govcloud.node.http.Routes;
import govcloud.node.operation.ApprovedWork;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Everything of the audit trail on one node.
 *
 * @param door asked with every request to a page
 * @param nanoTime a clock in nanoseconds that only goes forward
 * @param life names this life of the node; no other life has the same
 */
public record AuditDesk(
    ActorSystem<?> system,
    Entities entities,
    EntityHistory history,
    AuditSettings settings,
    Supplier<Door> door,
    InstantSource clock,
    LongSupplier nanoTime,
    String life) {

  /** What is done when two auditors have signed that the trail is kept for longer. */
  public ApprovedWork keeping() {
    return new AuditKeeping(entities, clock);
  }

  /** Adds what auditors may ask, and gives the one who sees every request. */
  public AuditWitness open(Routes routes) {
    AuditWriter.Later later =
        (pause, work) -> system.scheduler().scheduleOnce(pause, work, system.executionContext());
    var writer = new AuditWriter(entities, settings, later, clock, nanoTime, life);
    var refused = new RefusedRequests(settings.refusalsEvery(), later, writer::note);
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseServiceRequestsDone(),
            "write-down-audit",
            () -> {
              refused.flush();
              return writer.drained().handle((done, failure) -> Done.getInstance());
            });
    var witness =
        new AuditWitness(
            AuditPolicy.load(Contract.load()),
            settings,
            writer,
            new Detectors(settings.watch()),
            refused,
            clock);
    var search = new AuditSearch(history, system, clock);
    new AuditRoutes(search, new AuditKeeping(entities, clock), new Commands(entities))
        .register(routes);
    new AuditPage(search, witness, door).register(routes);
    return witness;
  }
}

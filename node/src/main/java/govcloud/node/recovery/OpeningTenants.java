package govcloud.node.recovery;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import govcloud.domain.Refusal;
import govcloud.journal.Position;
import govcloud.journal.schema.RecoveryQueue;
import govcloud.journal.schema.RecoveryQueue.Entry;
import govcloud.journal.schema.RecoveryQueue.State;
import govcloud.node.eventsourcing.Closing;
import govcloud.node.eventsourcing.WritePermit;
import govcloud.node.http.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which departments of a rebuilt cloud are closed on this node: those that the recovery tool has
 * not proved yet, or found to be other than they were; in a copy of one department, all others.
 * What is open stays open; what the tool tells arrives within a second. For several threads.
 */
public final class OpeningTenants {
  private static final Logger LOG = LoggerFactory.getLogger(OpeningTenants.class);
  private static final Duration LOOK = Duration.ofMillis(500);

  private final CqlSession session;
  private final String keyspace;
  private final InstantSource clock;
  private final Optional<String> copied;
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private volatile Optional<RecoveryQueue> queue = Optional.empty();

  private OpeningTenants(
      CqlSession session, String keyspace, InstantSource clock, Optional<String> copied) {
    this.session = session;
    this.keyspace = keyspace;
    this.clock = clock;
    this.copied = copied;
  }

  /** All are open. */
  public static OpeningTenants all() {
    return new OpeningTenants(null, "", () -> Instant.EPOCH, Optional.empty());
  }

  /** One is open, in a copy of it; the others are not there. */
  public static OpeningTenants only(String copied) {
    return new OpeningTenants(null, "", () -> Instant.EPOCH, Optional.of(copied));
  }

  /**
   * Those that a recovery under way has opened; looks again and again until all are. Blocks for the
   * first look.
   */
  public static OpeningTenants watch(
      ActorSystem<?> system, CqlSession session, String keyspace, InstantSource clock) {
    var tenants = new OpeningTenants(session, keyspace, clock, Optional.empty());
    tenants.look();
    var waiting = tenants.queue.map(now -> now.waiting().size()).orElse(0);
    LOG.warn("{} departments are closed until `recover prove` has proved them", waiting);
    var blocking = system.dispatchers().lookup(DispatcherSelector.blocking());
    new Looking(tenants, system, blocking).next();
    return tenants;
  }

  /** One look after another, on threads that may block. */
  private record Looking(OpeningTenants tenants, ActorSystem<?> system, Executor blocking) {
    void next() {
      system.scheduler().scheduleOnce(LOOK, this::look, system.executionContext());
    }

    private void look() {
      var unused =
          CompletableFuture.runAsync(tenants::look, blocking)
              .whenComplete(
                  (done, failure) -> {
                    if (failure != null) {
                      LOG.warn("which departments are open cannot be read: {}", failure.toString());
                    }
                    if (failure != null || tenants.queue.isPresent()) {
                      next();
                    }
                  });
    }
  }

  private void look() {
    List<Row> tenants = rows("SELECT * FROM " + keyspace + ".recovery_tenant");
    boolean over =
        rows("SELECT state FROM " + keyspace + ".recovery").stream()
            .allMatch(row -> "PROVED".equals(row.getString("state")));
    if (over && queue.isPresent()) {
      LOG.info("all departments are proved and open");
    }
    queue = over ? Optional.empty() : Optional.of(RecoveryQueue.of(tenants));
  }

  private List<Row> rows(String query) {
    return session.execute(SimpleStatement.newInstance(query).setIdempotent(true)).all();
  }

  /**
   * Up to which position the log may be trimmed: not at all while it is restored or compared, else
   * as far as anybody likes.
   */
  public long comparedUpTo() {
    return queue.isPresent() ? Position.BEFORE_FIRST : Long.MAX_VALUE;
  }

  private Optional<AbsentTenant> absent(String tenant) {
    return copied
        .filter(only -> !tenant.isEmpty() && !tenant.equals(only))
        .map(only -> new AbsentTenant(tenant, only));
  }

  private Optional<ClosedTenant> find(String tenant) {
    return queue.flatMap(now -> now.find(tenant).flatMap(entry -> closed(now, entry, tenant)));
  }

  private Optional<ClosedTenant> closed(RecoveryQueue now, Entry entry, String tenant) {
    return entry.state() == State.PROVED
        ? Optional.empty()
        : Optional.of(
            new ClosedTenant(
                tenant,
                now.place(tenant),
                now.waiting().size(),
                now.left(tenant, clock.instant())));
  }

  /** What whoever asks for a department is answered while it is closed; empty: it is open. */
  public Optional<Problem> closed(String tenant) {
    return absent(tenant)
        .map(AbsentTenant::problem)
        .or(() -> find(tenant).map(ClosedTenant::problem));
  }

  /** Somebody asks for a department: if it waits, it comes before those that nobody asks for. */
  public void want(String tenant) {
    boolean isFirst =
        queue
            .flatMap(now -> now.find(tenant))
            .filter(entry -> entry.state() == State.WAITING && entry.askedAt().isEmpty())
            .isPresent();
    if (isFirst && asked.add(tenant)) {
      session
          .executeAsync(
              SimpleStatement.newInstance(
                  "UPDATE "
                      + keyspace
                      + ".recovery_tenant SET asked_at = toTimestamp(now()) WHERE tenant = ?",
                  RecoveryQueue.key(tenant)))
          .whenComplete(
              (done, failure) -> {
                if (failure != null) {
                  asked.remove(tenant);
                }
              });
    }
  }

  /**
   * A permit that holds back a department that is closed, whoever asks for it. That it waits for
   * its proof comes before anything else: its records need not be there.
   */
  public WritePermit behind(WritePermit site) {
    return new WritePermit() {
      @Override
      public Optional<Refusal> refusal() {
        return site.refusal();
      }

      @Override
      public Optional<Closing> closed(String tenant) {
        return find(tenant)
            .map(ClosedTenant::closing)
            .or(() -> absent(tenant).map(AbsentTenant::closing))
            .or(() -> site.closed(tenant));
      }
    };
  }
}

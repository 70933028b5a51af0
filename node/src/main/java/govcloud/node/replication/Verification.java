package govcloud.node.replication;

import govcloud.domain.Actor;
import govcloud.domain.operation.OperationCommand;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.replication.ReplicationAlarm.Kind;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.ReplicaAnchor;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.ReplicaVerifier;
import govcloud.replication.statement.StatementKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks this cloud's own archive and the sibling's receipts in it, as an operation, and remembers
 * what the last check in the cloud gave.
 */
public final class Verification {
  private static final Logger LOG = LoggerFactory.getLogger(Verification.class);
  private static final String KIND = "replication.verification";
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final long REPORTS = 20;

  /** Bytes a second that are read at most. */
  private static final long PACE = 64L << 20;

  private final Entities entities;
  private final String cloud;
  private final ArchiveStore store;
  private final ReplicaTrust trust;
  private final ReplicationThreads threads;
  private final Consumer<VerificationReport> tell;
  private final Clock clock;
  private final AtomicReference<VerificationReport> last = new AtomicReference<>();

  /**
   * Nothing is checked yet.
   *
   * @param tell tells all nodes, this one too
   */
  Verification(
      Entities entities,
      HomeArchive home,
      ReplicaTrust trust,
      ReplicationThreads threads,
      Consumer<VerificationReport> tell,
      Clock clock) {
    this.entities = entities;
    this.cloud = home.recovery().cloud();
    this.store = home.store();
    this.trust = trust;
    this.threads = threads;
    this.tell = tell;
    this.clock = clock;
  }

  /** Takes in what a node tells. */
  void learn(VerificationReport report) {
    last.accumulateAndGet(
        report, (was, is) -> was == null || is.startedMillis() >= was.startedMillis() ? is : was);
  }

  /** The last check in the cloud that this node has heard of. */
  Optional<VerificationReport> last() {
    return Optional.ofNullable(last.get());
  }

  /** One alarm for each file that the last check found wrong. */
  List<ReplicationAlarm> differences() {
    return last().map(VerificationReport::findings).orElse(List.of()).stream()
        .limit(10)
        .map(
            found ->
                new ReplicationAlarm(
                    Kind.AUDIT_DIFFERENCE,
                    found.name(),
                    found.code() + ": " + found.detail(),
                    clock.instant()))
        .toList();
  }

  /** Opens the operation, then begins; completes when it is opened. */
  CompletionStage<String> begin(String operation, Actor actor) {
    Instant deadline = clock.instant().plus(LONGEST);
    var open = new OperationCommand.Open(KIND, "replication/" + cloud, cloud, List.of(), deadline);
    return ask(operation, open, actor)
        .thenCompose(done -> ask(operation, new OperationCommand.Start(deadline), actor))
        .thenApply(
            done -> {
              var unused = threads.run(false, () -> run(operation));
              return operation;
            });
  }

  private CompletionStage<?> ask(String operation, Object command, Actor actor) {
    return entities.ask("operation/" + operation, Request.of(command, actor));
  }

  private VerificationReport run(String operation) {
    VerificationReport report = VerificationReport.running(clock.millis());
    tell.accept(report);
    try {
      long total = files();
      long step = Math.max(1, total / REPORTS);
      var paced = new PacedStore(store, PACE, read -> progress(operation, read, total, step));
      report =
          report.ended(
              new ReplicaVerifier(paced, trust).verify(ReplicaAnchor.NONE), clock.millis());
      String result = report.wrong() == 0 ? "sound" : report.wrong() + " findings";
      tell(operation, new OperationCommand.Succeed(result));
    } catch (ArchiveStoreException | RuntimeException e) {
      report = report.failed(String.valueOf(e.getMessage()), clock.millis());
      tell(operation, new OperationCommand.Fail(report.failure(), false));
    }
    tell.accept(report);
    return report;
  }

  private long files() throws ArchiveStoreException {
    long files = 0;
    for (StatementKind kind : StatementKind.values()) {
      files += store.list(kind).size();
    }
    return files;
  }

  private void progress(String operation, long read, long total, long step) {
    if (read % step == 0 && read < total) {
      tell(operation, new OperationCommand.ReportProgress(read, total, "files"));
    }
  }

  /** Whether the operation hears of it does not matter to the check. */
  private void tell(String operation, OperationCommand command) {
    var unused =
        ask(operation, command, Actor.platform())
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    LOG.warn("operation {}: {}", operation, failure.toString());
                  }
                });
  }
}

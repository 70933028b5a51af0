package govcloud.node.replication;

import govcloud.domain.Actor;
import govcloud.domain.operation.OperationCommand;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.operation.StartedOperations;
import govcloud.node.replication.ReplicationAlarm.Kind;
import govcloud.node.replication.VerificationReport.Found;
import govcloud.node.replication.audit.LogAudit;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.ReplicaAnchor;
import govcloud.replication.archive.ReplicaReport;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.ReplicaVerifier;
import govcloud.replication.blob.BlobStore;
import govcloud.replication.keys.KeyException;
import govcloud.replication.statement.StatementKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks this cloud's own archive, the sibling's receipts in it, and log and chunks against it, as
 * an operation, and remembers what the last check in the cloud gave. What is found is told at once.
 */
public final class Verification {
  private static final Logger LOG = LoggerFactory.getLogger(Verification.class);
  private static final String KIND = "replication.verification";
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final long REPORTS = 20;

  private final StartedOperations operations;
  private final String cloud;
  private final ArchiveStore store;
  private final BlobStore blobs;
  private final ReplicaTrust trust;
  private final LogAudit log;
  private final Pace pace;
  private final ReplicationThreads threads;
  private final Consumer<VerificationReport> tell;
  private final Clock clock;
  private final AtomicReference<VerificationReport> last = new AtomicReference<>();
  private final AtomicReference<VerificationReport> ended = new AtomicReference<>();

  /**
   * Nothing is checked yet.
   *
   * @param log compares it with the archive
   * @param pace of reading
   * @param tell tells all nodes, this one too
   */
  Verification(
      Entities entities,
      HomeArchive home,
      ReplicaTrust trust,
      LogAudit log,
      Pace pace,
      ReplicationThreads threads,
      Consumer<VerificationReport> tell,
      Clock clock) {
    this.operations = new StartedOperations(entities);
    this.cloud = home.recovery().cloud();
    this.store = home.store();
    this.blobs = home.blobs();
    this.trust = trust;
    this.log = log;
    this.pace = pace;
    this.threads = threads;
    this.tell = tell;
    this.clock = clock;
  }

  /** Takes in what a node tells. */
  void learn(VerificationReport report) {
    last.accumulateAndGet(report, Verification::newer);
    if (report.endedMillis() > 0) {
      ended.accumulateAndGet(report, Verification::newer);
    }
  }

  private static VerificationReport newer(VerificationReport was, VerificationReport is) {
    return was == null || is.startedMillis() >= was.startedMillis() ? is : was;
  }

  /** The last check in the cloud that this node has heard of. */
  Optional<VerificationReport> last() {
    return Optional.ofNullable(last.get());
  }

  /** One alarm for each difference that this check or the last one that ended has found. */
  List<ReplicationAlarm> differences() {
    return Stream.of(last, ended)
        .map(AtomicReference::get)
        .filter(Objects::nonNull)
        .distinct()
        .flatMap(report -> report.findings().stream())
        .distinct()
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
    return open(operation, actor)
        .thenApply(
            opened -> {
              var unused = threads.run(false, () -> run(operation));
              return operation;
            });
  }

  private CompletionStage<String> open(String operation, Actor actor) {
    Instant deadline = clock.instant().plus(LONGEST);
    return operations.begin(operation, KIND, "replication/" + cloud, cloud, deadline, actor);
  }

  /**
   * Audits on its own account, and waits for the end. Blocks.
   *
   * @throws Exception when it could not begin
   */
  boolean runNow() throws Exception {
    String operation = "verification-" + clock.millis();
    open(operation, Actor.platform()).toCompletableFuture().get(1, TimeUnit.MINUTES);
    return threads.run(false, () -> run(operation)).toCompletableFuture().get().wrong() == 0;
  }

  private VerificationReport run(String operation) {
    var report = new AtomicReference<>(VerificationReport.running(clock.millis()));
    tell.accept(report.get());
    String failure = "";
    try {
      long files = files();
      long total = files + log.slices();
      long step = Math.max(1, total / REPORTS);
      var paced = new PacedStore(store, pace, read -> progress(operation, read, total, step));
      ReplicaReport archive =
          new ReplicaVerifier(paced, new PacedBlobs(blobs, pace), trust)
              .verify(ReplicaAnchor.NONE, finding -> found(report, Found.of(finding)));
      report.updateAndGet(now -> now.counted(archive));
      log.run(
          finding -> found(report, Found.of(finding)),
          slice -> progress(operation, files + slice + 1, total, step));
    } catch (ArchiveStoreException | KeyException | RuntimeException e) {
      failure = String.valueOf(e.getMessage());
    }
    String why = failure;
    tell.accept(report.updateAndGet(now -> now.ended(clock.millis(), why)));
    tell(operation, result(report.get()));
    return report.get();
  }

  private static OperationCommand result(VerificationReport report) {
    return report.failure().isEmpty()
        ? new OperationCommand.Succeed(report.wrong() == 0 ? "sound" : report.wrong() + " findings")
        : new OperationCommand.Fail(report.failure(), false);
  }

  private void found(AtomicReference<VerificationReport> report, Found found) {
    LOG.warn("audit: {} {}: {}", found.code(), found.name(), found.detail());
    VerificationReport now = report.updateAndGet(before -> before.with(found));
    if (now.further() == 0) {
      tell.accept(now);
    }
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
        operations
            .tell(operation, command, Actor.platform())
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    LOG.warn("operation {}: {}", operation, failure.toString());
                  }
                });
  }
}

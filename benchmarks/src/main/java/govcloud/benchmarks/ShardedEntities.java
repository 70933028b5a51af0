package govcloud.benchmarks;

import govcloud.domain.Actor;
import govcloud.domain.casework.Applicant;
import govcloud.domain.casework.CaseCommand;
import govcloud.journal.Position;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Request;
import govcloud.node.projection.Views.ViewLag;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * Case commands asked of the sharded entities: decision, chain, fenced append, chunks, read models.
 */
final class ShardedEntities implements Contender {

  private static final Actor CLERK = new Actor("bench", Actor.OPERATOR);

  /** With what a record has beside its payload, a remark of this length makes 330 bytes. */
  private static final String REMARK =
      new String(Payload.bytes(), StandardCharsets.US_ASCII).substring(0, 152);

  /** Chunks follow when an entity was quiet for five seconds. */
  private static final Duration CHUNKS = Duration.ofMillis(6500);

  private static final Duration CREATION = Duration.ofHours(3);
  private static final int ATTEMPTS = 8;

  private final BenchmarkNodes nodes;
  private final int entities;

  ShardedEntities(BenchmarkNodes nodes, int entities) {
    this.nodes = nodes;
    this.entities = entities;
  }

  /**
   * Makes every case; the answer is how fast.
   *
   * @throws IllegalStateException when some were not made: what is measured with them would be
   *     wrong
   */
  Load.Result create(int inFlight) throws InterruptedException {
    var begin =
        new CaseCommand.Create(
            "bench",
            "permits",
            "administrative-approval",
            1,
            "1",
            "benchmark",
            new Applicant("Zhang", "person", "id", "999999199001011234"),
            "{}",
            Map.of(),
            Optional.empty());
    return new Load(inFlight, CREATION)
        .run(0, entities, number -> create(number, Request.of(begin, CLERK), ATTEMPTS))
        .requireAll("creating cases", entities);
  }

  /** Safe to repeat by its key; the first commands of a node that has just started may time out. */
  private CompletionStage<?> create(long number, Request<?> request, int attempts) {
    return ask(number, request.withKey("create-" + number, "0".repeat(64)))
        .handle((done, failure) -> failure)
        .thenCompose(
            failure -> {
              if (failure == null) {
                return CompletableFuture.completedStage(null);
              }
              return attempts == 1
                  ? CompletableFuture.failedStage(failure)
                  : create(number, request, attempts - 1);
            });
  }

  @Override
  public String name() {
    return "sharded entities";
  }

  @Override
  public CompletionStage<?> store(long number) {
    return ask(number, Request.of(new CaseCommand.Comment(REMARK), CLERK));
  }

  private CompletionStage<?> ask(long number, Request<?> request) {
    return nodes
        .first()
        .entities()
        .ask(id(number), request)
        .thenAccept(ShardedEntities::requireAccepted);
  }

  /** Reads an entity, which recovers it where it is not in memory. */
  CompletionStage<?> read(long number) {
    return nodes.first().entities().read(id(number));
  }

  private static void requireAccepted(Answer<?> answer) {
    if (!answer.accepted()) {
      throw new IllegalStateException(answer.refusal().toString());
    }
  }

  String id(long number) {
    return "case/bench/permits/c-" + number % entities;
  }

  @Override
  public void settle() throws InterruptedException {
    awaitViews();
    Thread.sleep(CHUNKS.toMillis());
  }

  /** Waits until the read models have seen everything; the answer is how long that took. */
  Duration awaitViews() throws InterruptedException {
    long began = System.nanoTime();
    while (nodes.hasViews() && behind() > 0) {
      Thread.sleep(100);
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** Waits until a worklist counts every case. */
  void awaitCounted() throws InterruptedException {
    var cases = nodes.readModels().cases();
    while (cases.active("bench").toCompletableFuture().join() < entities) {
      Thread.sleep(100);
    }
  }

  /** Rows of the log as the first node knows them. */
  long logRows() {
    var journal = nodes.first().journal();
    return IntStream.range(0, journal.slices().count())
        .mapToLong(journal::appliedPosition)
        .filter(position -> position >= 0)
        .map(position -> Position.of(position).offset() + 1)
        .sum();
  }

  private long behind() {
    return nodes.readModels().views().lags().toCompletableFuture().join().stream()
        .mapToLong(ViewLag::records)
        .sum();
  }
}

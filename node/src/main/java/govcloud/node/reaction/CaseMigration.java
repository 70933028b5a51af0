package govcloud.node.reaction;

import govcloud.domain.Actor;
import govcloud.domain.app.AppInstanceState;
import govcloud.domain.casework.CaseCommand;
import govcloud.domain.operation.OperationCommand;
import govcloud.domain.operation.OperationState;
import govcloud.node.casework.CaseRow;
import govcloud.node.casework.CaseTable;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.EntityFailure;
import govcloud.node.eventsourcing.Request;
import govcloud.node.projection.Page;
import govcloud.node.projection.PageRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Moves the running cases of an app to its present version, some at a time, and tells the operation
 * how far it is. Cases whose state has no counterpart stay on their version. Begun again after a
 * crash it goes through all cases again and moves those that are left.
 */
public final class CaseMigration {

  private static final int PAGE = 200;
  private static final int PARALLEL = 8;

  /** The list of cases lies a little behind: passes are made until one moves nothing. */
  private static final int PASSES = 5;

  private static final long PAUSE_MILLIS = 1_000;

  private final ActorSystem<?> system;
  private final Entities entities;
  private final CaseTable cases;

  public CaseMigration(ActorSystem<?> system, Entities entities, CaseTable cases) {
    this.system = system;
    this.entities = entities;
    this.cases = cases;
  }

  private record Run(
      String tenant, String app, int version, String operation, String cause, long total) {

    Run withTotal(long number) {
      return new Run(tenant, app, version, operation, cause, number);
    }
  }

  /** How many cases were looked at and how many of them moved. */
  private record Count(long seen, long moved) {}

  /** Moves the cases, then ends the operation, if there is one. */
  CompletionStage<?> run(String appId, String operation, String cause) {
    String[] parts = appId.split("/", -1);
    CompletionStage<Answer<AppInstanceState>> app = entities.read(appId);
    return app.thenCompose(
        answer -> {
          int version = answer.state().version();
          Run run = new Run(parts[1], parts[2], version, operation, cause, 0);
          return passes(run, 1).thenCompose(done -> succeed(run, appId));
        });
  }

  private CompletionStage<?> passes(Run run, int pass) {
    return cases
        .active(run.tenant(), run.app())
        .thenCompose(total -> pages(run.withTotal(total), PageRequest.first(PAGE), new Count(0, 0)))
        .thenCompose(
            count ->
                count.moved() == 0 || pass == PASSES
                    ? CompletableFuture.completedFuture(null)
                    : later().thenCompose(rested -> passes(run, pass + 1)));
  }

  private static CompletionStage<Void> later() {
    return CompletableFuture.runAsync(
        () -> {}, CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
  }

  private CompletionStage<Count> pages(Run run, PageRequest request, Count before) {
    return wanted(run)
        .thenCompose(
            wanted ->
                wanted
                    ? cases
                        .running(run.tenant(), run.app(), request)
                        .thenCompose(page -> page(run, request, before, page))
                    : CompletableFuture.completedFuture(new Count(before.seen(), 0)));
  }

  private CompletionStage<Count> page(
      Run run, PageRequest request, Count before, Page<CaseRow> page) {
    return move(run, page.items())
        .thenCompose(
            moved -> {
              Count count = new Count(before.seen() + page.items().size(), before.moved() + moved);
              return progress(run, count)
                  .thenCompose(
                      told ->
                          page.nextPageToken().isPresent()
                              ? pages(run, request.after(page), count)
                              : CompletableFuture.completedFuture(count));
            });
  }

  /** Whether the operation has not been given up meanwhile. */
  private CompletionStage<Boolean> wanted(Run run) {
    if (run.operation().isEmpty()) {
      return CompletableFuture.completedFuture(true);
    }
    CompletionStage<Answer<OperationState>> operation =
        entities.read("operation/" + run.operation());
    return operation.thenApply(answer -> !answer.exists() || answer.state().open());
  }

  private CompletionStage<Long> move(Run run, List<CaseRow> rows) {
    return Source.from(rows)
        .filter(row -> row.definitionVersion() < run.version())
        .mapAsyncUnordered(PARALLEL, row -> move(run, row))
        .runWith(Sink.<Long, Boolean>fold(0L, (sum, moved) -> moved ? sum + 1 : sum), system);
  }

  private CompletionStage<Boolean> move(Run run, CaseRow row) {
    String id = "case/" + row.tenant() + "/" + row.app() + "/" + row.caseId();
    String key = "migrate:" + run.version();
    var request =
        Request.of(new CaseCommand.Migrate(run.version()), Actor.platform())
            .withKey(key, key)
            .tracedBy(run.cause());
    return entities
        .<Object>ask(id, request)
        .handle(
            (answer, failure) -> {
              Throwable reason =
                  failure instanceof CompletionException && failure.getCause() != null
                      ? failure.getCause()
                      : failure;
              if (reason != null && !(reason instanceof EntityFailure.Damaged)) {
                throw new CompletionException(reason);
              }
              return reason == null && answer.accepted();
            });
  }

  private CompletionStage<?> progress(Run run, Count count) {
    long total = Math.max(run.total(), count.seen());
    return tell(
        run, new OperationCommand.ReportProgress(count.seen(), total, "cases"), "-" + count);
  }

  private CompletionStage<?> succeed(Run run, String appId) {
    return tell(run, new OperationCommand.Succeed(appId), "-end");
  }

  private CompletionStage<?> tell(Run run, OperationCommand command, String step) {
    if (run.operation().isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    var request = Request.of(command, Actor.platform()).tracedBy(run.cause() + step);
    return entities.<Object>ask("operation/" + run.operation(), request);
  }
}

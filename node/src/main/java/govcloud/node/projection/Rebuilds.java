package govcloud.node.projection;

import govcloud.domain.Actor;
import govcloud.domain.operation.OperationCommand;
import govcloud.domain.operation.OperationState;
import govcloud.domain.operation.OperationState.Status;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Builds views again beside themselves: a new generation is built from the first record on while
 * the old one is served and kept up; when the new one has caught up it is served, and the old one
 * is dropped. Every step is a conditional change of the stored state, so that it may be repeated.
 */
public final class Rebuilds {

  /** Kind of the operation that follows a rebuild. */
  public static final String KIND = "view.rebuild";

  /** How long a rebuild may take. */
  private static final Duration LONGEST = Duration.ofHours(24);

  /** When nobody reads a dropped generation and nothing writes it any more. */
  private static final Duration UNREAD = Generations.KEPT_UP.multipliedBy(2);

  private static final int REPORTS = 100;
  private static final String OPERATION = "operation/";

  private final Generations generations;
  private final Offsets offsets;
  private final Entities entities;
  private final Map<String, GenerationTables> tables;
  private final String cloud;
  private final Clock clock;
  private final Map<String, List<Long>> targets = new HashMap<>();

  /** How far slices and projections are. */
  interface Offsets {
    /** Fails with TrimmedLogException when a slice lacks its first records. */
    CompletionStage<?> beginning();

    /** About the ends of all slices. */
    CompletionStage<List<Long>> heads();

    /** Stored positions of a projection in all slices. */
    CompletionStage<List<Long>> stored(String projection);
  }

  /** What came of a wish for a rebuild: the operation, or the one that is in its way. */
  public record Begun(String operation, boolean begun) {}

  Rebuilds(
      Generations generations,
      Offsets offsets,
      Entities entities,
      Map<String, GenerationTables> tables,
      String cloud,
      Clock clock) {
    this.generations = generations;
    this.offsets = offsets;
    this.entities = entities;
    this.tables = Map.copyOf(tables);
    this.cloud = cloud;
    this.clock = clock;
  }

  /** Whether a view can be built again: lists can, records of what was used or done can not. */
  public boolean possible(String view) {
    return tables.containsKey(view);
  }

  /**
   * Begins to build a view again unless that is under way.
   *
   * @return fails with {@link govcloud.journal.TrimmedLogException} when the log has been trimmed
   */
  public CompletionStage<Begun> begin(String view, String operation, Actor actor) {
    return generations
        .states()
        .thenCompose(
            states -> {
              GenerationState state = states.getOrDefault(view, GenerationState.first(view));
              if (!state.settled()) {
                return CompletableFuture.completedFuture(
                    new Begun(state.operation(), state.operation().equals(operation)));
              }
              return generations
                  .change(state, state.begun(operation, clock.instant()))
                  .thenCompose(
                      changed ->
                          changed
                              ? openWhole(view, operation, actor)
                              : begin(view, operation, actor));
            });
  }

  /** From here on the log is not trimmed; what is gone already lets the rebuild be abandoned. */
  private CompletionStage<Begun> openWhole(String view, String operation, Actor actor) {
    return offsets
        .beginning()
        .thenCompose(whole -> open(view, operation, actor))
        .handle(
            (opened, failure) ->
                failure == null
                    ? CompletableFuture.completedFuture(new Begun(operation, true))
                    : abandon(view, failure))
        .thenCompose(begun -> begun);
  }

  private CompletionStage<Begun> abandon(String view, Throwable failure) {
    GenerationState state = generations.of(view);
    return generations
        .change(state, state.abandoned(clock.instant()))
        .thenCompose(done -> CompletableFuture.failedFuture(failure));
  }

  private CompletionStage<?> open(String view, String operation, Actor actor) {
    var open =
        new OperationCommand.Open(
            KIND, "view/" + view, cloud, List.of(), clock.instant().plus(LONGEST));
    return ask(operation, open, actor);
  }

  private CompletionStage<Answer<Object>> ask(String operation, Object command, Actor actor) {
    return entities.ask(OPERATION + operation, Request.of(command, actor));
  }

  /** Takes every rebuild that is under way one step further; called again and again by one node. */
  CompletionStage<?> tend() {
    return generations
        .states()
        .thenCompose(
            states -> {
              CompletionStage<?> done = CompletableFuture.completedFuture(null);
              for (GenerationState state : states.values()) {
                if (!state.settled() && possible(state.view())) {
                  done = done.thenCompose(before -> tend(state));
                }
              }
              return done;
            });
  }

  private CompletionStage<?> tend(GenerationState state) {
    CompletionStage<Answer<OperationState>> operation =
        entities.read(OPERATION + state.operation());
    return operation.thenCompose(answer -> step(state, answer.state()).thenApply(done -> answer));
  }

  private CompletionStage<?> step(GenerationState state, OperationState operation) {
    return state.building().isPresent() ? build(state, operation) : drop(state, operation);
  }

  private CompletionStage<?> build(GenerationState state, OperationState operation) {
    if (operation.status() == Status.VACANT) {
      return open(state.view(), state.operation(), Actor.platform());
    } else if (!operation.open()) {
      return generations.change(state, state.abandoned(clock.instant()));
    } else if (operation.status() != Status.RUNNING) {
      Instant deadline = clock.instant().plus(LONGEST);
      return ask(state.operation(), new OperationCommand.Start(deadline), Actor.platform());
    }
    String projection = new Generation(state.view(), state.building().get()).projection();
    return offsets
        .heads()
        .thenCombine(offsets.stored(projection), (ends, built) -> follow(state, ends, built))
        .thenCompose(far -> far.isPresent() ? report(state, operation, far.get()) : serve(state));
  }

  private CompletionStage<Void> serve(GenerationState state) {
    return generations.change(state, state.switched(clock.instant())).thenAccept(done -> {});
  }

  /** How far a rebuild is, or empty when it has come to where the slices ended the last time. */
  private Optional<OperationCommand.ReportProgress> follow(
      GenerationState state, List<Long> ends, List<Long> built) {
    List<Long> before = targets.put(state.view(), ends);
    if (before != null && reached(before, built)) {
      targets.remove(state.view());
      return Optional.empty();
    }
    long total = ends.stream().mapToLong(Rebuilds::batches).sum();
    long done = built.stream().mapToLong(Rebuilds::batches).sum();
    return Optional.of(
        new OperationCommand.ReportProgress(Math.min(done, total), total, "batches"));
  }

  private static boolean reached(List<Long> ends, List<Long> built) {
    for (int slice = 0; slice < ends.size(); slice++) {
      if (built.get(slice) < ends.get(slice)) {
        return false;
      }
    }
    return true;
  }

  private static long batches(long position) {
    return position < 0 ? 0 : (position >> govcloud.journal.Position.INDEX_BITS) + 1;
  }

  /** Reports are events as well: a hundredth of the whole at least lies between them. */
  private CompletionStage<Void> report(
      GenerationState state, OperationState operation, OperationCommand.ReportProgress far) {
    long step = far.done() - operation.progress().done();
    return step == 0 || step < far.total() / REPORTS
        ? CompletableFuture.completedFuture(null)
        : ask(state.operation(), far, Actor.platform()).thenAccept(told -> {});
  }

  private CompletionStage<?> drop(GenerationState state, OperationState operation) {
    int dropping = state.dropping().orElseThrow();
    Generation old = new Generation(state.view(), dropping);
    if (operation.open()) {
      String served = new Generation(state.view(), state.serving()).projection();
      return ask(state.operation(), new OperationCommand.Succeed(served), Actor.platform());
    }
    return clock.instant().isBefore(state.changedAt().plus(UNREAD))
        ? CompletableFuture.completedFuture(null)
        : tables
            .get(state.view())
            .drop(old)
            .thenCompose(done -> generations.change(state, state.dropped(clock.instant())));
  }
}

package govcloud.domain.contract;

import govcloud.domain.Actor;
import govcloud.domain.Commit;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One life of an aggregate: commands in an order that a seed decides, as time goes by.
 *
 * @param steps every command that was asked, accepted or not
 * @param commits what a journal would hold
 * @param last the state at the end, as the living aggregate has it
 */
public record AggregateWalk<C, E, S>(List<Step<C, E, S>> steps, List<Commit<E>> commits, S last) {

  /** When every walk begins. */
  public static final Instant BEGIN = Instant.parse("2026-03-02T01:15:27.113456789Z");

  /** A command, what was decided, and the state before and after. */
  public record Step<C, E, S>(
      S before, C command, Context context, Decision<E> decision, S after) {}

  /** Walks {@code length} commands. */
  public static <C, E, S> AggregateWalk<C, E, S> of(
      AggregateFixture<C, E, S> fixture, long seed, int length) {
    var random = new Random(seed);
    var aggregate = fixture.aggregate();
    var steps = new ArrayList<Step<C, E, S>>();
    var commits = new ArrayList<Commit<E>>();
    var now = BEGIN;
    var state = aggregate.initial();
    for (var i = 0; i < length; i++) {
      now = now.plus(Duration.ofMinutes(random.nextInt(fixture.pace())));
      var command = pick(fixture.commands(), random);
      Actor actor = pick(fixture.actors(), random);
      var context = new Context(now, actor);
      var decision = aggregate.decide(state, command, context);
      var after = state;
      if (decision instanceof Decision.Accepted<E> accepted && !accepted.events().isEmpty()) {
        for (var event : accepted.events()) {
          after = aggregate.evolve(after, event);
        }
        commits.add(new Commit<>(now, actor, "key-" + i, "", accepted.events()));
      }
      steps.add(new Step<>(state, command, context, decision, after));
      state = after;
    }
    return new AggregateWalk<>(steps, commits, state);
  }

  /** Walks {@code count} times, with the seeds 1, 2, 3 ... */
  public static <C, E, S> List<AggregateWalk<C, E, S>> many(
      AggregateFixture<C, E, S> fixture, int count, int length) {
    var walks = new ArrayList<AggregateWalk<C, E, S>>();
    for (var seed = 1L; seed <= count; seed++) {
      walks.add(of(fixture, seed, length));
    }
    return walks;
  }

  private static <T> T pick(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }
}
